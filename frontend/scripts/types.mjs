// Types of every service's API, generated from contracts/openapi so that no page can call what is not there.
import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import openapiTS, { astToString } from "openapi-typescript";

const contracts = new URL("../../contracts/openapi/", import.meta.url);
const target = new URL("../src/shared/api/generated/", import.meta.url);

await mkdir(target, { recursive: true });
for (const file of await readdir(contracts)) {
  const name = file.replace(/\.yaml$/, "");
  const text = `// Generated from contracts/openapi/${file} by scripts/types.mjs.\n${astToString(await openapiTS(new URL(file, contracts)))}`;
  const place = new URL(`${name}.d.ts`, target);
  const before = await readFile(place, "utf8").catch(() => "");
  if (before !== text) await writeFile(place, text);
}
