// Estimators of `hongbao/stats` against R and Python doing the same to the same data.
import { type ChildProcess, spawnSync } from "node:child_process";
import { join } from "node:path";
import { start, startScript, temporaryFolder } from "../children.ts";
import type { Bench, Contender } from "../contender.ts";
import { pythonWith } from "../line-process.ts";
import { ROOT } from "../root.ts";
import { type CheckAnswers, type Launch, StatsContender } from "./contender.ts";
import { readColumn, writeData } from "./data.ts";
import { disagreement, TASKS } from "./tasks.ts";

const SEED = "stats";
const OURS = "hongbao";

export function bench(): Bench {
  const folder = temporaryFolder("stats");
  const agrees = agreement(folder);
  const ours = new StatsContender(OURS, launchOurs(folder), () => {});
  const peers: Contender[] = [
    new StatsContender("R", launchR(folder), agrees),
    new StatsContender("Python", launchPython(folder), agrees),
  ];
  return { name: "stats", unit: "tasks/s", method: method(), ours, peers };
}

function method(): string {
  const tasks = TASKS.map(({ id, does }) => `${id}: ${does}`).join("; ");
  return (
    `Geometric mean over ${TASKS.length} tasks of how often a second each is done, one process ` +
    "each, started, loaded with the same columns of doubles (seeded) and warmed up by one round " +
    `before anything is timed. ${tasks}. Peers take their own function where they have one ` +
    "(t.test, prop.test, p.adjust, power.t.test; statsmodels' CompareMeans, multipletests, " +
    "TTestIndPower), plain vectors otherwise, and for the two models the same likelihood on logs " +
    "of the parameters, by optim or scipy.optimize (BFGS, one start; ours takes two starts and " +
    "the curvature as well). Every answer is compared with ours in every run; one that differs " +
    "ends the bench. Spending bounds and confidence sequences have no peer among the packages " +
    "named (Debian: r-base-core, python3-statsmodels)."
  );
}

/** Compares a peer's answers with ours of the same run; ours goes first. */
function agreement(folder: string): CheckAnswers {
  return (name) => {
    for (const task of TASKS) {
      const ours = readColumn(folder, `answer-${OURS}-${task.id}`);
      const answer = readColumn(folder, `answer-${name}-${task.id}`);
      const problem = disagreement(task, ours, { name, answer });
      if (problem !== null) throw new Error(`the answers differ: ${problem}`);
    }
  };
}

function launchOurs(folder: string): Launch {
  return async () => {
    writeData(folder, SEED); // Ours is the first to start.
    return startScript("./stats/ours-main.ts", [folder]);
  };
}

function launchR(folder: string): Launch {
  return async () => {
    const probe = spawnSync("Rscript", ["--version"]);
    if (probe.status !== 0) return "R is not installed (Debian: r-base-core)";
    return start("Rscript", ["--vanilla", peerFile("peer.R"), folder]);
  };
}

function launchPython(folder: string): Launch {
  return async (): Promise<ChildProcess | string> => {
    const python = pythonWith(["numpy", "scipy", "statsmodels"]);
    if (python === null) return "statsmodels is not installed (Debian: python3-statsmodels)";
    return start(python, ["-u", peerFile("peer.py"), folder]);
  };
}

/** Peers are not TypeScript, so they stay where the sources are. */
function peerFile(name: string): string {
  return join(ROOT, "bench", "stats", name);
}
