// What a revision may change in a campaign that lives. Terms of what was granted stay, windows and
// zones stay, and only instants that are still ahead move.
import { sameJson } from "../../base/canonical-json.ts";
import {
  type CampaignDefinition,
  ceilingOf,
  type ExpiryDefinition,
} from "../../core/definition.ts";
import { compensationLimit } from "./check-compensation.ts";
import { checkRevisedGrey } from "./check-grey.ts";
import { checkRevisedInvites } from "./check-invites.ts";
import { checkRevisedContingency } from "./contingency-file.ts";
import { DefinitionCheck } from "./definition-check.ts";
import { duration } from "./explain-words.ts";
import type { FilePath, Finding } from "./problems.ts";

/** What a revision depends on beside the definitions. */
export interface RevisionMoment {
  atMs: number;
  bound: {
    /** Spent, reserved, settling, returned and set aside: the ceiling cannot be below it. */
    boundMinor: number;
    /** Spent, or promised by pots: the budget cannot be below it. */
    neededMinor: number;
  };
  /** Offers, by ordinal, whose new expiry also holds for grants given before. */
  moved: ReadonlySet<number>;
}

/** @param after lined up with `before`, and sound in itself */
export function checkRevision(
  before: CampaignDefinition,
  after: CampaignDefinition,
  moment: RevisionMoment,
): Finding[] {
  const check = new DefinitionCheck(after);
  checkFixed(check, before);
  checkInstants(check, before, moment);
  const moreMinor = Math.max(0, compensationLimit(after) - compensationLimit(before));
  checkBudget(check, newPotsMinor(before, after) + moreMinor, moment);
  checkOffers(check, before, moment);
  checkCaps(check, before, moment);
  checkRevisedInvites(check, before, moment.atMs);
  checkRevisedGrey(check, before, moment.atMs);
  checkRevisedContingency(check, before);
  return check.findings;
}

/** The ceiling, the budget itself where there is no over-issue, holds all that is given out. */
function checkBudget(check: DefinitionCheck, moreMinor: number, { bound }: RevisionMoment): void {
  const { budgetMinor, overissue } = check.definition;
  const boundMinor = bound.boundMinor + moreMinor;
  const neededMinor = bound.neededMinor + moreMinor;
  const ceilingMinor = ceilingOf(check.definition);
  if (!(ceilingMinor >= boundMinor)) {
    const times = overissue === undefined ? "" : `a budget that times ${overissue.factor} is `;
    const expected = `${times}at least ${check.money(boundMinor)}, which is given out or set aside`;
    check.error(["budgetMinor"], expected, check.money(budgetMinor));
  } else if (!(budgetMinor >= neededMinor)) {
    const expected = `at least ${check.money(neededMinor)}, which is spent or promised by pots`;
    check.error(["budgetMinor"], expected, check.money(budgetMinor));
  }
}

/** What pots that were not there before set aside. */
function newPotsMinor(before: CampaignDefinition, { offers }: CampaignDefinition): number {
  let sum = 0;
  for (const { reward } of offers.slice(before.offers.length)) {
    if (reward.kind === "pot") sum += reward.totalMinor;
  }
  return sum;
}

function checkFixed(check: DefinitionCheck, before: CampaignDefinition): void {
  const after = check.definition;
  const same = (path: FilePath, was: unknown, is: unknown): void => {
    if (sameJson(was, is)) return;
    check.error(path, `${JSON.stringify(was)} as at the opening`, JSON.stringify(is));
  };
  const fixed = ["id", "currency", "decimals", "timeZone", "startsAtMs", "settlingLagMs"] as const;
  same(["releaseGrace"], before.releaseGraceMs ?? "24h", after.releaseGraceMs ?? "24h");
  for (const key of fixed) same([key], before[key], after[key]);
  const { source, variants, masked, salt } = before.assignment;
  same(["assignment", "source"], source, after.assignment.source);
  same(["assignment", "variants"], variants, after.assignment.variants);
  same(["assignment", "masked"], masked, after.assignment.masked);
  same(["assignment", "salt"], salt, after.assignment.salt);
  before.audiences.forEach((audience, i) => {
    same(["audiences", i, "salt"], audience.salt, after.audiences[i]!.salt);
  });
  if (before.rehearsal !== after.rehearsal) {
    const mode = ({ rehearsal }: CampaignDefinition) => (rehearsal ? "a rehearsal" : "live");
    const expected = `${mode(before)} as at the opening; open another campaign from this file`;
    check.error(["rehearsal"], expected, mode(after));
  }
  const roundOf = ({ beacon }: CampaignDefinition) => beacon ?? "no beacon";
  same(["beacon"], roundOf(before), roundOf(after));
  before.facts?.forEach((fact, i) => {
    const now = after.facts?.[i];
    // A retry of a claim comes with the facts of before.
    if (now !== undefined) same(["facts", fact.name], fact.type, now.type);
  });
  same(["draws"], before.draws ?? [], after.draws ?? []);
  same(["surfaces"], before.surfaces ?? [], after.surfaces ?? []);
  if (before.planHash === after.planHash) return;
  check.error(["measure"], "the plan that was frozen when the campaign opened", "another plan");
}

