// The value of a share as the sum of the company's parts, with what the campaign adds: every effect
// names the line that it moves, so that nobody counts users who are in no line.
import { assert } from "../base/assert.ts";
import { combine, type DrawInterval, type Uncertain } from "../stats/draws.ts";
import { sumOf } from "./draw-sums.ts";
import { addingUp, medianInterval } from "./median-interval.ts";

export interface PartQuestion {
  readonly id: string;
  readonly title: string;
  /** What the multiple is of, such as adjusted EBITA or revenue. */
  readonly measure: string;
  /** Major units, before growth. */
  readonly figure: Uncertain;
  readonly growth: Uncertain;
  readonly multiple: Uncertain;
}

export interface CampaignEffect {
  readonly id: string;
  readonly title: string;
  /** The part's id, or `net cash`. */
  readonly line: string;
  /** Major units. */
  readonly value: Uncertain;
}

export interface CompanyQuestion {
  readonly parts: readonly PartQuestion[];
  /** Negative for net debt. */
  readonly netCash: Uncertain;
  readonly shares: Uncertain;
  readonly effects: readonly CampaignEffect[];
  readonly count: number;
}

export interface CompanyValue {
  readonly parts: readonly {
    readonly id: string;
    readonly title: string;
    readonly measure: string;
    readonly figure: DrawInterval;
    readonly growth: DrawInterval;
    readonly multiple: DrawInterval;
    /** Estimates of all lines add up to the equity's. */
    readonly value: DrawInterval;
    /** What the campaign moves in this line. */
    readonly campaign: DrawInterval | null;
  }[];
  readonly netCash: DrawInterval;
  readonly netCashCampaign: DrawInterval | null;
  readonly equity: DrawInterval;
  readonly perShare: DrawInterval;
  readonly effects: readonly {
    readonly id: string;
    readonly title: string;
    readonly line: string;
    readonly value: DrawInterval;
    readonly perShare: DrawInterval;
  }[];
  readonly campaign: DrawInterval;
  readonly campaignPerShare: DrawInterval;
  /** Of the value without the campaign. */
  readonly campaignShare: DrawInterval;
}

export const NET_CASH = "net cash";

export function companyValue(question: CompanyQuestion, level?: number): CompanyValue {
  const { parts, netCash, shares, effects, count } = question;
  assert(
    shares.draws.every((each) => each > 0),
    "expected shares above 0",
  );
  const lines = new Set([...parts.map(({ id }) => id), NET_CASH]);
  for (const { line } of effects) assert(lines.has(line), `expected a line, got ${line}`);
  const valued = parts.map((part) => ({ ...part, value: partValue(part) }));
  const lineValues = [...valued.map(({ value }) => value), netCash];
  const equity = sumOf(lineValues, count);
  const sizes = addingUp(lineValues, equity);
  const effectValues = effects.map(({ value }) => value);
  const campaign = sumOf(effectValues, count);
  const moves = addingUp(effectValues, campaign);
  const interval = (each: Uncertain): DrawInterval => medianInterval(each, level);
  const perShare = (each: Uncertain): Uncertain => combine((value, of) => value / of, each, shares);
  const moved = (line: string): DrawInterval | null => {
    const own = [...effects.keys()].filter((i) => effects[i]!.line === line);
    if (own.length === 0) return null;
    const estimate = own.reduce((sum, i) => sum + moves[i]!, 0);
    const of = own.map((i) => effectValues[i]!);
    return { ...interval(sumOf(of, count)), estimate };
  };
  return {
    parts: valued.map(({ id, title, measure, figure, growth, multiple, value }, i) => ({
      ...{ id, title, measure, campaign: moved(id) },
      figure: interval(figure),
      growth: interval(growth),
      multiple: interval(multiple),
      value: { ...interval(value), estimate: sizes[i]! },
    })),
    netCash: { ...interval(netCash), estimate: sizes.at(-1)! },
    netCashCampaign: moved(NET_CASH),
    equity: interval(equity),
    perShare: interval(perShare(equity)),
    effects: effects.map(({ id, title, line, value }, i) => ({
      ...{ id, title, line, perShare: interval(perShare(value)) },
      value: { ...interval(value), estimate: moves[i]! },
    })),
    campaign: interval(campaign),
    campaignPerShare: interval(perShare(campaign)),
    campaignShare: interval(combine((own, all) => (all > 0 ? own / all : 0), campaign, equity)),
  };
}

function partValue({ figure, growth, multiple }: PartQuestion): Uncertain {
  return combine((own, grown, times) => own * (1 + grown) * times, figure, growth, multiple);
}
