// Extensions by seed: in some campaigns the expiry of single grants is moved, of all states, to
// instants around those that matter.
import type { CampaignDefinition } from "../../src/core/definition.ts";
import type { SuspectAsk } from "./asks.ts";
import type { Auditor } from "./auditor.ts";
import { Chance } from "./chance.ts";

const HOUR_MS = 3_600_000;

/** A chance of its own, so that other draws of a seed stay what they were. */
export function asideOfExtensions({ assignment }: CampaignDefinition): Chance {
  return new Chance(Number.parseInt(assignment.salt.slice(12, 20), 16) | 1);
}

export function hasExtensions({ assignment }: CampaignDefinition): boolean {
  return Number.parseInt(assignment.salt.slice(12, 18), 16) % 3 === 0;
}

/** The end of a grant moved; null: something else happens. */
export function someExtension(
  chance: Chance,
  auditor: Auditor,
  atMs: number,
  id: () => string,
): SuspectAsk | null {
  const { definition, grants, ids } = auditor.books;
  if (grants.length === 0 || !hasExtensions(definition) || !chance.yes(0.2)) return null;
  const standing = grants.flatMap(({ state, expiresAtMs }, ordinal) => {
    return (state === "live" || state === "held") && atMs < expiresAtMs ? [ordinal] : [];
  });
  const held = standing.filter((ordinal) => grants[ordinal]!.state === "held");
  const all = grants.map((_, ordinal) => ordinal);
  const likely = held.length > 0 && chance.yes(0.4) ? held : standing;
  const ordinal = chance.pick(likely.length === 0 || chance.yes(0.2) ? all : likely);
  const { dueAtMs, untilMs, extendedMs } = grants[ordinal]!;
  const { closesAtMs } = definition;
  const ends = [dueAtMs, Math.max(dueAtMs, untilMs, extendedMs), atMs + HOUR_MS];
  const after = chance.pick(ends) + chance.pick([-1, 0, 1, 60_000, HOUR_MS, 20 * HOUR_MS]);
  const asked = chance.weighted({ after: 20, close: 1, tooLate: 1 });
  const end = { after, close: closesAtMs, tooLate: closesAtMs + 1 }[asked];
  const before = [...ids.entries()].filter(([, bound]) => bound.op === "extend");
  const again = before.length > 0 && chance.yes(0.05) ? chance.pick(before)[0] : null;
  return {
    ...{ op: "suspect", step: "extend", campaign: definition.id },
    grant: chance.yes(0.03) ? "0000000000000000000z" : auditor.nameOf(ordinal),
    body: {
      ...{ id: again ?? id(), why: chance.pick(["the shop was closed", "门店停业"]) },
      expiresAtMs: Math.max(1, end),
      ...(chance.yes(0.1) ? { preview: true as const } : {}),
    },
  };
}
