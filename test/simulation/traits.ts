// What a schedule may have in particular. A bug planted in one mechanism is looked for among the
// schedules that have it, so that it is found soon however rare the mechanism is among all.
import type { CampaignDefinition } from "../../src/core/definition.ts";
import { blocksOf, hasBlocks } from "./blocks.ts";
import { hasExtensions } from "./extensions.ts";
import { suspicionWeight } from "./suspicions.ts";

export interface Traits {
  definition: CampaignDefinition;
  /** Revised again and again. */
  isRevisedOften: boolean;
}

export type Trait =
  | "beacon"
  | "blocks"
  | "conditions"
  | "curves"
  | "draws"
  | "draws with a round"
  | "earned entries"
  | "extensions"
  | "invites"
  | "overissue"
  | "pots"
  | "revisions"
  | "suspicion";

export const TRAITS: Readonly<Record<Trait, (traits: Traits) => boolean>> = {
  beacon: ({ definition }) => definition.beacon !== undefined,
  blocks: ({ definition }) => hasBlocks(blocksOf(definition)),
  conditions: ({ definition }) => definition.offers.some(({ eligible }) => eligible !== undefined),
  curves: ({ definition }) => definition.caps.some(({ curve }) => curve !== undefined),
  draws: ({ definition }) => definition.draws !== undefined,
  "draws with a round": ({ definition: { draws, beacon } }) => {
    return draws !== undefined && beacon !== undefined;
  },
  "earned entries": ({ definition: { draws = [] } }) => {
    return draws.some(({ earn }) => earn !== undefined);
  },
  extensions: ({ definition }) => hasExtensions(definition),
  invites: ({ definition }) => definition.invites !== undefined,
  overissue: ({ definition }) => definition.overissue !== undefined,
  pots: ({ definition }) => {
    return definition.offers.some(
      ({ reward, draw }) => reward.kind === "pot" && draw === undefined,
    );
  },
  revisions: ({ isRevisedOften }) => isRevisedOften,
  suspicion: ({ definition }) => suspicionWeight(definition) > 0,
};
