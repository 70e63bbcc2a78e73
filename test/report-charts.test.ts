// Every chart that a report draws, of the examples that ship, as it was looked at and found good.
// Each kind of chart has a snapshot of its own, for a phone too, in src/report. After a wanted
// change: npx vitest run test/report-charts.test.ts -u, and look at what it wrote.
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { effectCharts, moneyChart, usersChart } from "../src/cli/demo/page-charts.ts";
import { playedChart } from "../src/cli/demo/played-words.ts";
import type { RunFacts } from "../src/cli/demo/result.ts";
import { planDrawer } from "../src/cli/plan/draw-plan.ts";
import { documentOf } from "../src/console/pages/reports/document-of.ts";
import type { ReportKind } from "../src/contract/index.ts";
import { requirePlan } from "../src/plan/plan-file/index.ts";
import { type PlanStudy, studyPlan } from "../src/plan/study/plan-study.ts";
import { planStudySchema } from "../src/plan/study/plan-study-schema.ts";
import { planStudyReport } from "../src/plan/study/study-report.ts";
import { burnPicture, netPicture } from "../src/plan/what-if/what-if-charts.ts";
import {
  detectable,
  detectableReport,
  plannedReport,
  planProject,
  readProject,
} from "../src/prove/index.ts";
import { renderChartSvg } from "../src/report/chart-svg.ts";
import type { Block, ReportDocument } from "../src/report/document.ts";
import type { Picture } from "../src/report/picture.ts";
import { eventReading } from "../src/value/event-reading.ts";
import { priceSeries } from "../src/value/price-series.ts";
import { priceTable, tradingDays } from "../src/value/price-table.fixture.ts";
import { verdictComparison } from "../src/verdict/comparison.ts";
import type { Verdict } from "../src/verdict/verdict.ts";
import { check, PLAN } from "./plan-file.fixture.ts";
import { provePayback } from "./prove-payback.fixture.ts";
import { DEFINITION, ProveFolder } from "./prove-project.fixture.ts";
import { reportObject, tableVerdict } from "./report-objects.fixture.ts";

const PLACE = join(import.meta.dirname, "snapshots/charts");
const DRAWS = 500;
const DAY_MS = 86_400_000;

/** Each under the name of its report and its own. */
const pictures = new Map<string, Picture>();

function keep(report: string, blocks: readonly Block[]): void {
  for (const block of blocks) {
    if (block.kind === "more") keep(report, block.blocks);
    if (block.kind !== "chart" || block.draw === undefined) continue;
    pictures.set(`${report}-${block.id}`, block.draw(false));
  }
}

function keepAll(report: string, { lead = [], sections }: ReportDocument): void {
  keep(report, [...lead, ...sections.flatMap(({ blocks }) => blocks)]);
}

/** A plan with all that it is asked for, and its money played so that it comes later. */
async function keepPlan(): Promise<PlanStudy> {
  const plan = requirePlan(check(PLAN));
  const few = { scenarioDraws: DRAWS, whyDraws: DRAWS };
  const { study } = await studyPlan(plan, DRAWS, planDrawer(), undefined, few);
  keepAll("plan", planStudyReport(study));
  const spending = study.spending.map(({ at, quantiles }) => ({ at, spent: 0.9 * quantiles[1]! }));
  keep("demo", [playedChart(study, { scale: 1000, rows: [], inside: 0, spending })]);
  return study;
}

function keepWhatIf(study: PlanStudy): void {
  const turned = {
    ...study,
    spending: study.spending.map((point) => ({ ...point, quantiles: doubled(point.quantiles) })),
    net: study.net.map((point) => ({ ...point, quantiles: doubled(point.quantiles) })),
  };
  const names = { plan: "as planned", now: "now", lower: "lower", upper: "upper", x: "x", y: "y" };
  pictures.set("what-if-spent", burnPicture(study, turned, names, false));
  pictures.set("what-if-net", netPicture(study, turned, names, false));
}

function doubled<T extends readonly number[]>(quantiles: T): T {
  return quantiles.map((value) => 2 * value) as unknown as T;
}

