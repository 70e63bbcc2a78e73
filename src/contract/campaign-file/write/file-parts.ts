// Parts of a definition as a campaign file has them: what the file's reader derives (caps of waves
// and pots, prizes as offers, defaults) goes back to what it was derived from.
import {
  type CampaignDefinition,
  type CapDefinition,
  COMPENSATION_CAP,
  type CurveDefinition,
  type InviteDefinition,
  type OfferDefinition,
  type WaveDefinition,
} from "../../../core/definition.ts";
import { inviteSpan } from "../invites-file.ts";
import { namedPoints } from "../wave-caps.ts";
import { CURVE_WORDS } from "../wave-schema.ts";
import type { Group } from "./file-text.ts";
import { durationText, type FileWords, shareText, unless } from "./file-words.ts";

type Reward = OfferDefinition["reward"];

/** Undefined where the file needs none: one wave for the whole campaign. */
export function wavesOf(definition: CampaignDefinition, words: FileWords): Group[] | undefined {
  const { waves, startsAtMs, endsAtMs } = definition;
  const [only] = waves;
  const isWhole = only?.fromMs === startsAtMs && only.toMs === endsAtMs;
  if (waves.length === 1 && only?.id === "all" && isWhole && only.budgetMinor === null) {
    return undefined;
  }
  // In order of time: a revision may have put one before others.
  return waves
    .toSorted((a, b) => a.fromMs - b.fromMs)
    .map((wave) => ({
      id: wave.id,
      from: words.instant(wave.fromMs),
      to: words.instant(wave.toMs),
      budget: wave.budgetMinor === null ? undefined : words.amount(wave.budgetMinor),
      pacing: pacingOf(wave, curveOf(definition, wave), words),
    }));
}

/** How the budget of a wave is let out. */
export function curveOf(
  { caps }: CampaignDefinition,
  { id }: WaveDefinition,
): CurveDefinition | undefined {
  return caps.find((cap) => cap.id === `wave-pacing:${id}`)?.curve;
}

/** The word by which the file's reader gets the same curve. */
export function curveWord(wave: WaveDefinition, { points }: CurveDefinition): string | undefined {
  const own = JSON.stringify(points);
  return CURVE_WORDS.find((word) => JSON.stringify(namedPoints(word, wave)) === own);
}

function pacingOf(wave: WaveDefinition, curve: CurveDefinition | undefined, words: FileWords) {
  if (curve === undefined) return undefined;
  const word = curveWord(wave, curve);
  const unused = unless("now", curve.unused);
  if (word !== undefined) return unused === undefined ? word : { curve: word, unused };
  const points = curve.points.map(({ atMs, share }) => {
    return { at: words.instant(atMs), share: shareText(share) };
  });
  return { points, unused };
}

/** Those that claims or invites grant; prizes stand with their draw. */
export function offersOf(definition: CampaignDefinition, words: FileWords): Group[] {
  const { offers, waves, audiences } = definition;
  return offers.filter(isOwn).map((offer) => ({
    id: offer.id,
    title: unless(offer.id, offer.title),
    wave: waves.length === 1 ? undefined : waves[offer.wave]?.id,
    by: offer.by,
    audience: offer.audience === null ? undefined : audiences[offer.audience]?.id,
    eligible: offer.eligible,
    reward: rewardOf(offer.reward, words),
    expires: expiresOf(offer, words),
    matures: offer.maturesMs === undefined ? undefined : durationText(offer.maturesMs),
  }));
}

function isOwn({ draw, reward }: OfferDefinition): boolean {
  return draw === undefined && reward.kind !== "compensation";
}

function rewardOf(reward: Reward, words: FileWords): Group {
  switch (reward.kind) {
    case "table": {
      const rows = reward.entries.map(({ amountMinor, odds }) => {
        return { amount: words.amount(amountMinor), odds };
      });
      return { table: rows };
    }
    case "pot":
      return {
        pot: {
          total: words.amount(reward.totalMinor),
          packets: reward.packets,
          min: words.amount(reward.minMinor),
          max: words.amount(reward.maxMinor),
        },
      };
    case "fixed":
    case "compensation":
      return { fixed: words.amount(reward.amountMinor) };
  }
}

