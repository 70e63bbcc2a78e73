// Invites of a drill, and what users do with them: in every way, with codes of their own, of each
// other, of nobody, mistyped, in a message.
import type {
  CampaignDefinition,
  DrawDefinition,
  InviteDefinition,
} from "../../src/core/definition.ts";
import type { Ask } from "./asks.ts";
import type { Auditor } from "./auditor.ts";
import type { Drill } from "./campaigns.ts";
import { Chance } from "./chance.ts";
import { someFacts } from "./conditions.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** The drill with invites, by chance; without them it stays the very same. */
export function withInvites(drill: Drill, chance: Chance): Drill {
  const { definition } = drill;
  if (!chance.yes(definition.draws === undefined ? 0.3 : 0.6)) return drill;
  if (givingOf(definition).length === 0) return drill;
  const invites = Array.from({ length: chance.pick([1, 1, 2]) }, (_, n): InviteDefinition => {
    return someTerms(chance, n, definition);
  });
  const caps = invites.flatMap(({ id }) =>
    (["day", "total"] as const).flatMap((per) => {
      if (chance.yes(0.6)) return [];
      const how = { counts: "grants", on: "claim", refund: false, missing: "refuse" } as const;
      const dimension = `inviter:${id}`;
      return [{ id: `invites:${id}:${per}`, dimension, per, limit: chance.int(1, 3), ...how }];
    }),
  );
  const given = invites.flatMap(({ inviterOffer, invitedOffer }) => [inviterOffer, invitedOffer]);
  const offers = definition.offers.map((offer, i) => {
    const only = given.includes(i) && definition.offers.length > 1 && chance.yes(0.2);
    return only ? { ...offer, by: "invite" as const } : offer;
  });
  return {
    ...drill,
    definition: earning({
      ...definition,
      // Two rewards at a time: in half of the drills several of them have room.
      budgetMinor: definition.budgetMinor * chance.pick([1, 5]),
      ...{ offers, invites, caps: [...definition.caps, ...caps] },
    }),
  };
}

/**
 * Of nearly every draw there are entries that invites earn; mostly the draw lasts, and users may
 * bring each other as they like. Takes nothing from the chance of the schedule.
 */
function earning(definition: CampaignDefinition): CampaignDefinition {
  const { assignment, draws, invites, caps, endsAtMs, closesAtMs, budgetMinor } = definition;
  if (draws === undefined) return definition;
  const own = new Chance(Number.parseInt(assignment.salt.slice(24, 32), 16));
  if (own.yes(0.1)) return definition;
  const isLong = own.yes(0.75);
  const takeUpMs = definition.offers.flatMap(({ draw, expiry }) => {
    return draw !== undefined && expiry.kind === "after" ? [expiry.afterMs] : [];
  });
  const lastMs = Math.min(endsAtMs, closesAtMs - Math.max(...takeUpMs));
  const earned = draws.map((draw): DrawDefinition => {
    const earn = { invites: own.pick([1, 1, 2, 2, 3]), per: "day" } as const;
    const closes = isLong ? Math.max(draw.closesAtMs, lastMs) : draw.closesAtMs;
    const entriesPerUser = own.pick([1, 5]);
    const by = own.yes(0.4) ? { by: "invite" as const } : {};
    return { ...draw, closesAtMs: closes, entriesPerUser, earn, ...by };
  });
  if (!isLong) return { ...definition, draws: earned };
  return {
    ...definition,
    ...{ draws: earned, budgetMinor: budgetMinor * 5 },
    invites: invites!.map((terms) => ({ ...terms, openMs: null, uses: 21, accepts: "anyone" })),
    caps: caps.filter(({ dimension }) => !/^(inviter|user|campaign)/.test(dimension)),
  };
}

function someTerms(
  chance: Chance,
  n: number,
  { offers, startsAtMs, endsAtMs }: CampaignDefinition,
): InviteDefinition {
  const giving = givingOf({ offers });
  const offer = (): number => chance.pick(giving);
  return {
    id: `invite-${n}`,
    inviterOffer: offer(),
    invitedOffer: offer(),
    fromMs: startsAtMs + chance.pick([0, 0, 0, 0, 0, 0, 1, HOUR]),
    toMs: endsAtMs + chance.pick([0, 0, 0, HOUR, 1]) + 2 * HOUR,
    openMs: chance.pick([null, null, 1, MINUTE, HOUR, 24 * HOUR]),
    uses: chance.pick([1, 1, 2, 21]),
    accepts: chance.pick(["new", "anyone", "anyone"]),
  };
}

