// `npm run crash -- N [SEED]`: kills the real server N times under load.
import { runCrashes } from "./crash-run.ts";

const kills = Number(process.argv[2] ?? 100);
const seed = Number(process.argv[3] ?? Date.now() % 1_000_000);
if (!Number.isSafeInteger(kills) || kills < 1 || !Number.isSafeInteger(seed)) {
  console.error("usage: npm run crash -- KILLS [SEED]");
  process.exit(2);
}
console.log(`${kills} kills, seed ${seed}`);
const report = await runCrashes({ kills, seed, say: (line) => console.log(line) });
console.log(JSON.stringify(report, null, 2));
