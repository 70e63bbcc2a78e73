// Conditions for drills, the facts that claims come with, and lists. Everything is drawn from a
// stream of its own, so that campaigns without conditions are what they are without this file.
import type { ClaimInput } from "../../src/contract/schema/claim.ts";
import type { CampaignDefinition } from "../../src/core/definition.ts";
import type { Ask } from "./asks.ts";
import { CONDITIONS } from "./auditor-conditions.ts";
import { Chance } from "./chance.ts";

const LIST = "known";
const TEXTS: readonly string[] = Object.keys(CONDITIONS);

/** A stream beside the campaign's own. */
export function asideOf({ assignment }: CampaignDefinition): Chance {
  return new Chance(Number.parseInt(assignment.salt.slice(0, 8), 16) | 1);
}

/** Gives some campaigns conditions. */
export function withConditions(definition: CampaignDefinition): CampaignDefinition {
  const chance = asideOf(definition);
  if (!chance.yes(0.25)) return definition;
  return {
    ...definition,
    offers: definition.offers.map((offer) =>
      offer.draw !== undefined
        ? offer
        : chance.yes(0.8)
          ? { ...offer, eligible: someCondition(chance) }
          : offer,
    ),
    facts: [
      { name: "age", type: "int" },
      { name: "vip", type: "bool" },
      { name: "city", type: "string" },
      { name: "tags", type: "list of string" },
    ],
    lists: [{ id: LIST }],
  };
}

function someCondition(chance: Chance): string {
  const parts = Array.from({ length: chance.pick([1, 1, 2]) }, () => chance.pick(TEXTS));
  return parts.map((part) => (part.includes("||") ? `(${part})` : part)).join(" && ");
}

/** What a claim says of its user: mostly what conditions ask for. */
export function someFacts(chance: Chance): Pick<ClaimInput, "facts"> {
  if (chance.yes(0.05)) return {};
  const facts: NonNullable<ClaimInput["facts"]> = {};
  if (chance.yes(0.9)) facts.age = chance.pick([0, 17, 18, 21, 30]);
  if (chance.yes(0.8)) facts.vip = chance.yes(0.5);
  if (chance.yes(0.9)) facts.city = chance.pick(["x", "上海", ""]);
  if (chance.yes(0.9)) facts.tags = chance.pick([[], ["a"], ["b", "a"], ["b"]]);
  if (chance.yes(0.02)) facts.shoe = "x";
  if (chance.yes(0.02)) facts.age = chance.pick(["18", 1.5, true]);
  return { facts };
}

/** A list put in force: mostly of people who are there. */
export function someList(chance: Chance, campaign: string, users: readonly string[]): Ask {
  const members = users.filter(() => chance.yes(0.6));
  return { op: "list", campaign, list: chance.yes(0.03) ? "strangers" : LIST, users: members };
}

/** Another condition for an offer, or none, from now on. */
export function otherCondition(chance: Chance, definition: CampaignDefinition): void {
  const offer = chance.pick(definition.offers.filter(({ draw }) => draw === undefined));
  if (chance.yes(0.7)) offer.eligible = someCondition(chance);
  else delete offer.eligible;
}
