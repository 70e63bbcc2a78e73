// Small questions for judgements: the example's plan without invites, so that the people who come
// are the very lognormal number that is assumed, and what follows from figures has a closed form.
import { readFileSync } from "node:fs";
import { drawJudged } from "../src/plan/judge/judge-block.ts";
import type { JudgeQuestion } from "../src/plan/judge/question.ts";
import { readJudgeQuestion } from "../src/plan/judge/read-judge.ts";
import type { DrawJudged, RefineOptions } from "../src/plan/judge/refine.ts";
import { requirePlan } from "../src/plan/plan-file/index.ts";
import { check, PLAN } from "./plan-file.fixture.ts";

export const PUBLISHED: string = readFileSync(
  new URL("../examples/qwen-2026/published.yaml", import.meta.url),
  "utf8",
);

/** Of the example's people who come by themselves: 5 % below, 5 % above. */
export const PEOPLE = { p5: 15e6, p95: 200e6 } as const;

/** Enough for closed forms, quickly. */
export const FEW: RefineOptions = { first: 4_096, step: 1_024, steps: 16 };

export const draw: DrawJudged = async (tasks) => tasks.map(drawJudged);

export interface Said {
  readonly source: string;
  readonly number: string;
  /** Million users. */
  readonly value: number;
}

export interface SourceSaid {
  readonly id: string;
  readonly factor: readonly [p5: number, p95: number];
  readonly tried?: readonly number[];
}

/** Each figure's own error, as a range. */
export const OWN = [0.9, 1.1] as const;

export function question(sources: readonly SourceSaid[], said: readonly Said[]): JudgeQuestion {
  const plan = requirePlan(check(withoutInvites()));
  return readJudgeQuestion({ file: "published.yaml", text: fileOf(sources, said) }, plan);
}

/**
 * Nobody is invited, nothing limits who can come, and who hears that the money is gone comes all
 * the same; of users of before nobody takes part, so that who tried it is who came.
 */
function withoutInvites(): string {
  const none = "value: 0\n    unit: invites";
  return PLAN.replace(/lognormal: \{ p5: 0.1, p95: 2 \}\n {4}unit: invites/, none)
    .replace("uniform: [3, 7]", "value: 0")
    .replace("uniform: [300, 900]", "value: 1000000")
    .replace(/afterRunOut:\n {4}pert: .*/, "afterRunOut:\n    value: 100 %")
    .replace(/ {2}- between: \[offers.card.takeUp, invites.perClaimer\]\n(?: {4}.*\n)+/, "")
    .replace(/ {2}- \{ id: no-invites.*\n/, "");
}

function fileOf(sources: readonly SourceSaid[], said: readonly Said[]): string {
  const lines = ["campaign: qwen-2026", "title: A campaign", "currency: CNY", "figures:"];
  said.forEach(({ source, value }, i) => {
    lines.push(
      `  f${i}: { value: ${value}, unit: million users, date: 2026-02, source: ${source} }`,
    );
  });
  lines.push("judge:", "  plan: plan.yaml");
  lines.push("  spendable: { value: 1, unit: ratio, source: assumption }", "  sources:");
  for (const { id, factor, tried } of sources) {
    const own = tried === undefined ? "" : `, tried: [${tried.join(", ")}]`;
    lines.push(`    ${id}: { factor: { p5: ${factor[0]}, p95: ${factor[1]} }, why: a test${own} }`);
  }
  lines.push("  readings:");
  said.forEach(({ source, number }, i) => {
    const error = `{ p5: ${OWN[0]}, p95: ${OWN[1]} }`;
    lines.push(
      `    - { number: ${number}, figure: f${i}, source: ${source}, error: ${error}, why: a test }`,
    );
  });
  return lines.join("\n");
}

/** Mean and variance of the logarithm of a lognormal number. */
export function logOf(p5: number, p95: number): { readonly mean: number; readonly var: number } {
  const sd = Math.log(p95 / p5) / (2 * 1.6448536269514722);
  return { mean: (Math.log(p5) + Math.log(p95)) / 2, var: sd ** 2 };
}