/** The offers that an invite may give. */
function givingOf({ offers }: Pick<CampaignDefinition, "offers">): number[] {
  return offers.flatMap(({ reward }, i) =>
    reward.kind === "fixed" || reward.kind === "table" ? [i] : [],
  );
}

const AGAIN = new WeakMap<Chance, Ask[]>();

/** Something about invites, or null: then something else is asked. */
export function someInvite(
  chance: Chance,
  auditor: Auditor,
  atMs: number,
  users: readonly string[],
  values: readonly string[],
): Ask | null {
  const { definition, invites } = auditor.books;
  if (definition.invites === undefined || !chance.yes(0.45)) return null;
  const before = AGAIN.get(chance) ?? [];
  AGAIN.set(chance, before);
  if (before.length > 0 && chance.yes(0.12)) return chance.pick(before);
  const ask = freshInvite(chance, auditor, atMs, users, values, invites.codes.length);
  before.push(ask);
  return ask;
}

function freshInvite(
  chance: Chance,
  auditor: Auditor,
  atMs: number,
  users: readonly string[],
  values: readonly string[],
  codes: number,
): Ask {
  const campaign = auditor.definition.id;
  const { definition } = auditor.books;
  const user = chance.pick(users);
  if (chance.yes(0.08)) return { op: "invite.show", campaign, user };
  const id = chance.yes(0.75) ? `n-${chance.int(1, 1_000_000)}` : `i${chance.int(1, 6)}`;
  const input = {
    ...{ id, user },
    ...attributes(chance, definition, values),
    ...(chance.yes(0.08) ? { notAfterMs: atMs + chance.pick([-1, 0, 60_000]) } : {}),
    ...variant(chance, definition),
    ...(definition.facts === undefined ? {} : someFacts(chance)),
  };
  if (chance.yes(codes === 0 ? 0.97 : 0.25)) {
    const invite = chance.yes(0.04) ? "no-such-invite" : chance.pick(definition.invites!).id;
    return { op: "invite.create", campaign, input: { ...input, invite } };
  }
  const ref = chance.yes(0.1) ? { ref: "r" } : {};
  const late = chance.yes(0.5) ? Math.max(0, codes - 3) : 0;
  const ordinal = chance.yes(0.04) || codes === 0 ? codes : chance.int(late, codes - 1);
  // Mostly not the user's own.
  const inviter = auditor.books.invites.codes[ordinal]?.user;
  const others = users.filter((name) => name !== inviter);
  const accepting = chance.yes(0.9) ? chance.pick(others) : user;
  const code = someCode(chance, auditor, ordinal);
  const asked = { ...input, user: accepting, code, ...ref };
  return { op: "invite.accept", campaign, input: asked };
}

/** As a code or in words; rarely a slip, or nothing of the kind. */
function someCode(chance: Chance, auditor: Auditor, ordinal: number): string {
  if (chance.yes(0.03)) return chance.pick(["hello", "7K3Q-X9M2-TB4WF", "天天天天天天"]);
  const { code, passphrases } = auditor.codes.write(ordinal);
  if (chance.yes(0.03)) return code.slice(0, 5) + code[6] + code[5] + code.slice(7);
  return chance.pick([
    code,
    code.toLowerCase().replaceAll("-", " "),
    passphrases.en,
    `快来「${passphrases.zh}」`,
    `Use ${code} today`,
  ]);
}

function attributes(
  chance: Chance,
  definition: CampaignDefinition,
  values: readonly string[],
): { attributes?: Record<string, string> } {
  if (definition.attributes.length === 0 && !chance.yes(0.01)) return {};
  const given: Record<string, string> = {};
  for (const name of definition.attributes) if (chance.yes(0.8)) given[name] = chance.pick(values);
  if (chance.yes(0.01)) given.shoe = "x";
  return { attributes: given };
}

function variant(chance: Chance, { assignment }: CampaignDefinition): { variant?: string } {
  const given = assignment.source === "given";
  if (!chance.yes(given ? 0.85 : 0.01)) return {};
  const names = assignment.variants.map(({ id }) => id);
  return { variant: chance.pick(["holdout", ...names, ...names]) };
}