/** Instants that have passed stay as they were, and none is moved into the past. */
function checkInstants(
  check: DefinitionCheck,
  before: CampaignDefinition,
  { atMs }: RevisionMoment,
): void {
  const after = check.definition;
  const ahead = (path: FilePath, was: number, is: number): void => {
    if (was === is) return;
    if (was <= atMs) check.error(path, `${check.time(was)}, which has passed`, check.time(is));
    else if (is <= atMs) check.error(path, `after now, ${check.time(atMs)}`, check.time(is));
  };
  ahead(["endsAtMs"], before.endsAtMs, after.endsAtMs);
  ahead(["closesAtMs"], before.closesAtMs, after.closesAtMs);
  if (after.closesAtMs < before.closesAtMs) {
    const expected = `not before ${check.time(before.closesAtMs)}, which holders were told`;
    check.error(["closesAtMs"], expected, check.time(after.closesAtMs));
  }
  before.waves.forEach((wave, i) => {
    ahead(["waves", i, "fromMs"], wave.fromMs, after.waves[i]!.fromMs);
    ahead(["waves", i, "toMs"], wave.toMs, after.waves[i]!.toMs);
  });
}

function checkOffers(
  check: DefinitionCheck,
  before: CampaignDefinition,
  { atMs, moved }: RevisionMoment,
): void {
  const { offers, waves } = check.definition;
  before.offers.forEach((offer, i) => {
    const after = offers[i]!;
    if (after.wave !== offer.wave) {
      const found = waves[after.wave]?.id ?? "another";
      check.error(["offers", i, "wave"], `wave ${before.waves[offer.wave]!.id} as before`, found);
    }
    if (offer.draw !== undefined && !sameJson(after, offer)) {
      check.error(["offers", i, "reward"], "the prize as it was; make another draw", "another");
    }
    if (after.audience !== offer.audience) {
      check.error(["offers", i, "audience"], "the audience as before", "another one");
    }
    if (after.by !== offer.by) {
      const expected = `by ${offer.by ?? "claim"} as before`;
      check.error(["offers", i, "by"], expected, after.by ?? "claim");
    }
    if (after.reward.kind !== offer.reward.kind) {
      const path = ["offers", i, "reward"];
      check.error(path, `a ${offer.reward.kind} reward as before`, after.reward.kind);
    } else if (offer.reward.kind === "pot" && !sameJson(after.reward, offer.reward)) {
      const expected = "the pot as it was, for its packets are fixed; make an offer of another id";
      check.error(["offers", i, "reward"], expected, "another pot");
    }
    if (!((after.maturesMs ?? 0) <= (offer.maturesMs ?? 0))) {
      const expected = `at most ${duration(offer.maturesMs ?? 0)}, which holders were told`;
      check.error(["offers", i, "maturesMs"], expected, duration(after.maturesMs ?? 0));
    }
    checkExpiry(check, i, offer.expiry, after.expiry, moved.has(i), atMs);
  });
}

/** Nobody's reward expires earlier than he was told. */
function checkExpiry(
  check: DefinitionCheck,
  offer: number,
  was: ExpiryDefinition,
  is: ExpiryDefinition,
  moved: boolean,
  atMs: number,
): void {
  const words = (expiry: ExpiryDefinition): string =>
    expiry.kind === "at" ? check.time(expiry.atMs) : `${duration(expiry.afterMs)} after the grant`;
  const path = ["offers", offer, "expiry"];
  if (is.kind === "at" && words(was) !== words(is) && is.atMs <= atMs) {
    check.error([...path, "atMs"], `after now, ${check.time(atMs)}`, words(is));
  }
  if (!moved) return;
  const isLater =
    was.kind === "at"
      ? is.kind === "at" && is.atMs >= was.atMs
      : is.kind === "after" && is.afterMs >= was.afterMs;
  if (isLater) return;
  const expected = `not before ${words(was)}, which holders were told`;
  check.error(path, expected, words(is));
}

/** A limit may change, also below what is used; how a cap counts may not. */
function checkCaps(
  check: DefinitionCheck,
  before: CampaignDefinition,
  { atMs }: RevisionMoment,
): void {
  const { caps, waves } = check.definition;
  for (const { curve, dimension } of caps.slice(before.caps.length)) {
    const wave = waves.findIndex(({ id }) => dimension === `wave:${id}`);
    if (curve === undefined || wave < 0 || waves[wave]!.fromMs > atMs) continue;
    check.error(["waves", wave, "pacing"], "none, for the wave has begun without", "pacing");
  }
  before.caps.forEach((cap, i) => {
    const after = check.definition.caps[i]!;
    for (const key of [
      "dimension",
      "counts",
      "per",
      "on",
      "refund",
      "missing",
      "blockMs",
    ] as const) {
      if (after[key] === cap[key]) continue;
      const expected = `${cap[key]} as at the opening; make a cap of another id`;
      check.error(["caps", i, key], expected, String(after[key]));
    }
  });
}
