// What a campaign will do, in plain words for the one who is responsible for it, including what it
// does not do: missing limits are where campaigns bleed.
import { drandChainName, roundAtMs } from "../../base/drand.ts";
import {
  type CampaignDefinition,
  type CapDefinition,
  COMPENSATION_CAP,
  ceilingOf,
  isLucky,
  type OfferDefinition,
} from "../../core/definition.ts";
import { compensationLimit } from "./check-compensation.ts";
import { isOfWave } from "./check-pacing.ts";
import { explainContingency } from "./contingency-file.ts";
import { explainCompensation } from "./explain-compensation.ts";
import { explainDraws, explainPot } from "./explain-lots.ts";
import { explainGrey, explainRehearsal } from "./explain-modes.ts";
import { explainOverissue } from "./explain-overissue.ts";
import { explainPacing } from "./explain-pacing.ts";
import { explainMoney as money, explainTime as time } from "./explain-values.ts";
import { duration, percent, plural, whole } from "./explain-words.ts";
import { explainSurfaces } from "./surfaces.ts";

/** One sentence or two a line. The definition must be free of errors. */
export function explainCampaign(definition: CampaignDefinition): string[] {
  return [
    ...explainRehearsal(definition),
    ...explainBudget(definition),
    ...explainOverissue(definition),
    ...definition.waves.map((_, i) => explainWave(definition, i)),
    ...explainPacing(definition),
    ...definition.offers.flatMap((offer) =>
      offer.draw === undefined ? explainOffer(definition, offer) : [],
    ),
    ...explainDraws(definition),
    ...explainFacts(definition),
    ...explainSurfaces(definition),
    ...definition.caps
      .filter((cap) => !isOfWave(cap.id) && !cap.id.startsWith("pot:"))
      .filter((cap) => cap.id !== COMPENSATION_CAP || compensationLimit(definition) === 0)
      .map((cap) => explainCap(definition, cap)),
    ...explainLuck(definition),
    ...explainInvites(definition),
    ...explainGrey(definition),
    ...explainHoldout(definition),
    ...explainEnd(definition),
    ...explainContingency(definition),
    ...explainGaps(definition),
  ];
}

function explainBudget(definition: CampaignDefinition): string[] {
  const { title, budgetMinor, startsAtMs, endsAtMs, closesAtMs, timeZone } = definition;
  return [
    `${title}: it spends at most ${money(definition, budgetMinor)}, whatever happens.`,
    `Claims are taken from ${time(definition, startsAtMs)} until ${time(definition, endsAtMs)}, ` +
      `redemptions until ${time(definition, closesAtMs)} (times of ${timeZone}).`,
  ];
}

function explainWave(definition: CampaignDefinition, i: number): string {
  const wave = definition.waves[i]!;
  const limit =
    wave.budgetMinor === null ? "no budget of its own" : money(definition, wave.budgetMinor);
  const from = time(definition, wave.fromMs);
  return `Wave ${wave.id}: ${from} until ${time(definition, wave.toMs)}, ${limit}.`;
}

