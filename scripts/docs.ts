// Writes the generated reference pages and the editors' JSON Schema. `npm run docs` writes them;
// `npm run docs -- --check` writes nothing and fails when one of them is stale.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { GENERATED } from "./docs/generated.ts";

const isCheck = process.argv.includes("--check");
const stale: string[] = [];

for (const [path, render] of Object.entries(GENERATED)) {
  const file = fileURLToPath(new URL(`../${path}`, import.meta.url));
  const text = render();
  if (readIfThere(file) === text) continue;
  stale.push(path);
  if (isCheck) continue;
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}

for (const path of stale)
  console.log(isCheck ? `${path} is stale: run npm run docs` : `wrote ${path}`);
if (isCheck && stale.length > 0) process.exitCode = 1;

function readIfThere(file: string): string | null {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return null; // Not there yet: stale.
  }
}