/** No more of a run than its charts show. */
function keepDemo(verdict: Verdict): void {
  const fromMs = Date.parse("2026-02-05T16:00:00Z");
  const money = Array.from({ length: 40 }, (_, i) => ({
    atMs: fromMs + (i * DAY_MS) / 4,
    reservedMinor: i === 0 ? 0 : 40e6 - 1e6 * i,
    spentMinor: 5e6 * i,
  }));
  const books = { decimals: 2, budgetMinor: 3e8 };
  const run = { money, books, dailyUsers: [7070, 58480, 73520, 70000, 66000] };
  keep("demo", [
    moneyChart(run as unknown as RunFacts, "Asia/Shanghai"),
    usersChart(run as unknown as RunFacts),
    ...effectCharts(verdict),
  ]);
}

/** A share that falls on the day of the news, apart from its market. */
async function keepEvent(): Promise<void> {
  const rows = tradingDays(120, { at: 100, size: -0.05 });
  const columns = { date: "date", security: "ali", market: "hsi", kind: "returns" } as const;
  const event = eventReading(
    priceSeries(priceTable(rows), columns),
    {
      ...{ security: "ali", market: "hsi", day: rows[100]!.slice(0, 10) },
      ...{ window: [-1, 5] as const, estimationDays: 80, gapDays: 5, level: 0.95 },
    },
    [],
  );
  const object = { ...(await reportObject("valuation")), event };
  keepAll("valuation", await documentOf("valuation", object));
}

/** What a study will be able to see: of one figure, and of a project's metrics. */
async function keepForeseen(folder: ProveFolder): Promise<void> {
  const asked = { users: 1_000_000, holdout: 0.02, weeks: 4, wanted: 0.01 };
  keepAll("detectable", detectableReport(detectable({ ...asked, outcome: { share: 0.235 } })));
  const file = await folder.project({
    plan: { users: 200_000, metrics: [{ id: "d30", kind: "share", column: "d30" }] },
    sources: { journal: "ledger", outcomes: { file: "o.csv", user: "user" } },
  });
  const foreseen = await planProject(await readProject(file), DEFINITION, {
    ...{ users: null, holdout: 0.02, weeks: 4, history: null, wanted: new Map() },
    ...{ shares: new Map([["d30", 0.235]]), deviations: new Map(), means: new Map() },
  });
  keepAll("planned", plannedReport(foreseen));
}

let study: PlanStudy;

beforeAll(async () => {
  const kinds: ReportKind[] = ["verdict", "valuation", "judgement", "back-test"];
  for (const kind of kinds) keepAll(kind, await documentOf(kind, await reportObject(kind)));
  await keepEvent();
  study = await keepPlan();
  keepWhatIf(study);
  const folder = await ProveFolder.make();
  const paid = await provePayback(folder, 3);
  await keepForeseen(folder);
  await folder.remove();
  keepAll("paid", await documentOf("verdict", JSON.parse(JSON.stringify(paid))));
  const both = [await tableVerdict("works-and-loses"), await reportObject("verdict")];
  const verdicts = both as unknown as Verdict[];
  keepAll("comparison", verdictComparison(verdicts));
  keepDemo(verdicts[0]!);
}, 300_000);

describe("the charts of reports", () => {
  test("look as they were looked at, and none is missing", async () => {
    for (const [name, picture] of pictures) {
      const svg = renderChartSvg(name, picture);
      expect(svg, name).not.toMatch(/NaN|undefined/);
      await expect(svg).toMatchFileSnapshot(`${PLACE}/${name}.svg`);
    }
    const drawn = [...pictures.keys()].map((name) => `${name}.svg`);
    expect((await readdir(PLACE)).toSorted()).toEqual(drawn.toSorted());
  });
});

test("a study with all that is asked for is of its schema when it is printed", () => {
  expect(study.response).not.toBeNull();
  expect(study.split).not.toBeNull();
  const printed = JSON.parse(JSON.stringify(study));
  expect(planStudySchema.parse(printed)).toEqual(printed);
});
