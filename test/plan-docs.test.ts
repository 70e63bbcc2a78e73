// The guide shows what the example's plan says. Here it is said again.
import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { expect, test } from "vitest";
import { planDrawer, planDrawerOfMany } from "../src/cli/plan/draw-plan.ts";
import { openPlan } from "../src/cli/plan/open-plan.ts";
import { studyPlan } from "../src/plan/study/plan-study.ts";
import { planStudyReport } from "../src/plan/study/study-report.ts";
import { renderTextReport } from "../src/report/text-report.ts";

const ROOT = resolve(import.meta.dirname, "..");
const flat = (text: string): string => text.replace(/\s+/g, " ").trim();

test("what the guide shows of the report is what the report says", async () => {
  const guide = readFileSync(join(ROOT, "docs/guides/plan-a-campaign.md"), "utf8");
  const { plan } = await openPlan(join(ROOT, "examples/qwen-2026"));
  const { study } = await studyPlan(plan, plan.draws, planDrawer(), planDrawerOfMany());
  const report = flat(renderTextReport(planStudyReport(study)));
  const shown = [...guide.matchAll(/```text\n([\s\S]*?)```/g)].map(([, text]) => flat(text!));
  expect(shown).toHaveLength(2);
  for (const text of shown) expect(report).toContain(text);
}, 180_000);
