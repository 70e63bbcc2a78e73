// One campaign of the plan: from a draw of what is not known to its grants, load, kept users and
// money. A pure function of its inputs; the arrays of its result are reused by the next call.
import { assert } from "../../base/assert.ts";
import type { Arrivals } from "./arrival-counts.ts";
import { countArrivals, settleArrivals } from "./arrivals.ts";
import { CohortMoney } from "./cohort-money.ts";
import type { HourTotals } from "./hour-totals.ts";
import type { HourTrace } from "./hour-trace.ts";
import { HourLoop } from "./hours.ts";
import type { CampaignInputs } from "./inputs.ts";
import { KeptPeople } from "./kept-people.ts";
import { type CampaignOutputs, OUTPUT_IDS, type OutputNumbers } from "./outputs.ts";
import { withRewards } from "./reward-effect.ts";
import type { HourlyTerms } from "./terms.ts";
import { type RetentionShape, retainedAt, retentionThrough } from "./two-point-retention.ts";

const DAYS_OF_MONTH = 30;
const SECONDS_OF_HOUR = 3600;

export class CampaignModel {
  private readonly terms: HourlyTerms;
  private readonly hours: HourLoop;
  private readonly arrivals: Arrivals;
  private readonly people: KeptPeople;
  private readonly cohorts: CohortMoney;
  private readonly out: CampaignOutputs;

  constructor(terms: HourlyTerms) {
    assert(terms.months >= 1, `expected at least 1 month, got ${terms.months}`);
    this.terms = terms;
    this.hours = new HourLoop(terms);
    const waves = terms.waves.length;
    this.people = new KeptPeople(waves);
    this.cohorts = new CohortMoney(waves);
    this.arrivals = { people: 0, brought: 0, own: 0, ofWave: new Float64Array(waves) };
    const { totals, comers } = this.hours;
    const ofMonths = (): Float64Array => new Float64Array(terms.months);
    const numbers = Object.fromEntries(OUTPUT_IDS.map((id) => [id, 0]));
    this.out = {
      ...(numbers as unknown as OutputNumbers),
      runOutDays: totals.runOutDays,
      grantedOfWave: totals.grantedOfWave,
      spentOfWave: totals.spentOfWave,
      keptOfWave: this.people.keptOfWave,
      peopleOfWave: this.arrivals.ofWave,
      rewardedOfWave: totals.rewarded.ofWave,
      emptyOfWave: this.people.emptyOfWave,
      get comersOfDay(): Float64Array[] {
        return comers.map(({ ofDay }) => ofDay);
      },
      grantedOfMonth: totals.grantedOfMonth,
      spentOfMonth: totals.spentOfMonth,
      otherCostOfMonth: ofMonths(),
      displacedOfMonth: ofMonths(),
      activeOfMonth: ofMonths(),
      netOfMonth: ofMonths(),
      otherCostOfWave: this.cohorts.otherCostOfWave,
      displacedOfWave: this.cohorts.displacedOfWave,
      keptOfOrigin: this.people.keptOfOrigin,
      costOfOrigin: this.cohorts.costOfOrigin,
      spentByStep: totals.spentByStep,
      get spentByHour(): Float64Array {
        return totals.spentByHour;
      },
      get ordersByHour(): Float64Array {
        return totals.ordersByHour;
      },
    };
  }

  /** From now on every run notes each of its steps there. */
  traced(): HourTrace {
    return this.hours.traced();
  }

  /** The result is this model's own and changes with the next run. */
  run(stated: CampaignInputs): Readonly<CampaignOutputs> {
    const { out, arrivals, hours } = this;
    const draw = withRewards(this.terms, stated);
    countArrivals(this.terms, draw, arrivals);
    const expected = arrivals.people;
    const shape = retentionThrough(draw.d1, draw.d30, DAYS_OF_MONTH);
    const totals = hours.run(draw, arrivals, shape);
    settleArrivals(hours.comers, arrivals);
    out.stayedAway = expected - arrivals.people;
    this.tellRun(draw, totals);
    this.people.count(draw, hours.comers, totals.rewarded);
    out.active30 = this.people.active;
    out.kept = this.people.kept;
    out.rewardEffect = this.people.rewardEffect;
    out.emptyHanded = this.people.emptyHanded;
    this.countMoney(draw, totals, shape);
    this.cohorts.count(draw, arrivals, hours.comers, hours.offers, totals.orders);
    return out;
  }

