// What an experiment of this size can see, said before it is run: week by week, read once at the
// end (fixed) or looked at all the time (always valid), and for holdouts of other sizes.
import { HongbaoError } from "../base/error.ts";
import {
  DEFAULT_LEVEL,
  DEFAULT_POWER,
  holdoutForRise,
  holdoutShare,
  minimumDetectableDifference,
  minimumDetectableRise,
  normalQuantile,
  sequenceWidth,
} from "../stats/index.ts";
import { ENOUGH_CASES } from "./enough.ts";

export interface DetectableQuestion {
  /** Users assigned in all, the held-out among them. */
  readonly users: number;
  /** Part of them that is held out, above 0 and below 1. */
  readonly holdout: number;
  /** The held-out users' share (0 to 1), or the standard deviation of one user's number. */
  readonly outcome: { readonly share: number } | { readonly deviation: number };
  /** Weeks over which they arrive, evenly. */
  readonly weeks: number;
  /** Chance to see the effect: .8 unless told otherwise. */
  readonly power?: number;
  readonly level?: number;
  /** An effect for which the holdout has to be large enough, in the outcome's units. */
  readonly wanted?: number;
  /** Money per unit of effect, and spent on each treated user: what effect would just pay. */
  readonly worth?: { readonly marginPerUnit: number; readonly costPerTreated: number };
}

/** The smallest effects that are seen with the asked chance, in the outcome's own units. */
export interface Detectable {
  readonly users: number;
  readonly heldOut: number;
  /** Read once, at the end. */
  readonly fixed: number;
  /** Looked at after every user; tuned for the planned end. */
  readonly sequential: number;
}

export interface DetectableReading {
  readonly question: DetectableQuestion;
  readonly weekly: readonly (Detectable & { readonly week: number })[];
  /** At the end, for holdouts of other sizes; the asked one among them. */
  readonly byHoldout: readonly (Detectable & { readonly holdout: number })[];
  /** The effect that just pays, or null where nobody said what it is worth. */
  readonly payingEffect: number | null;
  /** The holdout that the wanted effect needs; null where nobody wants one. */
  readonly wanted: WantedHoldout | null;
}

/** Parts of the users; null: so few users cannot show the effect, whoever is held out. */
export interface WantedHoldout {
  readonly effect: number;
  readonly fixed: number | null;
  readonly sequential: number | null;
}

/** Beyond, squares of it are no numbers any more, or nothing is left of them. */
export const DEVIATIONS = "from 1e-9 to 1e15";

export function isDeviation(value: number): boolean {
  return value >= 1e-9 && value <= 1e15;
}

const HOLDOUTS = [0.001, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5];

/**
 * What the design can see. Throws `invalid_usage` for a design that is none.
 * @example 300e6 users, 1 % held out, a share of .235: .00069 (fixed); 0.1 % held out: .0022
 */
export function detectable(question: DetectableQuestion): DetectableReading {
  requireDesign(question);
  const { users, holdout, weeks, worth } = question;
  const weekly = Array.from({ length: weeks }, (_, i) => ({
    week: i + 1,
    ...at(question, Math.round((users * (i + 1)) / weeks), holdout),
  }));
  const sizes = [...new Set([...HOLDOUTS, holdout])].sort((a, b) => a - b);
  const byHoldout = sizes
    .filter((size) => Math.round(users * size) >= 2)
    .map((size) => ({ holdout: size, ...at(question, users, size) }));
  const payingEffect = worth === undefined ? null : worth.costPerTreated / worth.marginPerUnit;
  return { question, weekly, byHoldout, payingEffect, wanted: wantedOf(question) };
}

function wantedOf(question: DetectableQuestion): WantedHoldout | null {
  const { users, level = DEFAULT_LEVEL, power = DEFAULT_POWER, wanted: effect } = question;
  if (effect === undefined) return null;
  const { outcome } = question;
  const of = (critical: number): number | null => {
    const chance = normalQuantile(power);
    if ("share" in outcome) {
      const asked = { share: outcome.share, critical, chance, cases: ENOUGH_CASES };
      return holdoutForRise(effect, { ...asked, users, armShare: 1 }).share;
    }
    const variance = outcome.deviation ** 2;
    const neededZ = critical + chance;
    return holdoutShare(effect, { variance, users, armShare: 1, neededZ }).share;
  };
  const fixed = of(normalQuantile(1 - (1 - level) / 2));
  return { effect, fixed, sequential: of(sequenceWidth(users, 1 - level, users)) };
}

function at(question: DetectableQuestion, users: number, holdout: number): Detectable {
  const { level = DEFAULT_LEVEL, power = DEFAULT_POWER, outcome } = question;
  const heldOut = Math.max(2, Math.round(users * holdout));
  const treated = Math.max(2, users - heldOut);
  const alpha = 1 - level;
  const width = sequenceWidth(users, alpha, question.users);
  const chance = normalQuantile(power);
  if ("share" in outcome) {
    const rise = (critical: number): number =>
      minimumDetectableRise({
        ...{ share: outcome.share, heldOut, treated, critical, chance, cases: ENOUGH_CASES },
      });
    return { users, heldOut, fixed: rise(normalQuantile(1 - alpha / 2)), sequential: rise(width) };
  }
  const variance = outcome.deviation ** 2;
  const fixed = minimumDetectableDifference(variance, heldOut, variance, treated, { alpha, power });
  const error = Math.sqrt(variance / heldOut + variance / treated);
  return { users, heldOut, fixed, sequential: (width + chance) * error };
}

function requireDesign(question: DetectableQuestion): void {
  const { users, holdout, outcome, weeks, worth, wanted } = question;
  const refuse = (flag: string, expected: string, found: number): never => {
    const message = `--${flag}: expected ${expected}, found ${found}`;
    throw new HongbaoError({ code: "invalid_usage", message });
  };
  if (!(Number.isSafeInteger(users) && users >= 4)) refuse("users", "at least 4 users", users);
  if (!(holdout > 0 && holdout < 1)) refuse("holdout", "a part between 0 and 1", holdout);
  const heldOut = Math.round(users * holdout);
  if (heldOut < 2) refuse("holdout", "one that holds out at least 2 users", holdout);
  if (users - heldOut < 2) refuse("holdout", "one that treats at least 2 users", holdout);
  const isWeeks = Number.isSafeInteger(weeks) && weeks >= 1 && weeks <= 520;
  if (!isWeeks) refuse("weeks", "1 to 520 weeks", weeks);
  if ("share" in outcome) {
    const { share } = outcome;
    if (!(share > 0 && share < 1)) refuse("base", "a share between 0 and 1", share);
  } else if (!isDeviation(outcome.deviation)) {
    refuse("deviation", `a standard deviation ${DEVIATIONS}`, outcome.deviation);
  }
  if (wanted !== undefined && !(wanted > 0 && Number.isFinite(wanted))) {
    refuse("detect", "an effect above 0", wanted);
  }
  if (worth === undefined) return;
  const { marginPerUnit, costPerTreated } = worth;
  if (!(marginPerUnit > 0)) refuse("margin", "a positive margin", marginPerUnit);
  const isCost = costPerTreated >= 0 && Number.isFinite(costPerTreated / marginPerUnit);
  if (!isCost) refuse("cost", "a cost that some effect could pay for", costPerTreated);
}
