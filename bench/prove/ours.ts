// Ours in the bench `prove`: the whole way from the files to the page. Runs in a process of its own
// (see ours-main.ts).
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { proveProject, readProject, verdictReport } from "../../src/prove/index.ts";
import { renderHtmlPage } from "../../src/report/html-page.ts";
import { provenCampaign } from "./campaign.ts";

export interface ProveFigures {
  readonly seconds: number;
  readonly peakMiB: number;
  readonly pageKiB: number;
}

/** Called with every statement before it runs. */
export type OnSql = (sql: string) => void;

/** A full report: adjusted and stratified effects, a segment, retention, payback, costs. */
const PROJECT = `
title: Five million users
plan:
  questions: [reach, "reward, given arrival"]
  users: 5000000
  metrics:
    - { id: d30, title: D30 retention, kind: share, column: d30 }
    - { id: d7, title: D7 retention, kind: share, column: d7 }
    - { id: orders, title: "orders, 30 days", kind: mean, column: orders }
    - { id: paid, title: own orders, kind: mean, column: paid }
    - { id: spend, title: spend, kind: mean, column: spend, before: spend_before, clamp: [0, 5000] }
    - { id: basket, title: spend an order, kind: ratio, above: spend, below: orders }
  segments: [platform]
  guardrails: [{ metric: paid, worse: lower, margin: 5 % }]
  retention: { log: visits, period: 7d, periods: 5 }
  payback: { margin: 0.6, within: 12, discount: 10 %, cannibalised: { metric: paid, margin: 3 } }
sources:
  events: events.parquet
  users: pseudonyms
  outcomes: { file: outcomes.parquet, user: user }
  logs:
    visits: { file: visits.parquet, user: user, at: atMs }
`;

/** Judges the files in `folder` and writes verdict.json and page.html beside them. */
export async function judge(folder: string, onSql: OnSql): Promise<ProveFigures> {
  const file = join(folder, "prove.yaml");
  await writeFile(file, PROJECT);
  const project = await readProject(file);
  const campaign = {
    ...{ definition: provenCampaign(), events: join(folder, "events.parquet") },
    ...{ pseudonym: null, frozenPlanHash: undefined },
  };
  const verdict = await proveProject(project, campaign, { warehouse: { onSql } });
  const page = renderHtmlPage(verdictReport(verdict));
  await writeFile(join(folder, "verdict.json"), JSON.stringify(verdict));
  await writeFile(join(folder, "page.html"), page);
  return {
    seconds: performance.now() / 1000, // Since the process started.
    peakMiB: process.resourceUsage().maxRSS / 1024,
    pageKiB: page.length / 1024,
  };
}
