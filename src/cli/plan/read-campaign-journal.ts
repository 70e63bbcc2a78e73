// A running campaign's journal as calibration reads it: exported to a temporary file and counted by
// the warehouse, as `prove` does, so that it may be larger than memory.

import { claimsOnly } from "../../contract/campaign-file/claims-only.ts";
import { contractError } from "../../contract/index.ts";
import type { CampaignDefinition, OfferDefinition } from "../../core/definition.ts";
import { waveOfOffer } from "../../core/wave-of-offer.ts";
import { eventsFrom } from "../../host/event-stream.ts";
import { type DirectoryReader, readDirectory } from "../../journal/index.ts";
import type { PlanFile } from "../../plan/plan-file/index.ts";
import type {
  AgeCount,
  HourCount,
  JournalReading,
  OfferReading,
  PeakReading,
} from "../../plan/update/journal-reading.ts";
import { EVENT_COLUMNS, type EventRow } from "../../prove/event-columns.ts";
import { exportObjects } from "../../prove/export-rows.ts";
import { makeTemporaryFolder, removeTemporaryFolder } from "../../prove/temporary-folder.ts";
import { type ResultRow, type Warehouse, withWarehouse } from "../../prove/warehouse.ts";
import { eventRows } from "../event-rows.ts";
import { journalFolder } from "../journal-folder.ts";
import { claimedRows } from "./claimed-rows.ts";
import { differencesOf, meanReward, requireSameShape } from "./journal-differences.ts";
import * as queries from "./journal-queries.ts";

export interface ReadJournalOptions {
  /** Events from here on are left out; default: none. */
  readonly toMs?: number | undefined;
  readonly onRows?: (rows: number) => void;
  readonly onNotice?: (notice: string) => void;
}

/** Throws `invalid_data` where the journal has no such campaign, or nothing of it yet. */
export async function readCampaignJournal(
  directory: string,
  plan: PlanFile,
  options: ReadJournalOptions = {},
): Promise<JournalReading> {
  const reader = await readDirectory(await journalFolder(directory));
  for (const notice of reader.notices) options.onNotice?.(notice);
  const folder = await makeTemporaryFolder("hongbao-calibrate-");
  const found: Found = { lastMs: null, goesOn: false };
  try {
    const target = { dir: folder, name: "events", format: "parquet" } as const;
    const onProgress = options.onRows ?? ((): void => {});
    const whole = await openedCampaign(reader, directory, plan);
    const opened = claimsOnly(whole);
    requireSameShape(opened, plan);
    const events = watched(eventRows(reader), plan.campaign.id, options.toMs, found);
    const rows = claimedRows(events, whole);
    const { path } = await exportObjects(rows, EVENT_COLUMNS, { ...target, onProgress });
    const end = endOf(directory, plan.campaign, found);
    // Nobody was seen after the journal's end, nor after the close: silence there says nothing.
    const asked = options.toMs ?? end;
    const toMs = Math.min(found.goesOn ? asked : Math.min(asked, end), opened.closesAtMs);
    if (toMs < asked) options.onNotice?.(endNotice(toMs));
    return await withWarehouse({}, (warehouse) => counted(warehouse, path, plan, opened, toMs));
  } finally {
    await removeTemporaryFolder(folder);
  }
}

interface Found {
  /** Of the plan's campaign. */
  lastMs: number | null;
  /** Whether more of it was left out. */
  goesOn: boolean;
}

async function* watched(
  rows: AsyncGenerator<EventRow>,
  campaign: string,
  toMs: number | undefined,
  found: Found,
): AsyncGenerator<EventRow> {
  for await (const row of rows) {
    if (row.campaign !== campaign) continue;
    if (row.atMs >= (toMs ?? Number.POSITIVE_INFINITY)) {
      found.goesOn = true;
      continue;
    }
    // Totals and the close come when somebody asks for them, not when users act.
    if (row.user !== null || found.lastMs === null) found.lastMs = row.atMs;
    yield row;
  }
}

/** Just after the last thing that happened. */
function endOf(directory: string, campaign: CampaignDefinition, found: Found): number {
  if (found.lastMs === null) throw missing(directory, campaign, []);
  return found.lastMs + 1;
}

function endNotice(toMs: number): string {
  return `the journal tells of nothing after ${new Date(toMs).toISOString()}: read up to there`;
}

function missing(
  directory: string,
  { id }: CampaignDefinition,
  campaigns: readonly string[],
): Error {
  const expected = `${directory}: expected events of the plan's campaign ${id} in the journal`;
  const others = campaigns.length === 0 ? "none" : `those of ${campaigns.join(", ")}`;
  return contractError("invalid_data", `${expected}, found ${others}`);
}

/** The campaign as it was opened, which may be another than the file beside the plan. */
async function openedCampaign(
  reader: DirectoryReader,
  directory: string,
  plan: PlanFile,
): Promise<CampaignDefinition> {
  const { id } = plan.campaign;
  const definitions: CampaignDefinition[] = [];
  const journal = { read: (from = 1) => reader.records(from) };
  for await (const { type, campaign } of eventsFrom(journal, 1, definitions)) {
    if (type === "opened" && campaign === id) break;
  }
  const opened = definitions.find((one) => one.id === id);
  if (opened !== undefined) return opened;
  const campaigns = definitions.map((one) => one.id);
  throw missing(directory, plan.campaign, campaigns);
}

