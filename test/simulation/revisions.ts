// Revisions by seed: mostly such as a live campaign may take, now and then one that it may not.
import type {
  CampaignDefinition,
  ExpiryDefinition,
  OfferDefinition,
} from "../../src/core/definition.ts";
import type { Ask, ReviseAsk } from "./asks.ts";
import type { AuditorBooks } from "./auditor-books.ts";
import { ceilingOf, neededMinor } from "./auditor-overissue.ts";
import { potsMinor } from "./auditor-revision.ts";
import { type Drill, someCap, someOffer } from "./campaigns.ts";
import type { Chance } from "./chance.ts";
import { otherCondition } from "./conditions.ts";
import { someCurve } from "./curves.ts";
import { reviseModes } from "./modes.ts";
import { someOverissue } from "./some-overissue.ts";

const PEOPLE = ["ann", "ben"];
const HOUR = 3_600_000;
const MOST_CAPS = 8;
const MOST_OFFERS = 5;

export function someRevision(
  chance: Chance,
  books: AuditorBooks,
  drill: Pick<Drill, "unit" | "days">,
  atMs: number,
): ReviseAsk {
  const definition = structuredClone(books.definition);
  const others = definition.lists === undefined ? [] : [another];
  const changes = [
    ...others,
    ...(definition.overissue === undefined ? [] : [otherFactor]),
    moreMoney,
    otherLimits,
    otherExpiry,
    otherOdds,
    newCap,
    newOffer,
    laterEnd,
  ];
  const moved: string[] = [];
  const asked = { chance, books, definition, moved, atMs, ...drill };
  for (let i = chance.int(1, 3); i > 0; i--) chance.pick(changes)(asked);
  if (chance.yes(0.1)) {
    if (definition.fourEyes === true) delete definition.fourEyes;
    else definition.fourEyes = true;
  }
  reviseModes(definition, atMs);
  // In a file nothing needs to stand where it stood.
  if (chance.yes(0.3)) definition.caps.reverse();
  if (chance.yes(0.3)) turnOffers(definition);
  const current = books.versions - 1;
  if (current % 2 === 1) otherShares(definition);
  const version = chance.yes(0.9) ? current + 1 : Math.max(1, current + chance.pick([-1, 0, 2]));
  return {
    op: "revise",
    campaign: definition.id,
    version,
    definition: chance.yes(0.05) ? structuredClone(books.definition) : definition,
    moveExpiry: moved,
    by: chance.pick(PEOPLE),
    why: chance.pick(["more came than planned", "日期延后"]),
    preview: chance.yes(0.15),
  };
}

/**
 * A second person's word on what was proposed; now and then the first one's, or on nothing, on what
 * was settled before, or on what nobody named.
 */
export function someConsent(chance: Chance, books: AuditorBooks): Ask {
  const campaign = books.definition.id;
  const proposed = books.proposal?.version ?? Math.max(1, books.versions - 1);
  const version = chance.yes(0.92) ? proposed : proposed + 1;
  const by = chance.pick(PEOPLE);
  const settled = books.last?.digest ?? books.rejected ?? NOBODYS;
  const digest = chance.yes(0.88) ? (books.proposal?.digest ?? settled) : settled;
  if (chance.yes(0.3)) return { op: "reject", campaign, version, digest, by, why: "not now" };
  const preview = chance.yes(0.1);
  return {
    op: "approve",
    campaign,
    version,
    digest: chance.yes(0.05) ? null : digest,
    by,
    preview,
  };
}

/** The digest of no proposal. */
const NOBODYS = "0".repeat(32);

/** Holdouts where there are some: no user who has an arm is moved, those to come are. */
function otherShares({ assignment, audiences }: CampaignDefinition): void {
  for (const one of [assignment, ...audiences]) {
    if (one.holdoutShare > 0 && one.holdoutShare < 1) one.holdoutShare = 0.7 - one.holdoutShare;
  }
}

/** The offers in the other order: what names them by their place follows. */
function turnOffers(definition: CampaignDefinition): void {
  definition.offers.reverse();
  const last = definition.offers.length - 1;
  for (const invite of definition.invites ?? []) {
    invite.inviterOffer = last - invite.inviterOffer;
    invite.invitedOffer = last - invite.invitedOffer;
  }
}

interface Asked extends Pick<Drill, "unit" | "days"> {
  chance: Chance;
  books: AuditorBooks;
  definition: CampaignDefinition;
  moved: string[];
  atMs: number;
}

function another({ chance, definition }: Asked): void {
  otherCondition(chance, definition);
}

/** More, or less: down to what is out already, rarely below it. */
function moreMoney({ chance, books, definition, unit }: Asked): void {
  const bound = Math.max(neededMinor(books), leastBudget(books));
  // Below the sum of its pots no file is sound, even where part of a packet came back as money.
  const pots = potsMinor(definition);
  const least = Math.max(bound, pots) + chance.pick([0, 0, 1, unit]);
  const more = definition.budgetMinor + unit * chance.int(1, 5);
  const below = bound > pots ? Math.max(1, bound - 1) : least;
  definition.budgetMinor = chance.yes(0.1) ? below : chance.pick([least, more]);
}

