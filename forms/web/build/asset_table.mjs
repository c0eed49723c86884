// The C++ file with the assets' bytes: `.incbin` takes them in as they are, in no time.

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

export function assetTable(files) {
  const blocks = [];
  const bytes = (index, kind, path) => {
    if (!path) return "{}";
    const label = `werkstatt_web_${index}_${kind}`;
    blocks.push(block(label, path));
    return `bytes(${label}, ${label}_end)`;
  };
  const rows = files.map((file, index) => ({
    name: file.name,
    text:
      `{"${file.name}", "${file.type}", ${bytes(index, "plain", file.path)}, ` +
      `${bytes(index, "gzip", file.gzip)}, ${bytes(index, "brotli", file.brotli)}}`,
  }));
  const row = (name) => rows.find((one) => one.name === name).text;
  const kApart = ["sw.js", "shell.html", "notice.html"];
  const served = rows.filter((one) => !kApart.includes(one.name));
  served.sort((a, b) => (a.name < b.name ? -1 : 1));
  return `// Written by forms/web/build/asset_table.mjs.
#include "forms/web/asset_table.h"

#include "forms/web/assets.h"

${blocks.join("")}
namespace survey::forms {

namespace {

std::string_view bytes(const char* from, const char* to) {
    return {from, static_cast<std::size_t>(to - from)};
}

}  // namespace

std::span<const WebAsset> web_assets() {
    static const WebAsset kAssets[] = {
        ${served.map((one) => one.text).join(",\n        ")},
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
