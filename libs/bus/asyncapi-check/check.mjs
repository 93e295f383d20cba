// Reads an AsyncAPI document and prints what the parser has against it; ends with 1 when there is an error.
import { readFileSync } from "node:fs";
import { Parser, fromFile } from "@asyncapi/parser";

const path = process.argv[2];
if (!path) {
  console.error("usage: node check.mjs <asyncapi.yaml>");
  process.exit(2);
}
readFileSync(path); // a clear error when it is missing
const { document, diagnostics } = await fromFile(new Parser(), path).parse();
const errors = diagnostics.filter((each) => each.severity === 0);
for (const each of errors) {
  console.error(`${each.path.join("/")}: ${each.message}`);
}
if (errors.length > 0 || !document) {
  process.exit(1);
}
console.log(JSON.stringify({ channels: document.channels().length, operations: document.operations().length }));