/** The least budget whose ceiling holds what is out. */
function leastBudget({ definition, outMinor }: AuditorBooks): number {
  const factor = definition.overissue?.factor ?? 1;
  let budgetMinor = Math.floor(outMinor / factor);
  while (ceilingOf({ ...definition, budgetMinor }) < outMinor) budgetMinor += 1;
  return budgetMinor;
}

/** More beyond the budget, or less: down to none. */
function otherFactor({ chance, definition }: Asked): void {
  const factor = chance.pick([0, 1, 1.3333, 1.5, 2, 2.5]);
  if (factor === 0) delete definition.overissue;
  else definition.overissue = someOverissue(factor);
}

/** Also below what is used. */
function otherLimits({ chance, definition, unit }: Asked): void {
  for (const cap of definition.caps) {
    if (!chance.yes(0.5) || cap.id.startsWith("pot:")) continue;
    cap.limit = cap.counts === "money" ? unit * chance.int(1, 8) : chance.int(1, 5);
    if (cap.curve !== undefined && chance.yes(0.7)) {
      cap.curve = someCurve(chance, definition, cap.dimension.slice("wave:".length));
    }
    const wave = definition.waves.find(({ id }) => cap.id === `wave-budget:${id}`);
    if (wave !== undefined) wave.budgetMinor = cap.limit;
  }
}

function otherExpiry({ chance, definition, moved, atMs }: Asked): void {
  const offer = chance.pick(definition.offers.filter(({ draw }) => draw === undefined));
  const isMoved = chance.yes(0.6);
  if (isMoved) moved.push(offer.id);
  offer.expiry = laterOf(chance, offer.expiry, isMoved && chance.yes(0.9), atMs);
}

function laterOf(
  chance: Chance,
  expiry: ExpiryDefinition,
  isLater: boolean,
  atMs: number,
): ExpiryDefinition {
  if (!isLater && chance.yes(0.2)) {
    const other = { kind: "at", atMs: atMs + chance.pick([0, 1, HOUR]) } as const;
    return expiry.kind === "at" ? { kind: "after", afterMs: HOUR } : other;
  }
  const more = chance.pick([0, 1, 60_000, HOUR, 25 * HOUR]);
  if (expiry.kind === "at") {
    const from = isLater ? Math.max(expiry.atMs, atMs) : atMs;
    return { kind: "at", atMs: from + more };
  }
  return { kind: "after", afterMs: isLater ? expiry.afterMs + more : Math.max(1, more) };
}

function otherOdds({ chance, definition, unit }: Asked): void {
  for (const offer of definition.offers.filter(({ draw }) => draw === undefined)) {
    const { reward, maturesMs } = offer;
    if (maturesMs !== undefined) offer.maturesMs = Math.floor(maturesMs / 2) || 1;
    if (reward.kind === "fixed") reward.amountMinor = unit * chance.int(1, 3);
    else if (reward.kind === "pot") reward.totalMinor += chance.pick([0, 0, unit]);
    else if (reward.kind === "compensation") reward.maxMinor += chance.pick([0, unit]);
    else for (const entry of reward.entries) entry.odds = chance.int(1, 9);
  }
}

function newCap({ chance, definition, unit }: Asked): void {
  const { caps, waves, offers } = definition;
  if (caps.length >= MOST_CAPS) return;
  if (chance.yes(0.1) && !definition.attributes.includes("till"))
    definition.attributes.push("till");
  const cap = someCap(
    chance,
    caps.length,
    { waves, offers, attributes: definition.attributes },
    unit,
  );
  caps.push({ ...cap, id: `late-${caps.length}` });
}

function newOffer({ chance, definition, unit }: Asked): void {
  const { offers, waves, audiences } = definition;
  if (offers.length >= MOST_OFFERS) return;
  const offer: OfferDefinition = someOffer(
    ...([chance, offers.length, waves, audiences.length > 0, definition, unit] as const),
  );
  offers.push({ ...offer, id: `late-${offers.length}` });
}

function laterEnd({ chance, definition, days, atMs }: Asked): void {
  if (atMs >= definition.endsAtMs) return;
  const later = definition.endsAtMs + chance.pick([1, HOUR, 25 * HOUR]);
  const soon = (): number => atMs + chance.pick([0, 1, HOUR]);
  // No file ends before it starts.
  definition.endsAtMs = chance.yes(0.7) ? later : Math.max(definition.startsAtMs + 1, soon());
  if (definition.closesAtMs >= definition.endsAtMs) return;
  definition.closesAtMs = definition.endsAtMs;
  const last = days.findLastIndex((start) => start <= definition.closesAtMs);
  definition.dayStartsMs = days.slice(0, last + 1);
}
