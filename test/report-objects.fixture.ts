// Reports of every kind as the command line prints them with --json: of the examples that ship,
// with few draws.
import { resolve } from "node:path";
import { planDrawer } from "../src/cli/plan/draw-plan.ts";
import { openValue, valuationOfFile } from "../src/cli/value/valuation-of-file.ts";
import type { ReportKind } from "../src/contract/index.ts";
import { backTest } from "../src/plan/back-test/back-test.ts";
import { judgePublished } from "../src/plan/judge/judgement.ts";
import { readJudgeQuestion } from "../src/plan/judge/read-judge.ts";
import { requirePlan } from "../src/plan/plan-file/index.ts";
import { studyPlan } from "../src/plan/study/plan-study.ts";
import { proveProject, readProject } from "../src/prove/index.ts";
import { check, PLAN } from "./plan-file.fixture.ts";
import { draw, FEW, PUBLISHED } from "./plan-judge.fixture.ts";

export type ReportObject = Record<string, unknown>;

const EXAMPLES = resolve(import.meta.dirname, "../examples");
const DRAWS = 500;
const QUICK = { scenarioDraws: DRAWS, whyDraws: DRAWS, hasResponse: false, hasChoices: false };

const plan = () => requirePlan(check(PLAN));
const question = () => readJudgeQuestion({ file: "published.yaml", text: PUBLISHED }, plan());

const MADE: Readonly<Record<ReportKind, () => Promise<object>>> = {
  verdict: async () => proveProject(await readProject(`${EXAMPLES}/hillstrom/prove.yaml`), null),
  "plan-study": async () => (await studyPlan(plan(), DRAWS, planDrawer(), undefined, QUICK)).study,
  valuation: async () => valuationOfFile(await openValue(`${EXAMPLES}/qwen-2026`)),
  judgement: () => judgePublished(question(), draw, FEW),
  "back-test": () => backTest(question(), DRAWS, draw),
};

/** What is infinite is null in JSON. */
export async function reportObject(kind: ReportKind): Promise<ReportObject> {
  return JSON.parse(JSON.stringify(await MADE[kind]())) as ReportObject;
}

/** An experiment from one table: its verdict has a worth, and a campaign that loses money. */
export async function tableVerdict(name: string): Promise<ReportObject> {
  const project = await readProject(`${EXAMPLES}/tables/${name}.yaml`);
  return JSON.parse(JSON.stringify(await proveProject(project, null))) as ReportObject;
}
