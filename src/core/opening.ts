// The opening event: the whole campaign as canonical JSON, with the commitments made before the
// first grant. It is all that verification needs to know of the campaign.
import type { CampaignDefinition } from "./definition.ts";
import { EVENT_KINDS, type EventWriter } from "./event.ts";
import { jsonOf, writeJson } from "./json-event.ts";

export interface Opening {
  definition: CampaignDefinition;
  /** Hex SHA-256("hongbao/seed/1" ‖ ledger ‖ campaign ‖ seed). */
  seedCommitment: string;
  /** Hex AES-256-GCM of the seed under the ledger's master key: nonce ‖ ciphertext ‖ tag. */
  sealedSeed: string;
  /** Hex SHA-256("hongbao/pseudonyms/1" ‖ pseudonym key). */
  pseudonymCommitment: string;
}

export function writeOpening(
  campaign: number,
  opening: Opening,
  atMs: number,
  out: EventWriter,
): void {
  writeJson(EVENT_KINDS.opened, campaign, opening, atMs, out);
}

/** Reads an opening event. */
export function openingOf(words: Uint32Array, at: number): Opening {
  return jsonOf(words, at);
}
