// Compressed twins beside every text file of a build (name.br, name.gz), so that the gateway never compresses anything.
// node scripts/compress.mjs [folder, dist when left out]
import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";

const folder = process.argv[2] ?? "dist";
const TEXT = /\.(html|css|js|mjs|svg|json|webmanifest)$/;
const SMALLEST = 512; // smaller ones don't gain a packet
const forms = {
  ".br": (content) => promisify(brotliCompress)(content, { params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: content.length } }),
  ".gz": (content) => promisify(gzip)(content, { level: 9 }),
};

async function compress(path) {
  const content = await readFile(path);
  if (content.length < SMALLEST) return;
  for (const [suffix, form] of Object.entries(forms)) {
    const small = await form(content);
    if (small.length < content.length) await writeFile(path + suffix, small);
  }
}

const entries = await readdir(folder, { recursive: true, withFileTypes: true });
const files = entries.filter((entry) => entry.isFile() && TEXT.test(entry.name)).map((entry) => join(entry.parentPath, entry.name));
await Promise.all(files.map(compress));
