// People who come by themselves, at the real size: all who came, without bots, without those whom
// others brought, and with what is still to come of waves that have not begun.
import { randomStream } from "../../base/keystream.ts";
import { formatNumber } from "../../report/format.ts";
import { type CalibrationContext, type Finding, hasLooks } from "./finding.ts";
import { type Belief, fromLink } from "./link.ts";
import { nothing, type WaveArrivals } from "./observe-arrivals.ts";

const DRAWS = 4_000;
const ID = "reach.people";

/** @param beliefs what is known by now of the assumptions that come into it; others are stated */
export function peopleFinding(
  context: CalibrationContext,
  arrivals: readonly (WaveArrivals | null)[],
  beliefs: ReadonlyMap<string, Belief>,
): Finding | null {
  if (context.belief(ID) === null) return null;
  const begun = arrivals.filter((each) => each !== null);
  if (begun.length === 0) return nothing(ID, "too few people, or hours, were seen");
  const { plan, reading, terms } = context;
  const stream = randomStream(plan.seed, "plan/update/people");
  const drawn = (id: string, silent: number): number => {
    const belief = beliefs.get(id) ?? context.belief(id);
    if (belief === null) return context.point(id) ?? silent;
    return fromLink(context.link(id), belief.mean + belief.sd * stream.nextNormal());
  };
  const leading = `offers.${plan.terms.offers[0]!.id}.takeUp`;
  const isSeen = hasLooks(reading);
  let [sum, squares] = [0, 0];
  for (let i = 0; i < DRAWS; i++) {
    let [here, started, all] = [0, 0, 0];
    for (let wave = 0; wave < terms.waves.length; wave++) {
      const weight = drawn(`reach.waves.${terms.waves[wave]!.id}.weight`, 1);
      const own = arrivals[wave] ?? null;
      all += weight;
      if (own === null) continue;
      started += weight;
      here += Math.exp(own.total.mean + own.total.sd * stream.nextNormal());
    }
    const takeUp = drawn(leading, 1);
    // Where only claims are seen, they are of a part of the people.
    const seen = isSeen ? 1 : takeUp;
    const came = (here * plan.scale * all * (1 - drawn("abuse", 0))) / started / seen;
    const chain =
      takeUp * (1 - terms.holdout) * drawn("invites.perClaimer", 0) * drawn("invites.newcomers", 0);
    const left = 1 - Math.min(1, came / drawn("reach.reachable", Number.POSITIVE_INFINITY));
    const alone = came * Math.max(0.01, 1 - chain * left);
    const known =
      Math.log(alone) -
      drawn("elasticity.reward", 0) * Math.log(reading.rewardRatio) -
      drawn("elasticity.budget", 0) * Math.log(reading.budgetRatio);
    sum += known;
    squares += known * known;
  }
  const mean = sum / DRAWS;
  const sd = Math.sqrt(Math.max(0, squares / DRAWS - mean * mean));
  const seen = begun.reduce((total, each) => total + each.seen, 0);
  const says = `${formatNumber(seen)} people so far`;
  return { id: ID, data: { mean, sd }, noise: 0, says };
}
