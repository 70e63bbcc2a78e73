// Ours in the bench `prove`: the whole way from the files to the page. Runs in a process of its own
// (see ours-main.ts).
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { type Metric, proveCampaign, verdictReport } from "../../src/prove/index.ts";
import { renderHtmlPage } from "../../src/report/html-page.ts";
import { provenCampaign } from "./campaign.ts";

export interface ProveFigures {
  readonly seconds: number;
  readonly peakMiB: number;
  readonly pageKiB: number;
}

/** Called with every statement before it runs. */
export type OnSql = (sql: string) => void;

type ColumnMetric = Metric & { readonly column: string };

const METRICS: readonly ColumnMetric[] = [
  share("d30", "D30 retention"),
  share("d7", "D7 retention"),
  mean("orders", "orders, 30 days"),
  mean("paid", "own orders"),
  mean("spend", "spend, 30 days"),
];

/** Judges the files in `folder` and writes verdict.json and page.html beside them. */
export async function judge(folder: string, onSql: OnSql): Promise<ProveFigures> {
  const verdict = await proveCampaign({
    definition: provenCampaign(),
    events: join(folder, "events.parquet"),
    outcomes: { file: join(folder, "outcomes.parquet"), userColumn: "user", missing: "refuse" },
    metrics: METRICS,
    kept: "d30",
    warehouse: { onSql },
  });
  const page = renderHtmlPage(verdictReport(verdict));
  await writeFile(join(folder, "verdict.json"), JSON.stringify(verdict));
  await writeFile(join(folder, "page.html"), page);
  return {
    seconds: performance.now() / 1000, // Since the process started.
    peakMiB: process.resourceUsage().maxRSS / 1024,
    pageKiB: page.length / 1024,
  };
}

function share(column: string, title: string): ColumnMetric {
  return { id: column, title, kind: "share", unit: "", digits: 2, column };
}

function mean(column: string, title: string): ColumnMetric {
  return { id: column, title, kind: "mean", unit: "", digits: 3, column };
}
