// Small campaigns that dare: every feature on or off by seed, limits of one to three, days of 23
// and 25 hours, instants that coincide.
import { dayStarts } from "../../src/base/time.ts";
import type {
  CampaignDefinition,
  CapDefinition,
  OfferDefinition,
  WaveDefinition,
} from "../../src/core/definition.ts";
import { promiseRound } from "./beacons.ts";
import { withBlocks } from "./blocks.ts";
import type { Chance } from "./chance.ts";
import { withCompensation } from "./compensation.ts";
import { withConditions } from "./conditions.ts";
import { withContingency } from "./covers.ts";
import { someCurves } from "./curves.ts";
import { withSurfaces } from "./exposures.ts";
import { withModes } from "./modes.ts";
import { addDraw } from "./some-draw.ts";
import { overissueSome } from "./some-overissue.ts";
import { potCaps, somePot } from "./some-pot.ts";
import { ripening, someGraceMs } from "./suspicions.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Zones around a change of their clocks, as local dates; Shanghai and Kathmandu have none. */
const PLACES: readonly (readonly [zone: string, noon: string])[] = [
  ["Asia/Shanghai", "2026-02-06T04:00:00Z"],
  ["Asia/Kathmandu", "2026-02-06T06:15:00Z"],
  ["America/New_York", "2026-03-07T17:00:00Z"],
  ["America/New_York", "2026-10-31T16:00:00Z"],
  ["Europe/Berlin", "2026-03-28T11:00:00Z"],
  ["Australia/Lord_Howe", "2026-04-04T01:00:00Z"],
  ["America/Santiago", "2026-09-05T16:00:00Z"],
];

const DAYS_KNOWN = 9;
const days = new Map<string, number[]>();

function daysAt([zone, noon]: readonly [string, string]): number[] {
  const known = days.get(zone + noon);
  if (known !== undefined) return known;
  const from = Date.parse(noon);
  const starts = dayStarts(zone, from, from + DAYS_KNOWN * DAY);
  days.set(zone + noon, starts);
  return starts;
}

export interface Drill {
  definition: CampaignDefinition;
  /** All money is a multiple of it. */
  unit: number;
  /** Local midnights, more than the campaign has. */
  days: readonly number[];
}

/** A campaign by seed. */
export function someCampaign(chance: Chance): Drill {
  const place = chance.pick(PLACES);
  const starts = daysAt(place);
  const unit = chance.pick([1, 1, 1, 2500, 2 ** 32 - 1, 2 ** 33 + 7]);
  const startsAtMs = starts[0]! + chance.pick([0, 1, 90 * MINUTE, 12 * HOUR, 23 * HOUR]);
  const endsAtMs = startsAtMs + chance.pick([MINUTE, 2 * HOUR, 26 * HOUR, 49 * HOUR, 49 * HOUR]);
  const closesAtMs = endsAtMs + chance.pick([0, 1, HOUR, 25 * HOUR, 50 * HOUR]);
  const attributes = chance.pick([[], ["device"], ["device", "merchant"], ["device", "merchant"]]);
  const waves = someWaves(chance, startsAtMs, endsAtMs, unit);
  const audiences = chance.yes(0.4)
    ? [{ id: "friends", holdoutShare: chance.pick([0, 0.3, 0.5, 1]), salt: chance.hex(16) }]
    : [];
  const span = { startsAtMs, endsAtMs, closesAtMs };
  const generous = chance.yes(0.08);
  const offers = Array.from({ length: chance.int(1, 3) }, (_, n) =>
    someOffer(chance, n, waves, audiences.length > 0, span, unit),
  );
  const budgetMinor =
    unit * (generous ? 1000 : chance.pick([2, 3, 5, 8, 20, 20])) + chance.pick([0, 0, 1]);
  if (chance.yes(0.2)) somePot(chance, offers, budgetMinor, unit);
  const caps = Array.from({ length: chance.pick([0, 1, 2, 3, 4]) }, (_, n) =>
    someCap(chance, n, { waves, offers, attributes }, unit),
  );
  if (generous) caps.length = 0;
  caps.push(...potCaps(offers));
  for (const wave of waves) {
    if (wave.budgetMinor !== null && !generous) caps.push(budgetCap(wave.id, wave.budgetMinor));
  }
  const last = starts.findLastIndex((start) => start <= closesAtMs);
  const definition: CampaignDefinition = {
    id: "drill",
    title: "Drill",
    currency: "CNY",
    decimals: 2,
    timeZone: place[0],
    budgetMinor,
    ...span,
    settlingLagMs: chance.pick([0, 1, MINUTE, HOUR, DAY]),
    waves,
    offers,
    caps: chance.yes(0.5) ? caps : caps.reverse(),
    assignment: someAssignment(chance),
    audiences,
    attributes,
    dayStartsMs: starts.slice(0, last + 1),
    planHash: null,
    ...(chance.yes(0.2) ? { fourEyes: true as const } : {}),
  };
  promiseRound(definition);
  definition.caps.push(...someCurves(definition));
  const releaseGraceMs = someGraceMs(definition.assignment);
  if (releaseGraceMs !== undefined) definition.releaseGraceMs = releaseGraceMs;
  overissueSome(definition, unit);
  definition.offers = definition.offers.map((offer, i) => ripening(definition, offer, i));
  addDraw(definition, unit);
  const conditioned = withConditions(withContingency(definition, unit));
  const whole = withModes(withCompensation(conditioned, unit));
  return { definition: withSurfaces(withBlocks(whole)), unit, days: starts };
}

