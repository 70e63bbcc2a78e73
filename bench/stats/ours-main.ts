// The process in which ours runs: reads the columns, does every task once to warm up, then does all
// of them for every line that it is sent, and answers with the milliseconds of each.
import { createInterface } from "node:readline";
import { readData, writeColumn } from "./data.ts";
import { answersOf } from "./ours.ts";
import { TASKS } from "./tasks.ts";

const folder = process.argv[2] ?? ".";
const answers = answersOf(readData(folder));
round();
console.log(JSON.stringify({ ready: `Node ${process.versions.node}` }));
for await (const _ of createInterface({ input: process.stdin })) {
  console.log(JSON.stringify(round()));
}

function round(): Record<string, number> {
  const taken: Record<string, number> = {};
  for (const { id } of TASKS) {
    const startedMs = performance.now();
    const answer = answers[id]();
    taken[id] = performance.now() - startedMs;
    writeColumn(folder, `answer-hongbao-${id}`, Float64Array.from(answer));
  }
  return taken;
}
