// Blocks by seed: in some campaigns users and what they come with are blocked and unblocked, and
// caps block whoever asks beyond them. All of it from a stream of its own, so that campaigns
// without blocks stay what they are.
import type { CampaignDefinition } from "../../src/core/definition.ts";
import type { BlockAsk } from "./asks.ts";
import { Chance } from "./chance.ts";

const SPANS = [1, 999, 60_000, 3_600_000, 90_000_000];

/** A stream beside the campaign's own. */
export function blocksOf({ assignment }: CampaignDefinition): Chance {
  return new Chance(Number.parseInt(assignment.salt.slice(8, 15), 16) ^ 0x51ab1e);
}

export function hasBlocks(chance: Chance): boolean {
  return chance.yes(0.3);
}

/** Some caps of users and attributes block for a while, or for ever so little. */
export function withBlocks(definition: CampaignDefinition): CampaignDefinition {
  const chance = blocksOf(definition);
  if (!hasBlocks(chance)) return definition;
  return {
    ...definition,
    caps: definition.caps.map((cap) => {
      const isWho = cap.dimension === "user" || definition.attributes.includes(cap.dimension);
      if (!isWho || cap.on !== "claim" || chance.yes(0.4)) return cap;
      return { ...cap, blockMs: chance.pick(SPANS) };
    }),
  };
}

export class BlockAsks {
  private readonly chance: Chance;
  private readonly campaign: string;
  private readonly weight: number;
  private before: BlockAsk | null = null;

  constructor(definition: CampaignDefinition) {
    this.chance = blocksOf(definition);
    this.campaign = definition.id;
    this.weight = hasBlocks(this.chance) ? this.chance.pick([0.04, 0.1]) : 0;
  }

  /** A block or its end, or null: then something else is asked. */
  next(
    { attributes }: CampaignDefinition,
    users: readonly string[],
    values: readonly string[],
    atMs: number,
  ): BlockAsk | null {
    const { chance, campaign } = this;
    if (this.weight === 0 || !chance.yes(this.weight)) return null;
    if (this.before !== null && chance.yes(0.15)) return this.before;
    const by = chance.yes(0.02) ? "shoe" : chance.pick(["user", "user", ...attributes]);
    const from = by === "user" ? [...users, "stranger"] : values;
    const named = Array.from({ length: chance.pick([1, 1, 2, 3]) }, () => chance.pick(from));
    const why = chance.pick(["a farm", "转卖"]);
    const body = { by, values: named, why };
    if (chance.yes(0.35)) return { op: "block", step: "remove", campaign, body };
    const untilMs = atMs + chance.pick([-1, 0, 1, 60_000, 3_600_000]);
    const end = chance.pick([{}, { forMs: chance.pick(SPANS) }, { untilMs }]);
    this.before = { op: "block", step: "add", campaign, body: { ...body, ...end } };
    return this.before;
  }
}
