// The public round that luck waited for: promised before anybody knew it, recorded once it was due,
// signed by the chain, and in the journal before anything was drawn.
import { concatBytes, fromHex, sameBytes, toHex } from "../../base/bytes.ts";
import { drandBytes } from "../../base/drand.ts";
import { isSignedByDrand } from "../../base/drand-signature.ts";
import type { BeaconDefinition, CampaignDefinition } from "../../core/definition.ts";
import { BEACON, readWide } from "../../core/event.ts";
import type { Sha256 } from "../codec.ts";
import type { VerifiedCampaign, VerifiedEvent } from "./campaign.ts";
import type { Findings } from "./findings.ts";

/** What an opening promised at least, so that no clock's error could have made the value known. */
const AHEAD_MS = 60_000;

export function dueAtMs({ chain, round }: BeaconDefinition): number {
  return chain.genesisAtMs + (round - 1) * chain.periodMs;
}

/** What is wrong with the beacon of a definition, in words. */
export function beaconFaults({ beacon }: CampaignDefinition): string[] {
  if (beacon === undefined) return [];
  const { chain, round } = beacon;
  const isCount = (value: number): boolean => Number.isSafeInteger(value) && value > 0;
  const holds =
    fromHex(chain.hash)?.length === 32 &&
    ["bls-unchained-g1-rfc9380", "pedersen-bls-chained"].includes(chain.scheme) &&
    fromHex(chain.publicKey)?.length === drandBytes(chain.scheme).publicKey &&
    [round, chain.genesisAtMs, chain.periodMs].every(isCount);
  return holds ? [] : ["the beacon names no chain and round"];
}

/** Judges the promise at the opening: the round must still have been ahead. */
export function judgePromise(campaign: VerifiedCampaign, atMs: number, findings: Findings): void {
  const { beacon } = campaign.definition;
  if (beacon === undefined) return;
  findings.counts.beacons += 1;
  const due = dueAtMs(beacon);
  if (due >= atMs + AHEAD_MS) return;
  findings.wrong("beacons", `a round due a minute after ${atMs} or later`, `due ${due}`);
}

export function judgeBeacon(
  campaign: VerifiedCampaign,
  event: VerifiedEvent,
  sha256: Sha256,
  findings: Findings,
): void {
  findings.counts.beacons += 1;
  const { beacon } = campaign.definition;
  if (beacon === undefined) return findings.wrong("beacons", "a campaign with a beacon", "none");
  const stated = readBeacon(event);
  if (stated === null) return findings.wrong("beacons", "a round and its signature", "neither");
  const { purpose, round, randomness, signature, previousSignature } = stated;
  const lot = purpose === 0 ? null : campaign.lots[purpose - 1];
  if (lot === undefined || lot?.round === 0) {
    return findings.wrong("beacons", "a value for the campaign, or a closed draw", `${purpose}`);
  }
  const promised = { ...beacon, round: lot?.round ?? beacon.round };
  if (campaign.phase === "closed") findings.wrong("beacons", "a campaign not closed", "closed");
  if (lot === null ? campaign.luck.beaconKnown : lot.randomness !== null) {
    return findings.wrong("beacons", "one value of the promised round", "another one");
  }
  findings.same("beacons", "round", promised.round, round);
  if (event.atMs < dueAtMs(promised)) {
    findings.wrong("beacons", `an instant from ${dueAtMs(promised)} on`, `${event.atMs}`);
  }
  const value = sha256(signature);
  if (!sameBytes(value, randomness)) {
    findings.wrong("beacons", `the hash of the signature, ${toHex(value)}`, toHex(randomness));
  }
  if (!isSignedByDrand(beacon.chain, { round, signature, previousSignature })) {
    findings.wrong("beacons", `a signature of chain ${beacon.chain.hash}`, toHex(signature));
  }
  if (lot === null) campaign.luck.takeBeacon(randomness, findings);
  else lot.takeBeacon(randomness, findings);
}

/** Null where the lengths do not fit the event. */
function readBeacon({ words, at, size }: VerifiedEvent) {
  if (size < BEACON.signatures) return null;
  const body = new Uint8Array(words.buffer, words.byteOffset + 4 * at, 4 * size);
  const signatures = body.subarray(4 * BEACON.signatures);
  const lengths = words[at + BEACON.bytes]!;
  const length = lengths & 0xffff;
  if (length === 0 || length + (lengths >>> 16) !== signatures.length) return null;
  return {
    purpose: words[at + BEACON.purpose]!,
    round: readWide(words, at + BEACON.round),
    randomness: concatBytes(body.subarray(4 * BEACON.randomness, 4 * BEACON.signatures)),
    signature: signatures.subarray(0, length),
    previousSignature: signatures.subarray(length),
  };
}