function explainOffer(definition: CampaignDefinition, offer: OfferDefinition): string[] {
  const wave = definition.waves[offer.wave]!;
  const pot = wave.budgetMinor ?? ceilingOf(definition);
  const audience = offer.audience === null ? null : definition.audiences[offer.audience]!.id;
  const members =
    audience === null ? "" : ` Only members of the audience ${audience} can claim it.`;
  const only = members + explainCondition(offer);
  const expiry =
    offer.expiry.kind === "at"
      ? `unspent ones expire on ${time(definition, offer.expiry.atMs)}`
      : `unspent ones expire ${duration(offer.expiry.afterMs)} after the grant`;
  const matures = offer.maturesMs ?? 0;
  const later =
    matures === 0 ? "" : ` It can be redeemed only ${duration(matures)} after the grant.`;
  const terms = only + later;
  if (offer.reward.kind === "compensation") {
    return [`${explainCompensation(definition, offer.reward)}; ${expiry}.`];
  }
  if (offer.reward.kind === "fixed") {
    const { amountMinor } = offer.reward;
    const count = whole(Math.floor(pot / amountMinor));
    return [
      `Offer ${offer.id}: ${money(definition, amountMinor)} each, at most ${count} at a time ` +
        `within ${money(definition, pot)}; ${expiry}.${terms}`,
    ];
  }
  if (offer.reward.kind === "pot") {
    return explainPot(definition, offer.id, offer.reward).map((line, i) =>
      i === 0 ? `${line}; ${expiry}.${only}` : line,
    );
  }
  const { entries } = offer.reward;
  const odds = entries.reduce((sum, entry) => sum + entry.odds, 0);
  const mean = entries.reduce((sum, entry) => sum + (entry.amountMinor * entry.odds) / odds, 0);
  const amounts = entries.map((entry) => entry.amountMinor);
  const top = entries.reduce((best, entry) =>
    entry.amountMinor > best.amountMinor ? entry : best,
  );
  const least = Math.min(...amounts);
  return [
    `Offer ${offer.id}: by luck from ${money(definition, least)} to ` +
      `${money(definition, top.amountMinor)}, on average ${money(definition, Math.round(mean))}, ` +
      `so about ${whole(Math.floor(pot / mean))} within ${money(definition, pot)}; ` +
      `${expiry}.${terms}`,
    `The largest envelope, ${money(definition, top.amountMinor)}, comes about once in ` +
      `${whole(Math.round(odds / top.odds))} claims.`,
  ];
}

function explainCondition({ eligible }: OfferDefinition): string {
  if (eligible === undefined) return "";
  const condition = eligible.replace(/\s+/g, " ");
  return ` Only users for whom this holds can claim it: ${condition}. Who lacks a fact is refused.`;
}

function explainFacts({ facts = [], lists = [] }: CampaignDefinition): string[] {
  const lines: string[] = [];
  if (facts.length > 0) {
    const names = facts.map(({ name, type }) => `${name} (${type})`).join(", ");
    lines.push(`Claims may say of their users: ${names}. It is judged and forgotten, never kept.`);
  }
  if (lists.length > 0) {
    const names = lists.map(({ id }) => id).join(", ");
    lines.push(
      `Lists of users to import: ${names}. Until then conditions that ask for one refuse.`,
    );
  }
  return lines;
}

const WINDOWS: Readonly<Record<CapDefinition["per"], string>> = {
  total: "over the whole campaign",
  day: "a calendar day",
  hour: "an hour",
  minute: "a minute",
};

function explainCap(definition: CampaignDefinition, cap: CapDefinition): string {
  const limit =
    cap.counts === "money" ? money(definition, cap.limit) : plural(cap.limit, thing(cap));
  const who = dimension(cap.dimension);
  const hasLuck = definition.offers.some(({ reward }) => isLucky(reward));
  const butLuck = hasLuck && cap.counts === "grants" ? ", except luck" : "";
  const back = cap.refund
    ? `what ends unspent gives its place back${butLuck}`
    : "nothing gives a place back";
  const until =
    cap.blockMs === undefined ? "" : `; who asks for more is blocked for ${duration(cap.blockMs)}`;
  const what = `at most ${limit} ${WINDOWS[cap.per]} at the ${cap.on}`;
  return `Cap ${cap.id}: ${who} ${what}; ${back}${until}.`;
}

function thing(cap: CapDefinition): string {
  return cap.on === "claim" ? "grant" : "redemption";
}

function dimension(name: string): string {
  const [kind, id] = name.split(":", 2) as [string, string | undefined];
  if (kind === "inviter" && id !== undefined) return `for each user who invites by ${id}`;
  if (id !== undefined) return `in all claims of ${kind} ${id}`;
  return name === "campaign" ? "in the whole campaign" : `for each ${kind}`;
}

