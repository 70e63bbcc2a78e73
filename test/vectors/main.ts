// `npm run --silent vectors -- [FILE or DIR ...]`: compares the statistics with reference pairs and
// closes with "N passed, N failed, N skipped". Ends with 1 on a failure or when nothing ran.
import { resolve } from "node:path";
import { FAMILIES } from "./families/index.ts";
import { VECTORS } from "./pair.ts";
import { runVectors } from "./run.ts";

const given = process.argv.slice(2);
const paths = given.length === 0 ? [VECTORS] : given.map((path) => resolve(path));
const { passed, failed, skipped, lines } = runVectors(paths, FAMILIES);
for (const line of lines) console.log(line);
console.log(`${passed} passed, ${failed} failed, ${skipped} skipped`);
process.exitCode = failed > 0 || passed + failed === 0 ? 1 : 0;
