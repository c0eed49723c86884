// The C++ files with the assets' bytes: `.incbin` takes them in as they are, in no time.

function block(label, path) {
  const file = path.replaceAll("\\", "/").replaceAll('"', '\\"');
  return `asm(".section .rodata\\n"
    ".global ${label}\\n.global ${label}_end\\n.balign 16\\n"
    "${label}:\\n.incbin \\"${file}\\"\\n${label}_end:\\n.byte 0\\n"
    ".previous\\n");
extern "C" const char ${label}[];
extern "C" const char ${label}_end[];
`;
}

const kApart = ["sw.js", "shell.html", "notice.html"];  // not below /a/

// Collects the blocks of one file; `bytes` names what is at `path` in C++.
function blockList() {
  const blocks = [];
  return {
    blocks,
    bytes(label, path) {
      if (!path) return "{}";
      blocks.push(block(label, path));
      return `bytes(${label}, ${label}_end)`;
    },
  };
}

const kBytes = `std::string_view bytes(const char* from, const char* to) {
    return {from, static_cast<std::size_t>(to - from)};
}`;

function byName(rows) {
  return rows
    .filter((one) => !kApart.includes(one.name))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .map((one) => one.text)
    .join(",\n        ");
}

export function assetTable(files) {
  const { blocks, bytes } = blockList();
  const rows = files.map((file, index) => {
    const plain = file.gzip && !kApart.includes(file.name) ? undefined : file.path;
    return {
      name: file.name,
      text:
        `{"${file.name}", "${file.type}", ${bytes(`werkstatt_web_${index}_plain`, plain)}, ` +
        `${bytes(`werkstatt_web_${index}_gzip`, file.gzip)}}`,
    };
  });
  const row = (name) => rows.find((one) => one.name === name).text;
  return `// Written by forms/web/build/asset_table.mjs.
#include "forms/web/asset_table.h"

#include "forms/web/assets.h"

${blocks.join("")}
namespace survey::forms {

namespace {

${kBytes}

}  // namespace

std::span<const WebAsset> web_assets() {
    static const WebAsset kAssets[] = {
        ${byName(rows)},
    };
    return kAssets;
}

const WebAsset& web_worker() {
    static const WebAsset kWorker = ${row("sw.js")};
    return kWorker;
}

std::string_view web_shell_template() {
    static const WebAsset kShell = ${row("shell.html")};
    return kShell.plain;
}

std::string_view web_notice_template() {
    static const WebAsset kNotice = ${row("notice.html")};
    return kNotice.plain;
}

}  // namespace survey::forms
`;
}

export function brotliTable(files) {
  const { blocks, bytes } = blockList();
  const served = files.filter((file) => !kApart.includes(file.name));
  const rows = served.map((file, index) => ({
    name: file.name,
    text: `{"${file.name}", ${bytes(`werkstatt_web_${index}_brotli`, file.brotli)}}`,
  }));
  return `// Written by forms/web/build/asset_table.mjs.
#include <utility>

#include "forms/web/assets.h"

${blocks.join("")}
namespace survey::forms {

namespace {

${kBytes}

}  // namespace

std::string_view web_brotli(std::string_view name) {
    static const std::pair<std::string_view, std::string_view> kPacked[] = {
        ${byName(rows)},
    };
    for (const auto& [of, packed] : kPacked) {
        if (of == name) return packed;
    }
    return {};
}

}  // namespace survey::forms
`;
}
