// Runs the tests and ends with a line that people and machines read alike: `412 passed, 0 failed`.
// Above it stands what was skipped, and what passed at a second try only. Arguments go to Vitest.
import { parseCLI, startVitest } from "vitest/node";

const WISHED_MS = 5 * 60_000; // The whole suite on 2 cores; more than that and nobody runs it.

const startedAtMs = Date.now();
const { filter, options } = parseCLI(["vitest", "run", ...process.argv.slice(2)]);
const vitest = await startVitest("test", filter, { ...options, watch: false });
const result = summarise(vitest);
await vitest.close();

const tookMs = Date.now() - startedAtMs;
if (options.testNamePattern === undefined) for (const line of result.skipped) console.log(line);
for (const line of result.flaky) console.log(line);
for (const line of result.broken) console.log(line);
if (tookMs > WISHED_MS) console.log(`slow: ${Math.round(tookMs / 1000)} s, wished at most 300 s`);
console.log(`${result.passed} passed, ${result.failed} failed`);
process.exit(result.failed > 0 || process.exitCode ? 1 : 0);

function summarise(run) {
  const result = { passed: 0, failed: 0, skipped: [], flaky: [], broken: [] };
  for (const module of run.state.getTestModules()) {
    for (const test of module.children.allTests()) count(test, result);
    for (const error of module.errors()) {
      result.failed += 1;
      result.broken.push(`broken: ${module.relativeModuleId}: ${firstLine(error.message)}`);
    }
    for (const suite of module.children.allSuites()) {
      for (const error of suite.errors()) {
        result.failed += 1;
        result.broken.push(`broken: ${suite.fullName}: ${firstLine(error.message)}`);
      }
    }
  }
  for (const error of run.state.getUnhandledErrors()) {
    result.failed += 1;
    result.broken.push(`unhandled: ${firstLine(error?.message ?? String(error))}`);
  }
  if (result.passed + result.failed + result.skipped.length === 0) {
    result.failed = 1;
    result.broken.push("broken: no test was found");
  }
  return result;
}

function count(test, result) {
  const { state, note } = test.result();
  if (test.diagnostic()?.flaky) {
    result.flaky.push(`flaky: ${test.fullName}: passed at a second try`);
  }
  if (state === "passed") result.passed += 1;
  else if (state === "skipped") {
    result.skipped.push(`skipped: ${test.fullName}: ${note ?? "no reason given"}`);
  } else result.failed += 1; // Failed, or still pending because its file broke off.
}

function firstLine(text) {
  return String(text).split("\n")[0];
}
