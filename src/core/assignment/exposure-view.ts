// Who is in which arm and was exposed by what, as plain objects.
import type { CampaignDefinition } from "../definition.ts";
import { ASSIGNED, readWide } from "../event.ts";
import { keyHex } from "../tables/key-hex.ts";
import {
  EXPOSED_BY,
  EXPOSED_EVENT,
  EXPOSURE_IMPORTED,
  readDouble,
  STATED,
  STATED_ASSIGNED,
} from "./exposure-event.ts";

const SOURCES = ["", "claim", "offers", "given", "audience"];

type Reader = (
  words: Uint32Array,
  at: number,
  definition: CampaignDefinition,
) => Record<string, unknown>;

export const EXPOSURE_READERS: Record<"assigned" | "exposed" | "exposure_imported", Reader> = {
  assigned: (words, at, definition) => {
    const packed = words[at + ASSIGNED.arm]!;
    const audience = (packed >>> 8) & 0xff;
    return {
      user: keyHex(words, at + ASSIGNED.userKey),
      arm: armName(definition, packed & 0xff),
      audience: audience === 0 ? null : definition.audiences[audience - 1]!.id,
      by: SOURCES[(packed >>> 16) & 0xff],
      // Of old journals; since then exposure is an event of its own, or the outcome of a claim.
      exposed: packed >>> 24 === 1,
      probability: isStated(words, at)
        ? readDouble(words, at + STATED_ASSIGNED.probability) || null
        : null,
    };
  },
  exposed: (words, at, definition) => {
    const user = keyHex(words, at + ASSIGNED.userKey);
    if (!isStated(words, at)) return { user, arm: null, exposedBy: null };
    const packed = words[at + EXPOSED_EVENT.what]!;
    return {
      user,
      arm: armName(definition, packed & 0xff),
      ...exposedBy(definition, (packed >>> 8) & 0xff, packed >>> 16),
    };
  },
  exposure_imported: (words, at, definition) => {
    const packed = words[at + EXPOSURE_IMPORTED.what]!;
    return {
      user: keyHex(words, at + ASSIGNED.userKey),
      arm: armName(definition, packed & 0xff),
      exposedBy: definition.surfaces![packed >>> 16],
      seenAtMs: readWide(words, at + EXPOSURE_IMPORTED.seenAt),
    };
  },
};

function exposedBy(
  { offers, invites, draws }: CampaignDefinition,
  by: number,
  ordinal: number,
): Record<string, unknown> {
  switch (by) {
    case EXPOSED_BY.offers:
      return { exposedBy: "offers", offer: offers[ordinal]!.id };
    case EXPOSED_BY.invite:
      return { exposedBy: "invite", invite: invites![ordinal]!.id };
    case EXPOSED_BY.draw:
      return { exposedBy: "draw", draw: draws![ordinal]!.id };
    default:
      throw new RangeError(`exposure by ${by} is unknown to this version; a newer one wrote it`);
  }
}

function isStated(words: Uint32Array, at: number): boolean {
  return ((words[at]! >>> 8) & STATED) !== 0;
}

export function armName(definition: CampaignDefinition, arm: number): string {
  if (arm === 0) return "holdout";
  return definition.assignment.variants[arm - 1]?.id ?? "treated";
}