  private tellRun(draw: CampaignInputs, totals: HourTotals): void {
    const { out, arrivals } = this;
    out.people = arrivals.people;
    out.rewarded = totals.rewarded.existing + sumOf(totals.rewarded.ofWave);
    out.claims = totals.claims;
    out.refused = totals.refused;
    out.grants = totals.grants;
    out.granted = totals.granted;
    out.orders = totals.orders;
    out.spent = totals.spent;
    out.breakage = totals.granted > 0 ? 1 - totals.spent / totals.granted : 0;
    out.claimsPeak = (totals.claimsMost / SECONDS_OF_HOUR) * draw.claimPeak;
    out.ordersPeak = (totals.ordersMost / SECONDS_OF_HOUR) * draw.orderPeak;
    out.merchants = totals.ordersMost / draw.ordersPerMerchant;
    out.couriers = totals.ordersMost / draw.ordersPerCourier;
    // Without a failure the most calls come with the most orders.
    const failing = totals.callsMost / SECONDS_OF_HOUR;
    out.callsPeak = Math.max(failing, out.ordersPeak * draw.callsPerOrder);
    out.calls = totals.orders * draw.callsPerOrder + totals.failed * draw.callsPerRefused;
    out.callCost = out.calls * draw.callCost;
    out.displaced = totals.orders * draw.cannibalised * draw.orderMargin;
  }

  private countMoney(draw: CampaignInputs, totals: HourTotals, shape: RetentionShape): void {
    const { out, terms } = this;
    const atMonth = retainedAt(shape, DAYS_OF_MONTH);
    let [cost, contribution, months] = [0, 0, 0];
    out.payback = Number.POSITIVE_INFINITY;
    for (let month = 0; month < terms.months; month++) {
      const orders = totals.ordersOfMonth[month]!;
      const failed = totals.failedOfMonth[month]!;
      const ofCalls = orders * draw.callsPerOrder + failed * draw.callsPerRefused;
      const calls = ofCalls * draw.callCost;
      const fees = totals.grantsOfMonth[month]! * draw.feeGrant + orders * draw.feeRedemption;
      const other = calls + fees + (month === 0 ? draw.marketing : 0);
      const displaced = orders * draw.cannibalised * draw.orderMargin;
      out.otherCostOfMonth[month] = other;
      out.displacedOfMonth[month] = displaced;
      // Costs fall due as the month begins, contribution as it ends.
      const begins = (1 + draw.discount) ** (-month / 12);
      const ends = (1 + draw.discount) ** (-(month + 1) / 12);
      cost += (totals.spentOfMonth[month]! + other + displaced) * begins;
      const stays = retainedAt(shape, DAYS_OF_MONTH * (month + 1)) / atMonth;
      const active = out.kept * stays;
      out.activeOfMonth[month] = active;
      months += stays * ends;
      contribution += active * draw.margin * ends;
      const net = contribution - cost;
      out.netOfMonth[month] = net;
      if (net >= 0 && out.payback === Number.POSITIVE_INFINITY) out.payback = month + 1;
      if (net < 0) out.payback = Number.POSITIVE_INFINITY;
      if (month === Math.min(12, terms.months) - 1) {
        out.net12 = net;
        out.roi12 = cost > 0 ? net / cost : 0;
      }
    }
    this.tellMoney(draw, cost, contribution, months);
  }

  private tellMoney(
    draw: CampaignInputs,
    cost: number,
    contribution: number,
    months: number,
  ): void {
    const { out } = this;
    out.cost = cost;
    out.net = contribution - cost;
    out.roi = cost > 0 ? out.net / cost : 0;
    out.costPerKept = ratio(cost, out.kept);
    out.naiveCostPerKept = ratio(cost, out.active30);
    out.lifetimeValue = draw.margin * months;
    out.marginNeeded = ratio(cost, out.kept * months);
    // As if who is kept, now and later, moved in proportion.
    out.retentionNeeded = draw.d30 * ratio(cost, contribution);
  }
}

/** What cannot be divided by is endless, not a gap. */
function ratio(above: number, below: number): number {
  return below > 0 ? above / below : Number.POSITIVE_INFINITY;
}

function sumOf(numbers: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < numbers.length; i++) sum += numbers[i]!;
  return sum;
}
