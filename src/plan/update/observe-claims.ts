// Who claims what he came for, and how many further rewards a claimer gets: both take time, so that
// those who came an hour ago count for the hour that they have had.
import { formatNumber } from "../../report/format.ts";
import { AgeCells } from "./age-cells.ts";
import { dataOf } from "./combine.ts";
import {
  type CalibrationContext,
  countOf,
  type Finding,
  hasLooks,
  MODEL_NOISE,
  UNSEEN_NOISE,
} from "./finding.ts";
import { fitCells } from "./fit-cells.ts";
import type { AgeCount } from "./journal-reading.ts";
import { type Belief, fromLink } from "./link.ts";
import { nothing } from "./observe-arrivals.ts";

const LEAST = 30;

/** Share of the claimers who do so at once, and mean hours of the others, before any are seen. */
const AT_ONCE: Belief = { mean: 0, sd: 2 };
const LATER: Belief = { mean: Math.log(24), sd: 1 };

/** An hour's beginners have on average half of it less. */
const HALF = 0.5;

export function takeUpFindings(context: CalibrationContext): Finding[] {
  return context.plan.terms.offers.flatMap(({ id: offer, wave }): Finding[] => {
    const id = `offers.${offer}.takeUp`;
    const belief = context.belief(id);
    if (belief === null) return [];
    if (!hasLooks(context.reading)) return [nothing(id, "users are first seen when they claim")];
    const reading = context.reading.offers.find((one) => one.id === offer);
    if (reading === undefined || !context.hasBegun(wave) || countOf(reading.takeUp) < LEAST) {
      return [nothing(id, "too few people were seen")];
    }
    const to = context.seenTo(wave);
    const cells = new AgeCells(reading.takeUp, (hour) => to - hour - HALF);
    const fit = fitCells([belief, AT_ONCE, LATER], cells.observed, (point, into) => {
      const [share, once] = [fromLink("logit", point[0]!), fromLink("logit", point[1]!)];
      cells.expect((age) => share * claimedBy(age, once, Math.exp(point[2]!)), into);
    });
    if (fit === null) return [nothing(id, "nobody has claimed it yet")];
    const [share, once, later] = fit.posterior;
    const unseen =
      1 - cells.seen((age) => claimedBy(age, fromLink("logit", once!.mean), Math.exp(later!.mean)));
    const claimed = countOf(reading.takeUp.filter(({ age }) => age !== null));
    return [
      {
        id,
        data: dataOf(belief, share!),
        noise: Math.hypot(MODEL_NOISE, UNSEEN_NOISE * unseen),
        says: `${formatNumber(claimed)} of ${formatNumber(cells.all)} people by then`,
      },
    ];
  });
}

/** Of those who claim at all: some in their first hour, the others at a constant rate. */
function claimedBy(age: number, atOnce: number, later: number): number {
  if (age <= 0) return 0;
  return atOnce + (1 - atOnce) * (1 - Math.exp(-age / later));
}

/** Accepted invites of a claimer give both sides a reward: two further grants each. */
export function inviteFindings(context: CalibrationContext): Finding[] {
  const [number, delay] = ["invites.perClaimer", "invites.delay"].map((id) => context.belief(id));
  if (!number) return [];
  // An offer may reward a part of the invites, or none.
  const partOf = (id: string): number => context.point(`offers.${id}.byInvites`) ?? 1;
  const offers = context.reading.offers.filter(({ id }) => partOf(id) > 0);
  const counts: AgeCount[] = offers.flatMap(({ further }) => [...further]);
  const claimers = offers.flatMap(({ id, claimers: all }) =>
    all.map(({ hour, count }) => ({ hour, count: count * partOf(id) })),
  );
  const collected = collectedRewards(context);
  if (countOf(claimers) < LEAST) return [nothing("invites.perClaimer", "too few have a grant")];
  const to = Math.max(...context.terms.waves.map((_, wave) => context.seenTo(wave)));
  const cells = new AgeCells(counts, (hour) => to - hour - HALF, claimers);
  const rewards = countOf(counts);
  const squares = offers.reduce((sum, one) => sum + one.furtherSquares, 0);
  const stated = context.point("invites.delay") ?? 24;
  const hoursOf = (point: readonly number[]): number => (delay ? Math.exp(point[1]!) : stated);
  const by = (age: number, hours: number): number => 1 - Math.exp(-age / hours);
  const fit = fitCells(
    delay ? [number, delay] : [number],
    cells.observed,
    (point, into) => {
      const mean = 2 * Math.exp(point[0]!) + collected;
      cells.expect((age) => mean * by(age, hoursOf(point)), into);
    },
    rewards > 0 ? squares / rewards : 1,
  );
  if (fit === null) return [nothing("invites.perClaimer", "no further reward yet")];
  const [found, found2] = fit.posterior;
  const unseen = 1 - cells.seen((age) => by(age, found2 ? Math.exp(found2.mean) : stated));
  const noise = Math.hypot(MODEL_NOISE, UNSEEN_NOISE * unseen);
  const users = offers.reduce((sum, one) => sum + countOf(one.claimers), 0);
  const says = `${formatNumber(rewards)} further rewards of ${formatNumber(users)} users with one`;
  return [
    { id: "invites.perClaimer", data: dataOf(number, found!), noise, says },
    ...(delay && found2 ? [{ id: "invites.delay", data: dataOf(delay, found2), noise, says }] : []),
  ];
}

/** Rewards of those few who collect all that they may, by claimer: no invite brings them. */
function collectedRewards(context: CalibrationContext): number {
  const most = context.terms.rewardsPerUser - 1;
  return Number.isFinite(most) ? (context.point("invites.collectors") ?? 0) * most : 0;
}
