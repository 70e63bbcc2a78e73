// The process in which ours runs: takes one line of JSON as its argument, prints one as its answer.
import { drawLive, drawYear } from "./ours.ts";

const { draws, workers } = JSON.parse(process.argv[2] ?? "{}");
console.log(JSON.stringify(workers === 0 ? await drawLive(draws) : await drawYear(draws, workers)));
process.exit(0);