function explainLuck(definition: CampaignDefinition): string[] {
  const { beacon, offers } = definition;
  const hasLuck = offers.some(({ reward }) => isLucky(reward));
  if (beacon === undefined) {
    const lines = ["No public beacon takes part in the luck: the operator could have chosen it."];
    return hasLuck ? lines : [];
  }
  const { chain, round } = beacon;
  const due = time(definition, roundAtMs(chain, round));
  const name = drandChainName(chain.hash) ?? `chain ${chain.hash.slice(0, 16)}…`;
  return [
    `Luck is mixed with round ${whole(round)} of drand (${name}), due ${due}, which nobody knows ` +
      "when the campaign opens; nothing lucky is granted before its value is handed in.",
  ];
}

function explainInvites(definition: CampaignDefinition): string[] {
  const { invites = [], offers } = definition;
  return invites.map(({ id, inviterOffer, invitedOffer, openMs, uses, accepts, toMs }) => {
    const who = accepts === "new" ? "a user without any grant" : "a user";
    const often = uses === 1 ? "once" : `up to ${whole(uses)} times`;
    return (
      `Invite ${id}: when ${who} accepts a code, its owner gets ${offers[inviterOffer]!.id} and ` +
      `he gets ${offers[invitedOffer]!.id}, both or neither. A code is accepted ${often}, ` +
      `${openMs === null ? "" : `for ${duration(openMs)}, and `}until ${time(definition, toMs)}.`
    );
  });
}

function explainHoldout(definition: CampaignDefinition): string[] {
  const { assignment, audiences } = definition;
  const { holdoutShare, variants } = assignment;
  const lines: string[] = [];
  if (assignment.source === "given") {
    lines.push("Arms are given by the caller: a claim without one is refused.");
  } else if (holdoutShare > 0) {
    const how = assignment.masked ? "and are told that there is no offer" : "and are told so";
    lines.push(
      `${percent(holdoutShare)} of the users get nothing, by chance, ${how}: ` +
        "the comparison with them shows what the reward causes in users who arrive.",
    );
  }
  for (const audience of audiences) {
    lines.push(
      `Audience ${audience.id}: ${percent(audience.holdoutShare)} of its members are held out ` +
        "before contact, which shows what reaching them causes.",
    );
  }
  if (variants.length > 1) {
    const parts = variants.map((variant) => `${variant.id} ${percent(variant.share)}`);
    lines.push(`The treated are split into variants: ${parts.join(", ")}.`);
  }
  return lines;
}

function explainEnd(definition: CampaignDefinition): string[] {
  const consent = definition.fourEyes === true ? ["It is revised only when two agree."] : [];
  return [
    ...consent,
    "What is cancelled goes back to the budget at once; what expires waits " +
      `${duration(definition.settlingLagMs)} for late reports of merchants, then is free again ` +
      "while claims are taken. What is not spent at the close was never spent.",
  ];
}

function explainGaps(definition: CampaignDefinition): string[] {
  const { caps, assignment, audiences, planHash } = definition;
  const onClaims = caps.filter((cap) => cap.on === "claim");
  const has = (test: (cap: CapDefinition) => boolean): boolean => onClaims.some(test);
  const gaps: string[] = [];
  if (!has((cap) => cap.dimension === "user")) {
    gaps.push("No cap per user: one user could take the whole budget.");
  }
  if (!has((cap) => cap.dimension === "device")) {
    gaps.push("No cap per device: many accounts on one device are not limited.");
  }
  if (!has((cap) => cap.per !== "total" || cap.curve !== undefined)) {
    gaps.push("No cap per day, hour or minute: the budget can be gone within minutes.");
  }
  if (!caps.some((cap) => cap.on === "redemption")) {
    gaps.push("No cap on redemption: a merchant can redeem any number at any speed.");
  }
  const isHeldOut = assignment.holdoutShare > 0 || audiences.some((one) => one.holdoutShare > 0);
  if (!isHeldOut) {
    gaps.push("No holdout: afterwards nobody can say what the money caused.");
  }
  if (planHash === null) {
    gaps.push("No measurement plan (prove.yaml): what counts as success is not fixed beforehand.");
  }
  return gaps.map((gap) => `Missing. ${gap}`);
}
