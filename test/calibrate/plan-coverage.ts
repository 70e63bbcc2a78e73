// Do a plan's 90 % intervals hold what happens? A crowd with known laws plays a campaign against
// the real engine, and a plan made from those laws, not from the play, foretells it.
import { drawCampaigns } from "../../src/plan/monte-carlo/block.ts";
import { CampaignSample, tasksOf } from "../../src/plan/monte-carlo/campaign-sample.ts";
import type { Rule } from "./bounds.ts";
import { type Experiment, holdsTruth, oncePerSeed, type Row } from "./experiment.ts";
import { type PlannedMoney, planOfCrowd } from "./plan-crowd.ts";
import { type Asked, DESIGNS, type Design } from "./plan-designs.ts";
import { type Played, playCampaign } from "./plan-play.ts";

const LEVEL = 0.9;
/** A model is never exact: what 500 campaigns allow it has to keep in any number of them. */
const MODEL = { chance: LEVEL, fullAt: 500 } as const;
const COVERS: Rule = { kind: "covers", ...MODEL };
/** Whole months are held more often than a level says. */
const AT_LEAST: Rule = { kind: "at least", ...MODEL };
const CONTROL: Rule = { kind: "control", ...MODEL };
const DRAWS = 4_000;
const SECONDS_OF_HOUR = 3600;
/** Of the campaigns of a reading in closed form: playing one takes a tenth of a second. */
const PLAYED_PART = 0.25;
/** So much too narrow an interval must be found out. */
const NARROWED = 0.2;

/** A number of the plan, and the same of a play. */
interface Quantity {
  readonly id: Asked;
  readonly title: string;
  /** The plan's column. */
  readonly column: string;
  readonly of: (played: Played, money: Worth) => number;
  readonly rule?: Rule;
}

/** Of a kept user, what is left by the end of each month: both sides take it from the curve. */
interface Worth extends PlannedMoney {
  readonly stays: readonly number[];
}

const QUANTITIES: readonly Quantity[] = [
  { id: "grants", title: "grants", column: "grants", of: ({ grants }) => grants },
  { id: "granted", title: "money granted", column: "granted", of: ({ granted }) => granted },
  { id: "spent", title: "money spent", column: "spent", of: ({ spent }) => spent },
  { id: "orders", title: "orders", column: "orders", of: ({ orders }) => orders },
  { id: "rewarded", title: "people rewarded", column: "rewarded", of: (played) => played.rewarded },
  {
    id: "peak",
    title: "requests in the busiest hour",
    column: "claimsPeak",
    of: ({ claimsOfBusiestHour }) => claimsOfBusiestHour / SECONDS_OF_HOUR,
  },
  {
    id: "run-out-cards",
    title: "when the first wave's money is gone",
    column: "runOut.wave.cards",
    of: ({ runOutDays }) => runOutDays[0]!,
  },
  {
    id: "run-out-envelopes",
    title: "when the second wave's money is gone",
    column: "runOut.wave.envelopes",
    of: ({ runOutDays }) => runOutDays[1]!,
  },
  { id: "active", title: "active on D30", column: "active30", of: ({ active30 }) => active30 },
  { id: "kept", title: "kept because of the campaign", column: "kept", of: ({ kept }) => kept },
  { id: "cost-kept", title: "cost of a kept user", column: "costPerKept", of: costOfKept },
  { id: "net", title: "net after two years", column: "net", of: netOf },
  {
    ...{ id: "payback", title: "month that pays back", column: "payback", of: paybackOf },
    rule: AT_LEAST,
  },
];

export function coverageOf(design: Design): Experiment {
  const quantities = QUANTITIES.filter(({ id }) => design.asks.includes(id));
  const plans = oncePerSeed((seed) => foretold(design, quantities, seed));
  const narrow = design.narrow.map((id) => quantities.findIndex((each) => each.id === id));
  return {
    id: `plan/${design.id}`,
    about: design.title,
    isSampled: false,
    partOfCampaigns: PLAYED_PART,
    rows: [...quantities.map((each) => rowOf(each, design)), ...narrow.map(narrowRow(quantities))],
    run: async (seed, campaign) => {
      const { intervals, worth } = plans(seed);
      const name = `${seed}/plan/${design.id}/${campaign}`;
      const played = await playCampaign(design.shape, design.campaign, name);
      const values = quantities.map((each) => each.of(played, worth));
      const outcome: Record<string, boolean | null> = {};
      quantities.forEach(({ id }, i) => {
        outcome[id] = holdsTruth(intervals[i], values[i]!);
      });
      for (const i of narrow) {
        outcome[`narrow-${quantities[i]!.id}`] = holdsTruth(narrowed(intervals[i]!), values[i]!);
      }
      return outcome;
    },
  };
}

export const PLAN_EXPERIMENTS: readonly Experiment[] = DESIGNS.map(coverageOf);

function rowOf({ id, title, rule }: Quantity, { isControl }: Design): Row {
  const own = isControl ? CONTROL : (rule ?? COVERS);
  return { id, title: isControl ? `control: ${title}` : title, rule: own };
}

function narrowRow(quantities: readonly Quantity[]): (i: number) => Row {
  return (i) => {
    const { id, title } = quantities[i]!;
    const said = `control: ${title}, interval ${100 * NARROWED} % too narrow`;
    return { id: `narrow-${id}`, title: said, rule: CONTROL };
  };
}

interface Interval {
  readonly lower: number;
  readonly upper: number;
}

function narrowed({ lower, upper }: Interval): Interval {
  const [middle, half] = [(lower + upper) / 2, ((upper - lower) / 2) * (1 - NARROWED)];
  return { lower: middle - half, upper: middle + half };
}

/** The plan's intervals, made once a seed, before anything is played. */
function foretold(design: Design, quantities: readonly Quantity[], seed: number) {
  const { shape, campaign, money } = design;
  const job = planOfCrowd(shape, campaign, money, `${seed}/plan/${design.id}`);
  const blocks = tasksOf(job, DRAWS).map((task) => drawCampaigns(task));
  const sample = new CampaignSample(job, DRAWS, blocks);
  const kept = sample.number("kept").point;
  const stays = Array.from({ length: job.terms.months }, (_, month) => {
    return sample.number(`active.month.${month}`).point / kept;
  });
  const intervals = quantities.map(({ column }): Interval => sample.number(column, LEVEL));
  return { intervals, worth: { ...money, stays } };
}

function costOf({ spent }: Played, { marketing }: Worth): number {
  return spent + marketing;
}

function costOfKept(played: Played, worth: Worth): number {
  return played.kept > 0 ? costOf(played, worth) / played.kept : Number.POSITIVE_INFINITY;
}

function netOf(played: Played, worth: Worth): number {
  const months = worth.stays.reduce((sum, stay) => sum + stay, 0);
  return played.kept * worth.margin * months - costOf(played, worth);
}

function paybackOf(played: Played, worth: Worth): number {
  let net = -costOf(played, worth);
  for (const [month, stay] of worth.stays.entries()) {
    net += played.kept * worth.margin * stay;
    if (net >= 0) return month + 1;
  }
  return Number.POSITIVE_INFINITY;
}
