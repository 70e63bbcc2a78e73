// Numbers of a campaign that a publication can be held against, by the names that published.yaml
// gives them: a figure is compared with the very thing that it counts, or not at all.
import { assertNever } from "../../base/assert.ts";
import { DailyUsers } from "../model/daily-users.ts";
import type { CampaignInputs } from "../model/inputs.ts";
import type { CampaignOutputs, OutputUnit } from "../model/outputs.ts";
import type { HourlyTerms } from "../model/terms.ts";
import { retainedAt, retentionThrough } from "../model/two-point-retention.ts";

export type PlanNumber =
  /** Users of a day beside those of before the campaign; day 0 is the first. */
  | { readonly kind: "dailyUsers"; readonly day: number }
  /** Share of the rewarded who are active so many days after they came. */
  | { readonly kind: "retention"; readonly day: number }
  /** Orders paid with rewards by the end of so many hours. */
  | { readonly kind: "orders"; readonly hours: number }
  /** Everybody who came by the end; and with them the active users of before who took part. */
  | { readonly kind: "people" }
  | { readonly kind: "tried" }
  /** Money spent on rewards by the end. */
  | { readonly kind: "spent" }
  /** All costs of so many months, not discounted. */
  | { readonly kind: "cost"; readonly months: number }
  /** Days from a wave's start until its money was promised; Infinity if it never was. */
  | { readonly kind: "runOut"; readonly wave: number };

/** How each is written, its unit and what it is: for the reference page. */
export const PLAN_NUMBERS: readonly PlanNumberWords[] = [
  {
    form: "dailyUsers.day.{day}",
    unit: "users",
    says: "Users of that day beside those of before the campaign; 0 is its first day.",
  },
  {
    form: "retention.day.{day}",
    unit: "ratio",
    says: "Share of the rewarded who are back so many days after they came.",
  },
  {
    form: "orders.hour.{hours}",
    unit: "orders",
    says: "Orders paid with rewards by the end of so many hours.",
  },
  {
    form: "cost.month.{months}",
    unit: "the currency",
    says: "All costs of so many months, not discounted.",
  },
  {
    form: "runOut.wave.{id}",
    unit: "days",
    says: "Days from the wave's start until its money was promised.",
  },
  { form: "people", unit: "users", says: "Everybody who came by the end." },
  {
    form: "tried",
    unit: "users",
    says: "Everybody who came, and the users of before who took part.",
  },
  { form: "spent", unit: "the currency", says: "Money spent on rewards by the end." },
];

export interface PlanNumberWords {
  readonly form: string;
  readonly unit: string;
  readonly says: string;
}

/** Beyond two years a curve through two days says nothing. */
const RETENTION_DAYS = 730;

/** For sentences about what was expected. */
export const PLAN_NUMBER_FORMS: readonly string[] = PLAN_NUMBERS.map(({ form }) => form);

/** Null: no campaign with these terms has it. */
export function parsePlanNumber(id: string, terms: HourlyTerms): PlanNumber | null {
  if (id === "people" || id === "tried" || id === "spent") return { kind: id };
  const [kind, what, at = ""] = id.split(".");
  if (kind === "runOut" && what === "wave") {
    const wave = terms.waves.findIndex((each) => each.id === at);
    return wave < 0 ? null : { kind, wave };
  }
  const count = /^\d{1,4}$/.test(at) ? Number(at) : Number.NaN;
  const lastDay = terms.dayOfHour.at(-1)!;
  if (kind === "dailyUsers" && what === "day" && count <= lastDay) return { kind, day: count };
  if (kind === "retention" && what === "day" && count >= 1 && count <= RETENTION_DAYS) {
    return { kind, day: count };
  }
  if (kind === "orders" && what === "hour" && count >= 1 && count <= terms.hourWeights.length) {
    return { kind, hours: count };
  }
  if (kind === "cost" && what === "month" && count >= 1 && count <= terms.months) {
    return { kind, months: count };
  }
  return null;
}

/** In which its values are; `count` of orders. */
export function unitOfNumber({ kind }: PlanNumber): OutputUnit {
  switch (kind) {
    case "dailyUsers":
    case "people":
    case "tried":
      return "users";
    case "retention":
      return "share";
    case "orders":
      return "count";
    case "spent":
    case "cost":
      return "money";
    case "runOut":
      return "days";
    default:
      return assertNever(kind);
  }
}

export function titleOfNumber(number: PlanNumber, terms: HourlyTerms): string {
  switch (number.kind) {
    case "dailyUsers":
      return `daily users more than before, day ${number.day}`;
    case "people":
      return "people who came";
    case "tried":
      return "people who tried it";
    case "retention":
      return `share back on day ${number.day}`;
    case "orders":
      return `orders in ${hoursText(number.hours)}`;
    case "spent":
      return "spent on rewards";
    case "cost":
      return `cost of ${number.months} months`;
    case "runOut":
      return `days until the money of ${terms.waves[number.wave]!.id} was gone`;
    default:
      return assertNever(number);
  }
}

function hoursText(hours: number): string {
  return hours % 24 === 0 ? `${hours / 24} days` : `${hours} hours`;
}

/** Reads the numbers of campaigns off their runs. */
export class NumberReader {
  private readonly numbers: readonly PlanNumber[];
  private readonly daily: DailyUsers;
  private readonly users: Float64Array;

  constructor(numbers: readonly PlanNumber[]) {
    this.numbers = numbers;
    const days = numbers.map((each) => (each.kind === "dailyUsers" ? each.day + 1 : 0));
    this.users = new Float64Array(Math.max(0, ...days));
    this.daily = new DailyUsers(this.users.length);
  }

  /** @param out of the run with this draw */
  read(draw: CampaignInputs, out: Readonly<CampaignOutputs>, into: Float64Array, at = 0): void {
    if (this.users.length > 0) this.daily.count(draw, out, this.users);
    for (let i = 0; i < this.numbers.length; i++) {
      into[at + i] = this.value(this.numbers[i]!, draw, out);
    }
  }

  private value(number: PlanNumber, draw: CampaignInputs, out: Readonly<CampaignOutputs>): number {
    switch (number.kind) {
      case "dailyUsers":
        return this.users[number.day]!;
      case "people":
        return out.people;
      case "tried":
        return out.people + draw.existing;
      case "retention":
        return retainedOn(number.day, draw);
      case "orders":
        return out.ordersByHour[number.hours - 1]!;
      case "spent":
        return out.spent;
      case "cost":
        return costOf(out, number.months);
      case "runOut":
        return out.runOutDays[number.wave]!;
      default:
        return assertNever(number);
    }
  }
}

/** The curve goes through days 1 and 30; only others need it. */
function retainedOn(day: number, { d1, d30 }: CampaignInputs): number {
  if (day === 1) return d1;
  return day === 30 ? d30 : retainedAt(retentionThrough(d1, d30), day);
}

function costOf(out: Readonly<CampaignOutputs>, months: number): number {
  let sum = 0;
  for (let month = 0; month < months; month++) {
    sum += out.spentOfMonth[month]! + out.otherCostOfMonth[month]! + out.displacedOfMonth[month]!;
  }
  return sum;
}
