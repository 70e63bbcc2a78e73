// Compensation for drills: a line in some campaigns, and lists that ask of it. Drawn from a stream
// of its own, so that campaigns without it are what they are without this file.
import type { CampaignDefinition, CapDefinition } from "../../src/core/definition.ts";
import type { Ask, CompensateAsk } from "./asks.ts";
import type { Auditor } from "./auditor.ts";
import { Chance } from "./chance.ts";

/** A stream beside the campaign's own. */
export function asideOfCompensation({ assignment }: CampaignDefinition): Chance {
  return new Chance(Number.parseInt(assignment.salt.slice(8, 16), 16) | 1);
}

/** Gives some campaigns money to make good. */
export function withCompensation(definition: CampaignDefinition, unit: number): CampaignDefinition {
  const chance = asideOfCompensation(definition);
  if (!chance.yes(0.2)) return definition;
  const { offers, caps } = definition;
  let left = Math.floor(definition.budgetMinor / 2);
  for (const { reward } of offers) if (reward.kind === "pot") left -= reward.totalMinor;
  const limit = Math.min(left, unit * chance.int(1, 4));
  if (limit < unit) return definition;
  const after = chance.pick([1000, 3_600_000, 86_400_000]);
  const line: CampaignDefinition["offers"][number] = {
    ...{ id: "owed", title: "Owed", wave: 0, audience: null },
    reward: { kind: "compensation", amountMinor: unit, maxMinor: unit * chance.int(1, 2) },
    expiry: { kind: "after", afterMs: after },
  };
  const cap: CapDefinition = {
    ...{ id: "compensation-budget", dimension: "offer:owed", counts: "money", per: "total" },
    ...{ limit, on: "claim", refund: false, missing: "refuse" },
  };
  return { ...definition, offers: [...offers, line], caps: [...caps, cap] };
}

/** A part of a list: users who are there and strangers, lost grants of theirs and of others. */
export function someCompensation(
  chance: Chance,
  auditor: Auditor,
  users: readonly string[],
  unit: number,
): Ask {
  const { grants, definition } = auditor.books;
  const lines = Array.from({ length: chance.int(1, 3) }, (): CompensateAsk["lines"][number] => {
    const lost = grants.length > 0 && chance.yes(0.5) ? chance.int(0, grants.length - 1) : -1;
    const isOwn = lost >= 0 && chance.yes(0.85);
    const user = isOwn ? grants[lost]!.user : chance.pick([...users, "stranger"]);
    return {
      user,
      ...(lost >= 0 ? { grant: auditor.nameOf(lost + (chance.yes(0.02) ? 99 : 0)) } : {}),
      ...(chance.yes(0.4) ? { amountMinor: unit * chance.int(1, 3) } : {}),
    };
  });
  return {
    ...{ op: "compensate", campaign: definition.id, batch: chance.pick(["one", "two", "three"]) },
    ...{ by: "drill", why: "lost", total: chance.yes(0.95) ? 2 : 3, sha256: "0".repeat(64) },
    ...{ lines, preview: chance.yes(0.1) },
  };
}
