// Do the intervals of a live campaign's outlook hold what happens? Campaigns of known worlds are
// played to their end, and the outlook is asked at some instant of each.
import type { RandomStream } from "../../src/base/keystream.ts";
import type { MoneySpan, RunOut } from "../../src/contract/index.ts";
import { outlookOf } from "../../src/host/outlook/outlook.ts";
import { DAY_MS, pacedCampaign, plainCampaign, START_MS } from "../simulation/plain-campaign.ts";
import type { Rule } from "./bounds.ts";
import { type Experiment, type Outcome, streamOf } from "./experiment.ts";
import { live, type Played, play, someWorld, stateAt, type World } from "./outlook-worlds.ts";

const ID = "outlook";
/** Of the campaigns of a reading in closed form: playing one and asking take 50 ms. */
const PLAYED_PART = 0.2;
/** A model is never exact: more campaigns than these narrow nothing. */
const FULL_AT = 400;
const NARROWER = 0.4;
/** A curve's end is certain; the claim that meets it comes when it comes. */
const A_CLAIM_MS = 900_000;

/** What is expected beforehand widens the interval of a young campaign. */
const atLeast = (chance: number): Rule => ({ kind: "at least", chance, fullAt: FULL_AT });
const covers = (chance: number): Rule => ({ kind: "covers", chance, fullAt: FULL_AT });
const control = (chance: number): Rule => ({ kind: "control", chance, fullAt: FULL_AT });

export const OUTLOOK: Experiment = {
  id: ID,
  about: "a live campaign",
  isSampled: false,
  partOfCampaigns: PLAYED_PART,
  rows: [
    { id: "likely", title: "expected spend, 80 %", rule: atLeast(0.8) },
    { id: "almostSure", title: "expected spend, 95 %", rule: atLeast(0.95) },
    { id: "runOut", title: "running out, 90 %", rule: covers(0.9) },
    { id: "runOutPaced", title: "running out under a curve, 90 %", rule: atLeast(0.9) },
    {
      id: "narrowSpend",
      title: "control: expected spend, 95 %, interval 40 % too narrow",
      rule: control(0.95),
    },
    {
      id: "narrowRunOut",
      title: "control: running out, interval 40 % too narrow",
      rule: control(0.9),
    },
  ],
  run: (seed, campaign) => askedOnce(seed, campaign),
};

function askedOnce(seed: number, campaign: number): Outcome {
  const stream = streamOf(seed, ID, campaign);
  const world = someWorld(stream);
  const asked = play(world, stream);
  const atMs = START_MS + Math.floor((1 + 6 * stream.nextFloat()) * DAY_MS);
  const soFar = asked.filter((one) => one.atMs < atMs);
  // Mostly enough to last for some more days, at times not.
  const budgetMinor = Math.round(sumOf(soFar) * (1.05 + 0.9 * stream.nextFloat()));
  const lived = live(asked, world, budgetMinor, atMs, null);
  const plain = plainCampaign({ budgetMinor });
  const { expected, runOut } = outlookOf(stateAt(lived, world, plain, atMs), atMs);
  const spent = sumOf(soFar.filter((one) => one.redeemedAtMs < Infinity));
  const { spendMinor, likely, almostSure } = expected!;
  return {
    likely: holds(likely, spent),
    almostSure: holds(almostSure, spent),
    runOut: lastsUntil(runOut ?? null, lived.goneAtMs, 0),
    runOutPaced: askedUnderCurve(world, asked, atMs, stream),
    narrowSpend: holds(narrowed(almostSure, spendMinor), spent),
    narrowRunOut: lastsUntil(runOut ?? null, lived.goneAtMs, NARROWER),
  };
}

/** The same crowd, where a curve lets the money out until some day. */
function askedUnderCurve(
  world: World,
  asked: readonly Played[],
  atMs: number,
  stream: RandomStream,
): boolean | null {
  const budgetMinor = Math.round(sumOf(asked) * (0.3 + 0.6 * stream.nextFloat()));
  const until = START_MS + Math.round((3 + 6.5 * stream.nextFloat()) * DAY_MS);
  const points = [
    { atMs: START_MS, share: 0 },
    { atMs: until, share: 1 },
    { atMs: START_MS + 10 * DAY_MS, share: 1 },
  ];
  const lived = live(asked, world, budgetMinor, atMs, { points, unused: "now" });
  const paced = pacedCampaign(points, budgetMinor);
  const { runOut } = outlookOf(stateAt(lived, world, paced, atMs), atMs);
  return lastsUntil(runOut ?? null, lived.goneAtMs, 0, A_CLAIM_MS);
}

function sumOf(played: readonly Played[]): number {
  return played.reduce((total, { amountMinor }) => total + amountMinor, 0);
}

function holds({ fromMinor, toMinor }: MoneySpan, truth: number): boolean {
  return truth >= fromMinor && truth <= toMinor;
}

function narrowed({ fromMinor, toMinor }: MoneySpan, middle: number): MoneySpan {
  const by = (end: number): number => end + NARROWER * (middle - end);
  return { fromMinor: by(fromMinor), toMinor: by(toMinor) };
}

/** Null where nothing was foretold; Infinity and null are beyond the end of claims. */
function lastsUntil(
  runOut: RunOut | null,
  truth: number,
  narrower: number,
  within = 0,
): boolean | null {
  if (runOut === null) return null;
  const { atMs, fromMs, toMs } = runOut;
  const by = (end: number | null): number => {
    if (end === null) return Infinity;
    return end + narrower * ((atMs ?? end) - end);
  };
  return truth >= by(fromMs) - within && truth <= by(toMs) + within;
}
