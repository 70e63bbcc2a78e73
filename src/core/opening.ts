// The opening event: the whole campaign as canonical JSON, with the commitments made before the
// first grant. It is all that verification needs to know of the campaign.
import { assert } from "../base/assert.ts";
import { utf8 } from "../base/bytes.ts";
import type { CampaignDefinition } from "./definition.ts";
import { EVENT_KINDS, type EventWriter, HEAD } from "./event.ts";

export interface Opening {
  definition: CampaignDefinition;
  /** Hex SHA-256("hongbao/seed/1" ‖ ledger ‖ campaign ‖ seed). */
  seedCommitment: string;
  /** Hex AES-256-GCM of the seed under the ledger's master key: nonce ‖ ciphertext ‖ tag. */
  sealedSeed: string;
  /** Hex SHA-256("hongbao/pseudonyms/1" ‖ pseudonym key). */
  pseudonymCommitment: string;
}

/** Writes an opening event: byte length, then UTF-8 JSON. */
export function writeOpening(
  campaign: number,
  opening: Opening,
  atMs: number,
  out: EventWriter,
): void {
  const json = utf8(JSON.stringify(opening));
  const at = out.begin(EVENT_KINDS.opened, campaign, atMs, 3 + Math.ceil(json.length / 4));
  out.words[at + HEAD.body] = json.length;
  new Uint8Array(out.words.buffer, out.words.byteOffset + 4 * (at + 3)).set(json);
}

/** Words that an opening takes in the journal; its length field has 16 bits. */
export function openingWords(opening: Opening): number {
  return 3 + Math.ceil(utf8(JSON.stringify(opening)).length / 4);
}

/** Reads an opening event. */
export function openingOf(words: Uint32Array, at: number): Opening {
  const length = words[at + HEAD.body]!;
  assert(length <= 4 * ((words[at]! >>> 16) - 3), "opening event is longer than its words");
  const bytes = new Uint8Array(words.buffer, words.byteOffset + 4 * (at + 3), length);
  return JSON.parse(new TextDecoder().decode(bytes)) as Opening;
}
