// The example's plan and campaign as texts, how tests alter them, and what is said of the result.
import { readFileSync } from "node:fs";
import { expect } from "vitest";
import { checkPlanFile, type PlanCheck } from "../src/plan/plan-file/index.ts";
import { formatProblem } from "../src/plan/plan-file/plan-problems.ts";

const folder = new URL("../examples/qwen-2026/", import.meta.url);
export const PLAN: string = readFileSync(new URL("plan.yaml", folder), "utf8");
export const CAMPAIGN: string = readFileSync(new URL("announced.yaml", folder), "utf8");

export function check(plan: string, campaign: string = CAMPAIGN): PlanCheck {
  return checkPlanFile(
    { file: "plan.yaml", text: plan },
    { file: "announced.yaml", text: campaign },
  );
}

/** The plan with a piece of its text replaced, which must be there. */
export function altered(from: string | RegExp, to: string): string {
  const text = PLAN.replace(from, to);
  expect(text, String(from)).not.toBe(PLAN);
  return text;
}

export function problemsOf(plan: string, campaign: string = CAMPAIGN): string[] {
  const { problems, plan: read } = check(plan, campaign);
  expect(read).toBeNull();
  return problems.map(formatProblem);
}

/** The line in which a text stands, from 1. */
export function lineOf(text: string, needle: string): number {
  const at = text.indexOf(needle);
  expect(at, needle).toBeGreaterThanOrEqual(0);
  return text.slice(0, at).split("\n").length;
}

/** What is altered, the text at whose line the problem stands, and what it says. */
export type Case = [what: string, from: string | RegExp, to: string, at: string, says: string];

export function expectProblem([, from, to, at, says]: Case): void {
  const text = altered(from, to);
  const problems = problemsOf(text);
  const line = `plan.yaml:${lineOf(text, at)}:`;
  const found = problems.find((problem) => problem.includes(says));
  expect(found, problems.join("\n")).toBeDefined();
  expect(found!.startsWith(line), `${found} at ${line}`).toBe(true);
}
