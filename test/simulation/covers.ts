// Payments that no reward could cover, by seed: campaigns with and without a contingency line, and
// payments with grants in every state.
import type { CampaignDefinition } from "../../src/core/definition.ts";
import type { SuspectAsk } from "./asks.ts";
import type { Auditor } from "./auditor.ts";
import type { Chance } from "./chance.ts";

/** A number that is the campaign's own, so that other draws of a seed stay what they were. */
function ownNumber({ assignment }: CampaignDefinition, of: number): number {
  return Number.parseInt(assignment.salt.slice(6, 12), 16) % of;
}

/** Some campaigns have a line, mostly one that is soon used up. */
export function withContingency(definition: CampaignDefinition, unit: number): CampaignDefinition {
  const units = [0, 0, 1, 3, 20][ownNumber(definition, 5)]!;
  if (units === 0) return definition;
  return { ...definition, contingency: { line: "late finds", limitMinor: units * unit } };
}

/** A payment with a grant that is mostly over; null: something else happens. */
export function someCover(
  chance: Chance,
  auditor: Auditor,
  unit: number,
  atMs: number,
  id: () => string,
): SuspectAsk | null {
  const { books } = auditor;
  const { definition, grants, ids } = books;
  if (grants.length === 0 || ownNumber(definition, 3) !== 0 || !chance.yes(0.12)) return null;
  if (books.booked.length > 0 && chance.yes(0.35)) return someUncover(chance, auditor, id);
  const over = grants.flatMap(({ state, expiresAtMs }, ordinal) => {
    return state !== "live" || atMs >= expiresAtMs ? [ordinal] : [];
  });
  const all = grants.map((_, ordinal) => ordinal);
  const ordinal = chance.pick(over.length === 0 || chance.yes(0.1) ? all : over);
  const grant = grants[ordinal]!;
  const amounts = [grant.amountMinor, grant.amountMinor, 1, unit, grant.amountMinor + 1];
  const before = [...ids.entries()].filter(([, bound]) => bound.op === "cover");
  const again = before.length > 0 && chance.yes(0.15) ? chance.pick(before)[0] : null;
  const knowsMerchant = definition.attributes.includes("merchant") && chance.yes(0.7);
  const told = books.redemptions.flatMap((one) =>
    one.grant === ordinal && one.paidAtMs > 0 ? one.paidAtMs : [],
  );
  const instants = [grant.atMs, grant.expiresAtMs - 1, grant.expiresAtMs, atMs, ...told, ...told];
  return {
    ...{ op: "suspect", step: "cover", campaign: definition.id },
    grant: chance.yes(0.03) ? "0000000000000000000z" : auditor.nameOf(ordinal),
    body: {
      ...{ id: again ?? id(), why: chance.pick(["the till was offline", "断网"]) },
      ...{ amountMinor: chance.pick(amounts), paidAtMs: Math.max(1, chance.pick(instants)) },
      ...(chance.yes(0.2) ? { separate: true as const } : {}),
      ...(knowsMerchant ? { merchant: chance.pick(["x", "y"]) } : {}),
    },
  };
}

/** Takes one back, mostly one that stands; at times under an id that did so before. */
function someUncover(chance: Chance, auditor: Auditor, id: () => string): SuspectAsk {
  const { definition, booked, ids, grants } = auditor.books;
  const standing = booked.filter(({ isBack }) => !isBack);
  const one = chance.pick(standing.length === 0 || chance.yes(0.2) ? booked : standing);
  const grant = chance.yes(0.05) ? chance.int(0, grants.length - 1) : one.grant;
  const before = [...ids.entries()].filter(([, bound]) => bound.op === "uncover");
  const again = before.length > 0 && chance.yes(0.15) ? chance.pick(before)[0] : null;
  return {
    ...{ op: "suspect", step: "uncover", campaign: definition.id },
    grant: chance.yes(0.03) ? "0000000000000000000z" : auditor.nameOf(grant),
    body: {
      ...{ id: again ?? id(), why: chance.pick(["typed twice", "打错了"]) },
      cover: chance.yes(0.05) ? "never-booked" : one.id,
    },
  };
}