function someAssignment(chance: Chance): CampaignDefinition["assignment"] {
  const two = [
    { id: "warm", share: 0.5 },
    { id: "cool", share: 0.5 },
  ];
  return {
    source: chance.yes(0.25) ? "given" : "hash",
    holdoutShare: chance.pick([0, 0, 0, 0, 0, 0.2, 0.4, 1]),
    variants: chance.yes(0.3) ? two : [{ id: "treated", share: 1 }],
    masked: chance.yes(0.3),
    salt: chance.hex(16),
  };
}

function someWaves(chance: Chance, from: number, to: number, unit: number): WaveDefinition[] {
  const budget = (): number | null => (chance.yes(0.3) ? unit * chance.int(2, 6) : null);
  if (chance.yes(0.5)) return [{ id: "one", fromMs: from, toMs: to, budgetMinor: budget() }];
  const middle = Math.floor((from + to) / 2);
  const gap = chance.pick([0, 0, 1, -1, -HOUR]);
  return [
    { id: "one", fromMs: from - chance.pick([0, 1]), toMs: middle, budgetMinor: budget() },
    { id: "two", fromMs: middle + gap, toMs: to + chance.pick([0, 1]), budgetMinor: budget() },
  ];
}

interface Span {
  startsAtMs: number;
  endsAtMs: number;
  closesAtMs: number;
}

export function someOffer(
  chance: Chance,
  n: number,
  waves: readonly WaveDefinition[],
  audiences: boolean,
  { startsAtMs, endsAtMs, closesAtMs }: Span,
  unit: number,
): OfferDefinition {
  const fixed = { kind: "fixed", amountMinor: unit * chance.pick([1, 2, 3, 3]) } as const;
  const table = {
    kind: "table",
    entries: [
      { amountMinor: unit, odds: chance.pick([1, 3, 2 ** 31]) },
      { amountMinor: 2 * unit, odds: chance.pick([1, 2 ** 30 + 1]) },
      { amountMinor: 3 * unit, odds: 1 },
    ],
  } as const;
  const reward = chance.yes(0.7) ? fixed : { ...table, entries: [...table.entries] };
  const ats = [startsAtMs + 1, startsAtMs + HOUR, endsAtMs, closesAtMs, closesAtMs + DAY];
  const expiry = chance.yes(0.5)
    ? ({ kind: "at", atMs: chance.pick(ats) } as const)
    : ({ kind: "after", afterMs: chance.pick([1, 1000, MINUTE, HOUR, DAY, 7 * DAY]) } as const);
  const wave = chance.int(0, waves.length - 1);
  const audience = audiences && chance.yes(0.3) ? 0 : null;
  return { id: `offer-${n}`, title: `Offer ${n}`, wave, reward, expiry, audience };
}

export function someCap(
  chance: Chance,
  n: number,
  of: { waves: WaveDefinition[]; offers: OfferDefinition[]; attributes: string[] },
  unit: number,
): CapDefinition {
  const single = [`wave:${chance.pick(of.waves).id}`, `offer:${chance.pick(of.offers).id}`];
  const shared = ["campaign", "wave", "offer", "user", "user", ...single];
  const dimension = chance.yes(0.5) ? chance.pick([...shared, ...of.attributes]) : "";
  const attribute = of.attributes.length === 0 ? "user" : chance.pick(of.attributes);
  const counts = chance.yes(0.5) ? "money" : "grants";
  const per = chance.pick(["total", "total", "day", "hour", "minute"] as const);
  return {
    id: `cap-${n}`,
    dimension: dimension === "" ? attribute : dimension,
    counts,
    per,
    limit:
      counts === "money" ? unit * chance.int(1, 6) + chance.pick([0, 0, -1]) : chance.int(1, 3),
    on: chance.yes(0.65) ? "claim" : "redemption",
    refund: chance.yes(0.6),
    missing: chance.pick(["refuse", "shared", "skip"] as const),
  };
}

function budgetCap(wave: string, limit: number): CapDefinition {
  return {
    id: `wave-budget:${wave}`,
    dimension: `wave:${wave}`,
    counts: "money",
    per: "total",
    limit,
    on: "claim",
    refund: true,
    missing: "refuse",
  };
}
