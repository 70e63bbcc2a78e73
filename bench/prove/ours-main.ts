// The process in which ours runs: takes one line of JSON as its argument, prints one as its answer.
// With `sql` it prints every statement with its seconds on stderr.
import { judge } from "./ours.ts";

const { folder, sql } = JSON.parse(process.argv[2] ?? "{}");
let running: { readonly statement: string; readonly startedMs: number } | null = null;
const figures = await judge(folder, (statement) => {
  tell();
  running = { statement, startedMs: performance.now() };
});
tell();
console.log(JSON.stringify(figures));

/** A statement ends where the next one starts: what is computed between is little. */
function tell(): void {
  if (!sql || running === null) return;
  const seconds = (performance.now() - running.startedMs) / 1000;
  console.error(`${seconds.toFixed(2)} s  ${running.statement.replace(/\s+/g, " ")}`);
}
