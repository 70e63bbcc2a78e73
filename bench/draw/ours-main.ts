// The process in which ours runs: takes one line of JSON as its argument, prints one as its answer.
import { run } from "./ours.ts";

const { entries, winners } = JSON.parse(process.argv[2] ?? "{}");
console.log(JSON.stringify(await run(entries, winners)));
