// `npm run fuzz -- N [SEED]`: sends N mutated requests and checks every answer and the state behind
// it.
import { runFuzz } from "./fuzz-run.ts";

const requests = Number(process.argv[2] ?? 100_000);
const seed = Number(process.argv[3] ?? Date.now() % 1_000_000);
if (!Number.isSafeInteger(requests) || requests < 1 || !Number.isSafeInteger(seed)) {
  console.error("usage: npm run fuzz -- REQUESTS [SEED]");
  process.exit(2);
}
console.log(`${requests} requests, seed ${seed}`);
const startedAtMs = performance.now();
const report = await runFuzz({ requests, seed, say: (line) => console.log(line) });
console.log(JSON.stringify(report, null, 2));
console.log(`${Math.round((performance.now() - startedAtMs) / 1000)} s`);