function expiresOf({ expiry }: OfferDefinition, words: FileWords): Group {
  if (expiry.kind === "at") return { at: words.instant(expiry.atMs) };
  return { after: durationText(expiry.afterMs) };
}

export function drawsOf(definition: CampaignDefinition, words: FileWords): Group[] | undefined {
  const { draws, offers, audiences, startsAtMs } = definition;
  return draws?.map((draw, ordinal) => {
    const prizes = offers.filter((offer) => offer.draw === ordinal);
    const expiry = prizes[0]?.expiry;
    return {
      id: draw.id,
      title: unless(draw.id, draw.title),
      opens: draw.opensAtMs === startsAtMs ? undefined : words.instant(draw.opensAtMs),
      closes: words.instant(draw.closesAtMs),
      audience: draw.audience === null ? undefined : audiences[draw.audience]?.id,
      by: draw.by,
      earn: draw.earn,
      entriesPerUser: unless(1, draw.entriesPerUser),
      winsPerUser: unless(1, draw.winsPerUser),
      takeUp: durationText(expiry?.kind === "after" ? expiry.afterMs : 0),
      prizes: prizes.map(({ id, title, reward }) => ({
        id,
        title: unless(id, title),
        ...(reward.kind === "pot"
          ? { amount: words.amount(reward.maxMinor), stock: reward.packets }
          : {}),
      })),
    };
  });
}

export function invitesOf(definition: CampaignDefinition, words: FileWords): Group[] | undefined {
  return definition.invites?.map((invite) => {
    const { id, inviterOffer, invitedOffer, fromMs, toMs, openMs, uses, accepts } = invite;
    const usual = inviteSpan(definition, [inviterOffer, invitedOffer]);
    return {
      id,
      inviter: definition.offers[inviterOffer]?.id,
      invited: definition.offers[invitedOffer]?.id,
      from: fromMs === usual.fromMs ? undefined : words.instant(fromMs),
      to: toMs === usual.toMs ? undefined : words.instant(toMs),
      openFor: openMs === null ? undefined : durationText(openMs),
      uses: unless(1, uses),
      accepts: unless("new", accepts),
      perInviter: perInviterOf(definition, invite),
    };
  });
}

function perInviterOf({ caps }: CampaignDefinition, { id }: InviteDefinition): Group | undefined {
  const limitOf = (per: "day" | "total") =>
    caps.find((cap) => cap.id === `invites:${id}:${per}`)?.limit;
  const [day, total] = [limitOf("day"), limitOf("total")];
  return day === undefined && total === undefined ? undefined : { day, total };
}

export function compensationOf(
  { offers, caps }: CampaignDefinition,
  words: FileWords,
): Group | undefined {
  const line = offers.find(({ reward }) => reward.kind === "compensation");
  if (line?.reward.kind !== "compensation") return undefined;
  const { amountMinor, maxMinor } = line.reward;
  return {
    budget: words.amount(caps.find(({ id }) => id === COMPENSATION_CAP)?.limit ?? 0),
    amount: words.amount(amountMinor),
    max: maxMinor === amountMinor ? undefined : words.amount(maxMinor),
    expires: expiresOf(line, words),
  };
}

/** Those that the file states; others follow from waves, pots, invites and compensation. */
export function capsOf({ caps }: CampaignDefinition, words: FileWords): Group[] | undefined {
  const own = caps.filter(({ id }) => !id.includes(":") && id !== COMPENSATION_CAP);
  return own.length === 0 ? undefined : own.map((cap) => capOf(cap, words));
}

function capOf(cap: CapDefinition, words: FileWords): Group {
  const { id, dimension, counts, per, limit, on, refund, missing, blockMs } = cap;
  return {
    id,
    of: dimension,
    counts,
    per: unless("total", per),
    limit: counts === "money" ? words.amount(limit) : limit,
    on: unless("claim", on),
    refund: unless(per === "total" || per === "day", refund),
    missing: unless("refuse", missing),
    blockFor: blockMs === undefined ? undefined : durationText(blockMs),
  };
}
