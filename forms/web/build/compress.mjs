// FILE.gz and FILE.br beside a file, where that saves anything. Compressed once, here, as small as
// it goes; the programs only hand out bytes.
import { readFileSync, writeFileSync } from "node:fs";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

function keep(path, bytes, plain) {
  if (bytes.length >= plain.length) return undefined;
  writeFileSync(path, bytes);
  return path;
}

export function compressed(path) {
  const plain = readFileSync(path);
  const brotli = brotliCompressSync(plain, {
    params: {
      [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
      [constants.BROTLI_PARAM_SIZE_HINT]: plain.length,
    },
  });
  const gzip = gzipSync(plain, { level: 9 });
  return {
    size: plain.length,
    brotliSize: Math.min(brotli.length, plain.length),
    gzip: keep(`${path}.gz`, gzip, plain),
    brotli: keep(`${path}.br`, brotli, plain),
  };
}
