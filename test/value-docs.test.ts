// The guide teaches with figures of the example that ships. Here they are computed again.
import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { expect, test } from "vitest";
import { openValue, valuationOfFile } from "../src/cli/value/valuation-of-file.ts";
import { formatLarge, formatNumber, formatPercent } from "../src/report/format.ts";
import { renderTextReport } from "../src/report/text-report.ts";
import { valuationReport } from "../src/value/valuation-report.ts";

const ROOT = resolve(import.meta.dirname, "..");
const valued = async (file: string) => valuationOfFile(await openValue(file));
const flat = (text: string): string => text.replace(/\s+/g, " ");

test("what the guide shows of the report is what the report says", async () => {
  const guide = readFileSync(join(ROOT, "docs/guides/explain-to-finance.md"), "utf8");
  const valuation = await valued(join(ROOT, "examples/qwen-2026"));
  const report = flat(renderTextReport(valuationReport(valuation)));
  const shown = [...guide.matchAll(/```text\n([\s\S]*?)```/g)].map(([, text]) => flat(text!));
  expect(shown).toHaveLength(2);
  for (const text of shown) expect(report).toContain(text.trim());
  const { quarter, worth, market, company, drivers } = valuation;
  const words = flat(guide);
  const percent = (ratio: number): string => formatPercent(ratio, 0);
  const { estimate, lower, upper } = quarter.ofFall!;
  const bounds = `(${percent(lower)} to ${percent(upper)})`;
  expect(words).toContain(`explains ${percent(estimate)} of the fall ${bounds}`);
  const before = valuation.figures.find(({ id }) => id === "quarter.ebita.yearBefore")!;
  const [value, low, high] = [before.value!, ...before.range!].map((each) => formatNumber(each));
  expect(words).toContain(`was ${value} a year earlier, of ${low} to ${high}`);
  expect(words).toContain(`give ${formatPercent(worth.byMultiple!.chance, 0)} by one`);
  expect(words).toContain(`give ${formatPercent(worth.byCashFlow.chance, 0)} by the other`);
  expect(words).toContain(`was ${Math.round(market!.timesCost.estimate)} times the whole cost`);
  const users = formatLarge(market!.toJustifyMove.users.estimate!).replace("bn", "billion");
  expect(words).toContain(`(${users} kept users)`);
  expect(words).toContain("here less than a tenth of a per cent");
  expect(Math.abs(company!.campaignShare.estimate)).toBeLessThan(0.001);
  const named = [drivers.byCashFlow, drivers.byMultiple!].map(([first]) => {
    return `\`${first!.title}\` (${formatPercent(first!.share, 0)})`;
  });
  for (const name of named) expect(words).toContain(name);
  for (const id of ["tax", "discount", "lifetime"]) {
    expect(drivers.byCashFlow.map((driver) => driver.id)).not.toContain(id);
  }
  expect(drivers.quiet.length).toBeGreaterThanOrEqual(3);
  const cac = (id: string): number =>
    valuation.unitEconomics.find((each) => each.id === id)!.cac.estimate!;
  expect(Math.round(cac("origin.invited") / cac("origin.own"))).toBe(3);
});
