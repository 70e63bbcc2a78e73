// From a value.yaml, and the files that it names, to a valuation.
import { existsSync } from "node:fs";
import { stat } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { contractError } from "../../contract/index.ts";
import type { YamlSource } from "../../contract/yaml-source.ts";
import type { CampaignDraws } from "../../plan/campaign-draws.ts";
import { readYamlSource } from "../../prove/yaml-file.ts";
import { type EventReading, eventReading } from "../../value/event-reading.ts";
import { plainNumber } from "../../value/figure-text.ts";
import { priceSeries } from "../../value/price-series.ts";
import { costOf } from "../../value/unit-economics.ts";
import { type CampaignSource, type Valuation, valuationOf } from "../../value/valuation.ts";
import {
  type RawFrom,
  type RawValue,
  type ReadValue,
  readValue,
  valueSchema,
} from "../../value/value-file/index.ts";
import { openPlan, PLAN_FILE } from "../plan/open-plan.ts";
import { openPublished, PUBLISHED_FILE } from "../plan/open-published.ts";
import { campaignDraws } from "./campaign-source.ts";
import { readPriceFile } from "./price-file.ts";

const VALUE_FILE = "value.yaml";

export interface OpenedValue {
  readonly source: YamlSource<RawValue>;
  readonly folder: string;
  /** Every file that it names or reads, and those that these name. */
  readonly files: readonly string[];
}

/** Files whose results count instead of those that a value.yaml names: one of them at most. */
export interface InsteadOf {
  readonly plan?: string;
  readonly published?: string;
}

/**
 * Throws HongbaoError with file and line.
 * @param given a value.yaml, or its folder
 */
export async function openValue(given: string, instead: InsteadOf = {}): Promise<OpenedValue> {
  const { plan, published } = instead;
  if (plan !== undefined && published !== undefined) {
    throw contractError("invalid_usage", "expected --plan or --published, found both");
  }
  const file = await valueFile(given);
  const read = await readYamlSource(file, valueSchema);
  const own = fromOf(instead) ?? read.value.from;
  const source = { ...read, value: { ...read.value, from: own } };
  const folder = dirname(file);
  return { source, folder, files: [file, ...(await filesOf(source.value, read.value, folder))] };
}

/** A page must not be written over what it was made of, nor over what a flag took the place of. */
async function filesOf(value: RawValue, written: RawValue, folder: string): Promise<string[]> {
  const at = (name: string): string => resolve(folder, name);
  const { plan, published, verdict } = value.from;
  // Several sources are refused later, in the words of the file's own keys.
  const isOne = plan === undefined || published === undefined;
  const read = isOne && plan !== undefined ? await openPlan(at(plan)) : null;
  const judged = isOne && published !== undefined ? await openPublished(at(published)) : null;
  const { from } = written;
  const named = [verdict, from.verdict, value.event?.prices].filter((name) => name !== undefined);
  const inForce = [...(read?.files ?? []), ...(judged?.files ?? []), ...named.map(at)];
  const replaced = [
    from.plan === undefined ? null : await fileWithin(at(from.plan), PLAN_FILE),
    from.published === undefined ? null : await fileWithin(at(from.published), PUBLISHED_FILE),
  ];
  return [...inForce, ...replaced.filter((file) => file !== null)];
}

/** A folder is no file of its own: what lies beside in it may be written. */
async function fileWithin(given: string, name: string): Promise<string> {
  const info = await stat(given).catch(() => null);
  return info?.isDirectory() === true ? join(given, name) : given;
}

export async function valuationOfFile({ source, folder }: OpenedValue): Promise<Valuation> {
  const read = readValue(source.value, source.problem);
  const { campaign, from } = await campaignDraws(read, folder, source.problem);
  if (campaign.currency !== read.question.currency) {
    throw source.problem(
      ["currency"],
      `expected the campaign's currency, ${campaign.currency}, found ${read.question.currency}`,
    );
  }
  requirePlausibleCost(campaign, read, source);
  const event = await eventOf(source.value, folder, read.question.level);
  return valuationOf({ ...read, campaign, from, source: sourceOf(read.from), event });
}

/** A campaign of more than a year's revenue is a slip of the unit in which the file has amounts. */
function requirePlausibleCost(
  campaign: CampaignDraws,
  { question }: ReadValue,
  { value, problem }: YamlSource<RawValue>,
): void {
  const { quarter, unit, currency } = question;
  const [cost, revenue] = [costOf(campaign).point, quarter.revenue.value];
  if (revenue === null || cost <= 4 * revenue) return;
  const of = (amount: number): string => plainNumber(Math.round(amount / unit.factor));
  const found = `${of(cost)} ${value.amounts} ${currency}`;
  throw problem(
    ["amounts"],
    `expected a campaign that cost less than a year's revenue, found ${found} beside a ` +
      `quarter's revenue of ${of(revenue)}: is the unit of the file right?`,
  );
}

function sourceOf({ plan, verdict }: RawFrom): CampaignSource {
  if (plan !== undefined) return "plan";
  return verdict === undefined ? "published" : "verdict";
}

function fromOf({ plan, published }: InsteadOf): RawValue["from"] | null {
  if (plan !== undefined) return { plan: resolve(plan) };
  return published === undefined ? null : { published: resolve(published) };
}

async function valueFile(given: string): Promise<string> {
  const file = await fileWithin(given, VALUE_FILE);
  if (existsSync(file)) return file;
  throw contractError("file_not_found", `${file}: expected a ${VALUE_FILE}, found nothing`);
}

async function eventOf(
  { event, news }: RawValue,
  folder: string,
  level: number,
): Promise<EventReading | null> {
  if (event === undefined) return null;
  const { prices, splits, date, security, market, kind, day, window, estimation, gap } = event;
  const file = resolve(folder, prices);
  const columns = { date, security, market, kind };
  const series = priceSeries(await readPriceFile(file, columns), columns, splits);
  const asked = { security, market, day, window, estimationDays: estimation, gapDays: gap };
  return eventReading(series, { ...asked, level }, news);
}
