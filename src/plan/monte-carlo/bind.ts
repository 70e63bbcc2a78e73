// From a draw of the assumptions, an array, to the inputs that the model reads by name.
import type { Assumption, AssumptionSet } from "../assumptions/index.ts";
import {
  type CampaignInputs,
  neutralInputs,
  neutralOffer,
  type OfferInputs,
  type WaveInputs,
} from "../model/inputs.ts";
import type { HourlyTerms } from "../model/terms.ts";
import { changed, type Override } from "./scenario.ts";

type NumberOf<T> = { [K in keyof T]: T[K] extends number | null ? K : never }[keyof T];

/** Which assumption fills which input. */
const OF_CAMPAIGN: Readonly<Record<string, NumberOf<CampaignInputs>>> = {
  "reach.people": "people",
  "reach.existing": "existing",
  "reach.reachable": "reachable",
  "reach.organic": "organic",
  "reach.afterRunOut": "afterRunOut",
  "reach.peak": "claimPeak",
  "invites.perClaimer": "invites",
  "invites.newcomers": "newcomers",
  "invites.delay": "inviteDelay",
  "invites.senders": "senders",
  "invites.collectors": "collectors",
  retry: "retry",
  repeats: "repeats",
  taps: "taps",
  abuse: "abuse",
  resold: "resold",
  "orders.peak": "orderPeak",
  "orders.capacity": "capacity",
  "merchants.ordersPerHour": "ordersPerMerchant",
  "couriers.ordersPerHour": "ordersPerCourier",
  "calls.perOrder": "callsPerOrder",
  "calls.perRefused": "callsPerRefused",
  "calls.cost": "callCost",
  "retention.d1": "d1",
  "retention.d30": "d30",
  "retention.refused": "refused",
  "retention.lift": "lift",
  existingLift: "existingLift",
  margin: "margin",
  orderMargin: "orderMargin",
  cannibalised: "cannibalised",
  marketing: "marketing",
  "fees.grant": "feeGrant",
  "fees.redemption": "feeRedemption",
  discount: "discount",
  "elasticity.reward": "elasticityReward",
  "elasticity.budget": "elasticityBudget",
  "chance.hours": "chanceHours",
  "chance.kept": "chanceKept",
  "chance.lift": "chanceLift",
  "chance.stay": "chanceStay",
  "chance.existing": "chanceExisting",
};

const OF_WAVE: Readonly<Record<string, keyof WaveInputs>> = {
  weight: "weight",
  halfLife: "halfLife",
};

const OF_OFFER: Readonly<Record<string, keyof OfferInputs>> = {
  takeUp: "takeUp",
  returning: "returning",
  redeemed: "redeemed",
  delay: "delay",
  used: "used",
  cancelled: "cancelled",
  cancelDelay: "cancelDelay",
  byInvites: "byInvites",
  abuse: "abuse",
};

const OF_OFFER_CHANCE: Readonly<Record<string, keyof OfferInputs>> = {
  reward: "chanceReward",
};

/** Chance itself, beside what is not known: how many do what each does with some probability. */
export function chancesOf(terms: HourlyTerms): Assumption[] {
  const ids = [
    ...terms.offers
      .filter(({ deviation = 0 }) => deviation > 0)
      .flatMap(({ id }) => Object.keys(OF_OFFER_CHANCE).map((name) => chanceOf(id, name))),
    ...Object.keys(OF_CAMPAIGN).filter((id) => id.startsWith("chance.")),
  ];
  return ids.map((id) => ({
    id,
    unit: "standard deviations",
    point: 0,
    distribution: { kind: "normal", mean: 0, sd: 1 },
    source: "chance",
    why: null,
    origin: "source",
  }));
}

interface Slot {
  readonly from: number;
  readonly into: Record<string, number>;
  readonly field: string;
}

/** Writes draws of a set into one object of inputs, which it keeps. */
export class Binding {
  readonly inputs: CampaignInputs;
  private readonly slots: Slot[] = [];
  private readonly overrides: readonly { readonly at: number; readonly of: Override }[];

  constructor(set: AssumptionSet, terms: HourlyTerms, overrides: readonly Override[]) {
    this.overrides = overrides.map((of) => ({ at: set.ordinal(of.id), of }));
    const waves = terms.waves.map((): WaveInputs => ({ weight: 0, halfLife: 1 }));
    const offers = terms.offers.map(neutralOffer);
    this.inputs = { ...neutralInputs(), waves, offers };
    const inputs = this.inputs as unknown as Record<string, number>;
    this.bind(set, "", OF_CAMPAIGN, inputs);
    terms.waves.forEach(({ id }, i) => {
      this.bind(set, `reach.waves.${id}.`, OF_WAVE, waves[i] as unknown as Record<string, number>);
    });
    terms.offers.forEach(({ id }, i) => {
      const offer = offers[i] as unknown as Record<string, number>;
      this.bind(set, `offers.${id}.`, OF_OFFER, offer);
      this.bind(set, chanceOf(id, ""), OF_OFFER_CHANCE, offer);
    });
  }

  /** @param values one draw; overridden numbers are written back into it */
  fill(values: Float64Array): CampaignInputs {
    for (const { at, of } of this.overrides) values[at] = changed(values[at]!, of.change);
    for (const { from, into, field } of this.slots) into[field] = values[from]!;
    return this.inputs;
  }

  private bind(
    set: AssumptionSet,
    prefix: string,
    fields: Readonly<Record<string, string>>,
    into: Record<string, number>,
  ): void {
    for (const [name, field] of Object.entries(fields)) {
      if (set.has(prefix + name))
        this.slots.push({ from: set.ordinal(prefix + name), into, field });
    }
  }
}

function chanceOf(offer: string, name: string): string {
  return `chance.offers.${offer}.${name}`;
}