async function counted(
  warehouse: Warehouse,
  file: string,
  plan: PlanFile,
  campaign: CampaignDefinition,
  toMs: number,
): Promise<JournalReading> {
  const window: queries.JournalWindow = {
    ...{ file, toMs, campaign: campaign.id, startsAtMs: campaign.startsAtMs },
    waves: campaign.waves,
    offers: campaign.offers,
  };
  for (const sql of queries.journalTables(window)) await warehouse.run(sql);
  const rows = (sql: string): Promise<ResultRow[]> => warehouse.rows(sql);
  const seen = await rows(queries.firstSeen(window));
  const used = await rows(queries.usedShares());
  const gone = goneAtHour(campaign, await rows(queries.moneyByHour(window)), used);
  const until = campaign.waves.map((_, wave) =>
    gone[wave] === null ? toMs : campaign.startsAtMs + gone[wave]! * 3_600_000,
  );
  const totals = await warehouse.row(queries.TOTALS);
  const tables = {
    takeUp: await rows(queries.takeUp(window, until)),
    returning: await rows(queries.returning(window, until)),
    further: await rows(queries.furtherGrants(window)),
    squares: await rows(queries.furtherSquares()),
    redemptions: await rows(queries.redemptions(window)),
    cancellations: await rows(queries.cancellations(window)),
    used,
  };
  return {
    ...{ campaign: campaign.id, startsAtMs: campaign.startsAtMs, toMs },
    ...{ events: Number(totals.events), goneAtHour: gone },
    known: hourCounts(seen.filter(({ known }) => known === true)),
    others: hourCounts(seen.filter(({ known }) => known !== true)),
    lookedShare: Number(totals.looked) / Math.max(1, Number(totals.seen)),
    offers: campaign.offers.map((offer) => offerReading(offer, campaign.startsAtMs, tables)),
    claimsPeak: peakOf(await rows(queries.busiestHour(window, ["granted", "withheld"]))),
    ordersPeak: peakOf(await rows(queries.busiestHour(window, ["redeemed"]))),
    ordersPerRewarded: Number(totals.orders) / Math.max(1, Number(totals.rewarded)),
    differences: differencesOf(campaign, plan),
    budgetRatio: campaign.budgetMinor / plan.campaign.budgetMinor,
    rewardRatio: meanReward(campaign, 0) / meanReward(plan.campaign, 0),
  };
}

type Tables = Readonly<
  Record<
    "takeUp" | "returning" | "further" | "squares" | "redemptions" | "cancellations" | "used",
    ResultRow[]
  >
>;

function offerReading(
  { id, expiry }: OfferDefinition,
  startsAtMs: number,
  tables: Tables,
): OfferReading {
  const of = (name: keyof Tables): ResultRow[] => tables[name].filter(({ offer }) => offer === id);
  const used = of("used")[0] ?? {};
  const expires =
    expiry.kind === "at"
      ? ({ kind: "at", hours: (expiry.atMs - startsAtMs) / 3_600_000 } as const)
      : ({ kind: "after", hours: expiry.afterMs / 3_600_000 } as const);
  return {
    ...{ id, expires },
    takeUp: ageCounts(of("takeUp")),
    returning: hourCounts(of("returning")),
    claimers: hourCounts(of("further").filter(({ age }) => age === null)),
    further: ageCounts(of("further").filter(({ age }) => age !== null)),
    furtherSquares: Number(of("squares")[0]?.squares ?? 0),
    redemptions: ageCounts(of("redemptions")),
    cancellations: ageCounts(of("cancellations")),
    used: {
      grants: Number(used.grants ?? 0),
      sum: Number(used.sum ?? 0),
      squares: Number(used.squares ?? 0),
    },
    meanMinor: Number(used.mean ?? 0),
  };
}

function hourCounts(rows: readonly ResultRow[]): HourCount[] {
  return rows.map(({ hour, count }) => ({ hour: Number(hour), count: Number(count) }));
}

function ageCounts(rows: readonly ResultRow[]): AgeCount[] {
  return rows.map(({ hour, age, count }) => ({
    ...{ hour: Number(hour), count: Number(count) },
    age: age === null ? null : Number(age),
  }));
}

/** The first hour by whose end a wave had granted all of its budget but less than one reward. */
function goneAtHour(
  campaign: CampaignDefinition,
  money: readonly ResultRow[],
  used: readonly ResultRow[],
): (number | null)[] {
  return campaign.waves.map(({ id: wave, budgetMinor }) => {
    const own = campaign.offers.filter((one) => waveOfOffer(campaign, one)?.id === wave);
    const offers = own.map(({ id }) => id);
    const limit = budgetMinor ?? campaign.budgetMinor;
    const largest = Math.max(
      0,
      ...used.filter(({ offer }) => offers.includes(String(offer))).map(({ mean }) => Number(mean)),
    );
    const rows = money
      .filter(({ offer }) => offers.includes(String(offer)))
      .map((row) => ({ hour: Number(row.hour), money: Number(row.money) }))
      .sort((a, b) => a.hour - b.hour);
    let granted = 0;
    for (const row of rows) {
      granted += row.money;
      if (granted > limit - largest) return row.hour;
    }
    return null;
  });
}

/** In a window with fewer events the busiest one is chance's. */
const LEAST_EVENTS = 100;
const WIDTHS = [1, 2, 5, 10, 20, 60, 120, 300] as const;

/** The narrowest window that has enough events when the hour is even. */
function peakOf(rows: readonly ResultRow[]): PeakReading | null {
  const all = rows.reduce((sum, { count }) => sum + Number(count), 0);
  const width = WIDTHS.find((each) => (all * each) / 3600 >= LEAST_EVENTS);
  if (width === undefined) return null;
  const bins = new Map<number, number>();
  for (const { second, count } of rows) {
    const bin = Math.floor(Number(second) / width);
    bins.set(bin, (bins.get(bin) ?? 0) + Number(count));
  }
  const events = Math.max(...bins.values());
  return { events, seconds: width, ratio: Math.max(1, events / ((all * width) / 3600)) };
}
