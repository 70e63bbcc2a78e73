// The guides show what the example's reports say. Here it is said again.
import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { expect, test } from "vitest";
import { judgedDrawer } from "../src/cli/plan/draw-judged.ts";
import { planDrawer, planDrawerOfMany } from "../src/cli/plan/draw-plan.ts";
import { openPlan } from "../src/cli/plan/open-plan.ts";
import { openPublished } from "../src/cli/plan/open-published.ts";
import { backTest } from "../src/plan/back-test/back-test.ts";
import { backTestReport } from "../src/plan/back-test/back-test-report.ts";
import { judgeReport } from "../src/plan/judge/judge-report.ts";
import { judgePublished } from "../src/plan/judge/judgement.ts";
import { studyPlan } from "../src/plan/study/plan-study.ts";
import { planStudySchema } from "../src/plan/study/plan-study-schema.ts";
import { planStudyReport } from "../src/plan/study/study-report.ts";
import { renderTextReport } from "../src/report/text-report.ts";

const EXAMPLE = "examples/qwen-2026";
const ROOT = resolve(import.meta.dirname, "..");
const flat = (text: string): string => text.replace(/\s+/g, " ").trim();

/** What a guide shows of reports. */
function shownBy(guide: string): string[] {
  const text = readFileSync(join(ROOT, "docs/guides", guide), "utf8");
  return [...text.matchAll(/```text\n([\s\S]*?)```/g)].map(([, shown]) => flat(shown!));
}

test("what the guide shows of the report is what the report says", async () => {
  const { plan } = await openPlan(join(ROOT, EXAMPLE));
  const { study } = await studyPlan(plan, plan.draws, planDrawer(), planDrawerOfMany());
  const report = flat(renderTextReport(planStudyReport(study)));
  const shown = shownBy("plan-a-campaign.md");
  expect(shown).toHaveLength(2);
  for (const text of shown) expect(report).toContain(text);
  const printed = JSON.parse(JSON.stringify(study));
  expect(planStudySchema.parse(printed)).toEqual(printed);
}, 180_000);

test("the guide to judging shows what the judgement and the back-test say", async () => {
  const { question } = await openPublished(join(ROOT, EXAMPLE));
  const judgement = await judgePublished(question, judgedDrawer());
  const backTested = await backTest(question, question.plan.draws, judgedDrawer());
  const [judged, tested, ...more] = shownBy("judge-from-outside.md");
  expect(more).toEqual([]);
  expect(flat(renderTextReport(judgeReport(judgement)))).toContain(judged);
  expect(flat(renderTextReport(backTestReport(backTested)))).toContain(tested);
}, 180_000);
