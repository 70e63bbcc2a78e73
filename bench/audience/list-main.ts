// The process in which one contender loads a list: takes one line of JSON as its argument, prints
// one as its answer.
import { importList } from "./ours.ts";
import { loadRedis, loadSet } from "./peers.ts";

const { way, file, users } = JSON.parse(process.argv[2] ?? "{}");
const load = { ours: importList, set: loadSet, redis: loadRedis }[way as "ours" | "set" | "redis"];
console.log(JSON.stringify(await load(file, users)));
process.exit(0);
