// A plan's assumptions after a running campaign's journal, and a verdict, were read: each as it
// was, what the data say of it, and as it is now.

import { supportOf } from "../../stats/distributions/check-distribution.ts";
import type { Assumption, Distribution } from "../assumptions/assumption.ts";
import type { PlanFile } from "../plan-file/plan.ts";
import type { CalibratedAssumption, Calibration } from "./calibrated.ts";
import { combined } from "./combine.ts";
import { requireUnread } from "./data-once.ts";
import { CalibrationContext, type Finding, hasLooks } from "./finding.ts";
import type { JournalReading } from "./journal-reading.ts";
import { type Belief, beliefOf, distributionOf, type Link, rangeOf } from "./link.ts";
import {
  existingFinding,
  returningFindings,
  waveArrivals,
  weightFindings,
} from "./observe-arrivals.ts";
import { inviteFindings, takeUpFindings } from "./observe-claims.ts";
import { peopleFinding } from "./observe-people.ts";
import { peakFindings, spendingFindings } from "./observe-spending.ts";
import { verdictFindings } from "./observe-verdict.ts";
import type { VerdictReading } from "./verdict-reading.ts";

/** Throws `invalid_data` where the plan was calibrated by this journal or verdict before. */
export function calibrate(
  plan: PlanFile,
  reading: JournalReading,
  verdict: VerdictReading | null,
): Calibration {
  const context = new CalibrationContext(plan, reading);
  const fromJournal = journalFindings(context);
  const fromVerdict = verdict === null ? [] : verdictFindings(context, verdict);
  const after = (assumption: Assumption): CalibratedAssumption => {
    const { id } = assumption;
    const told = fromVerdict.find((one) => one.id === id);
    const seen = fromJournal.find((one) => one.id === id);
    return calibrated(assumption, context.link(id), told ?? seen ?? null, told !== undefined);
  };
  const varying = plan.assumptions.filter(
    ({ distribution, origin }) => distribution.kind !== "fixed" && origin !== "default",
  );
  const calibration: Calibration = {
    title: plan.title,
    campaign: reading.campaign,
    ...{ toMs: reading.toMs, events: reading.events, hours: context.nowHour },
    verdict: verdict?.title ?? null,
    assumptions: keptApart(varying.map(after), plan),
    notes: notesOf(context),
  };
  requireUnread(plan, calibration);
  return calibration;
}

function journalFindings(context: CalibrationContext): Finding[] {
  const arrivals = context.terms.waves.map((_, wave) => waveArrivals(context, wave));
  const first = [
    ...arrivals.map((each) => each?.halfLife ?? null),
    existingFinding(context, arrivals[0] ?? null),
    ...weightFindings(context, arrivals),
    ...returningFindings(context, arrivals),
    ...takeUpFindings(context),
    ...inviteFindings(context),
    ...spendingFindings(context),
    ...peakFindings(context),
  ].filter((each) => each !== null);
  const beliefs = new Map<string, Belief>();
  for (const { id, data, noise } of first) {
    const prior = context.belief(id);
    if (prior !== null) beliefs.set(id, combined(prior, data, noise).after);
  }
  const people = peopleFinding(context, arrivals, beliefs);
  return people === null ? first : [people, ...first];
}

function calibrated(
  assumption: Assumption,
  link: Link,
  finding: Finding | null,
  isOfVerdict: boolean,
): CalibratedAssumption {
  const { id, unit } = assumption;
  const prior = beliefOf(assumption, link)!;
  const before = { ...rangeOf(prior, link), point: assumption.point };
  const shared = { id, unit, before };
  if (finding === null || finding.data === null) {
    return {
      ...{ ...shared, data: null, after: before, surprise: 0, isContradicted: false },
      state: finding === null ? "unseen" : "open",
      says: finding?.says ?? "",
      from: null,
      distribution: assumption.distribution,
    };
  }
  const { data, after, surprise, isContradicted } = combined(prior, finding.data, finding.noise);
  return {
    ...{ ...shared, state: "updated", surprise, says: finding.says },
    data: rangeOf(data!, link),
    after: rangeOf(after, link),
    isContradicted,
    from: isOfVerdict ? "verdict" : "journal",
    distribution: distributionOf(after, link, cutOf(id, after, link)),
  };
}

/** Where a plan needs bounds: ratios of at least 1, and what must not cross something else. */
function cutOf(id: string, { mean, sd }: Belief, link: Link): readonly [number, number] | null {
  const wide = rangeOf({ mean, sd: sd * CUT }, link);
  if (id.endsWith(".peak")) return [Math.max(1, wide.lower), Math.max(1.01, wide.upper)];
  const isBounded = id.startsWith("retention.") || link === "identity";
  return isBounded ? [Math.max(-1, wide.lower), Math.min(1, wide.upper)] : null;
}

/** Of the middle 90 %: cuts off less than one in a thousand on each side. */
const CUT = 2;

/** No draw may keep more people for a month than for a day, or add more than it keeps. */
function keptApart(list: CalibratedAssumption[], plan: PlanFile): CalibratedAssumption[] {
  const supportOfId = (id: string): readonly [number, number] | null => {
    const own =
      list.find((one) => one.id === id) ?? plan.assumptions.find((one) => one.id === id) ?? null;
    return own === null ? null : supportOf(own.distribution);
  };
  const [d1, d30] = ["retention.d1", "retention.d30"].map(supportOfId);
  return list.map((one): CalibratedAssumption => {
    if (one.state !== "updated" || !("within" in one.distribution)) return one;
    const [low, high] = one.distribution.within!;
    const cut = (within: readonly [number, number]): CalibratedAssumption => ({
      ...one,
      distribution: { ...one.distribution, within } as Distribution,
    });
    if (one.id === "retention.d30" && d1) return cut([low, Math.min(high, d1[0] * 0.999)]);
    if (one.id === "retention.lift" && d30) return cut([low, Math.min(high, d30[0])]);
    return one;
  });
}

function notesOf({ plan, reading, nowHour, terms }: CalibrationContext): string[] {
  const gone = reading.goneAtHour.flatMap((hour, wave) => {
    if (hour === null) return [];
    const { id, fromHour } = terms.waves[wave]!;
    const days = ((hour - fromHour) / 24).toFixed(1);
    return [`The money of ${id} was gone after ${days} days: what came later is left out.`];
  });
  const early =
    nowHour < 24
      ? ["Less than a day was seen: curves of arrivals and spending hang on the assumptions."]
      : [];
  const blind = hasLooks(reading)
    ? []
    : [
        "Most users were first seen when they claimed: the app does not ask for offers before, " +
          "so take-up is not to be seen, and people are the claimers by the take-up assumed.",
      ];
  const size =
    plan.scale === 1
      ? []
      : [`Users are those of the journal, times ${plan.scale}, the plan's scale.`];
  const refused =
    "Refused claims are in no journal: retry, and what is refused for other reasons than money, " +
    "stay as assumed.";
  return [...reading.differences, ...gone, ...early, ...blind, ...size, refused];
}
