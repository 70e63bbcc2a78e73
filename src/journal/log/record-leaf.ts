// A record as a leaf of the log, and an event as a leaf of its record. What a leaf shows must not
// let anyone guess its neighbours: the blinding seed and the checksums over it are left out.
import { sha256 as portableSha256 } from "../../base/hash.ts";
import { type JournalRecord, leafBlindings, type Sha256, splitEvents } from "../codec.ts";
import { AT, BLINDING_SEED_BYTES } from "../format.ts";
import { leafHash, treeRoot } from "./log-tree.ts";

/** The header without its checksums and with zeros for the blinding seed, 120 bytes. */
export function disclosedHeader(header: Uint8Array): Uint8Array {
  const disclosed = header.slice(0, AT.headerCrc);
  disclosed.fill(0, AT.blindingSeed, AT.blindingSeed + BLINDING_SEED_BYTES);
  return disclosed;
}

/** SHA-256 (0x00 ‖ blinding ‖ event). */
export function eventLeaf(blinding: Uint8Array, event: Uint8Array, sha256: Sha256): Uint8Array {
  return leafHash(sha256, blinding, event);
}

/** The leaves of a record's events, in order. */
export function eventLeaves(record: JournalRecord, sha256: Sha256 = portableSha256): Uint8Array[] {
  const blinding = leafBlindings(record.blindingSeed, sha256);
  return splitEvents(record.payload).map((event, index) =>
    eventLeaf(blinding(index), event, sha256),
  );
}

/** SHA-256 (0x00 ‖ disclosed header ‖ chain ‖ root of the events). */
export function recordLeafOf(
  disclosed: Uint8Array,
  chain: Uint8Array,
  eventsRoot: Uint8Array,
  sha256: Sha256 = portableSha256,
): Uint8Array {
  return leafHash(sha256, disclosed, chain, eventsRoot);
}

/** The leaf of a record as it stands in the journal. */
export function recordLeaf(record: JournalRecord, sha256: Sha256 = portableSha256): Uint8Array {
  const eventsRoot = treeRoot(eventLeaves(record, sha256), sha256);
  return recordLeafOf(disclosedHeader(record.header), record.chain, eventsRoot, sha256);
}
