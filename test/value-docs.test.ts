// The guide teaches with figures of the example that ships. Here they are computed again.
import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { expect, test } from "vitest";
import { openValue, valuationOfFile } from "../src/cli/value/valuation-of-file.ts";
import { formatLarge, formatPercent } from "../src/report/format.ts";
import { renderTextReport } from "../src/report/text-report.ts";
import { valuationReport } from "../src/value/valuation-report.ts";

const ROOT = resolve(import.meta.dirname, "..");
const valued = async (file: string) => valuationOfFile(await openValue(file));
const flat = (text: string): string => text.replace(/\s+/g, " ");

test("what the guide shows of the report is what the report says", async () => {
  const guide = readFileSync(join(ROOT, "docs/guides/explain-to-finance.md"), "utf8");
  const valuation = await valued(join(ROOT, "examples/qwen-2026"));
  const report = flat(renderTextReport(valuationReport(valuation)));
  const shown = /```text\n([\s\S]*?)```/.exec(guide)![1]!;
  expect(report).toContain(flat(shown).trim());
  const { quarter, worth, market, company } = valuation;
  const words = flat(guide);
  const fall = quarter.ofFall!.estimate;
  expect(words).toContain(`explains at most ${formatPercent(fall, 0)} of the fall`);
  expect(words).toContain(`the other ${formatPercent(1 - fall, 0)}`);
  expect(words).toContain(`give ${formatPercent(worth.byMultiple!.chance, 0)} by one`);
  expect(words).toContain(`give ${formatPercent(worth.byCashFlow.chance, 0)} by the other`);
  expect(words).toContain(`was ${Math.round(market!.timesCost.estimate)} times the whole cost`);
  const users = formatLarge(market!.toJustifyMove.users.estimate!).replace("bn", "billion");
  expect(words).toContain(`(${users} kept users)`);
  expect(Math.abs(company!.campaignShare.estimate).toFixed(3)).toBe("0.001");
});
