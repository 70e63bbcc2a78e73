// The process in which ours runs: takes one line of JSON as its argument, prints one as its answer.
import { run } from "./ours.ts";

const { grants, perUser, folder } = JSON.parse(process.argv[2] ?? "{}");
console.log(JSON.stringify(await run(grants, perUser, folder)));
