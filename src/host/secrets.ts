// The secrets of a data directory as a port, and their sealing. The master key seals the seed in
// the opening event and the pseudonym keys beside the journal; a pseudonym key never enters the
// journal, since destroying it is what makes a closed campaign anonymous.
import { createCipheriv, createDecipheriv } from "node:crypto";
import { concatBytes, fromHex, sameBytes, toHex, utf8 } from "../base/bytes.ts";
import { HongbaoError } from "../base/error.ts";
import { sha256 } from "../base/hash.ts";
import type { Opening } from "../core/opening.ts";
import { pseudonymCommitment } from "./pseudonyms.ts";

const NONCE_BYTES = 12;
const TAG_BYTES = 16;
export const MASTER_KEY_BYTES = 32;
const SEED_BYTES = 32;

/** Where secrets are kept. Writing is durable when it resolves. */
export interface SecretStore {
  /** 32 bytes, or null where none was given and none is kept. */
  masterKey(): Promise<Uint8Array | null>;
  /** As `masterKey`, made and kept where there is none: for a ledger's first campaign. */
  ensureMasterKey(): Promise<Uint8Array>;
  readPseudonymKey(campaign: number): Promise<Uint8Array | null>;
  /** Keeps a sealed pseudonym key, replacing one of an opening that never reached the journal. */
  writePseudonymKey(campaign: number, sealed: Uint8Array): Promise<void>;
}

/** Secrets that live as long as the object, for tests and embedded trials. */
export class MemorySecrets implements SecretStore {
  private readonly master: Uint8Array;
  private readonly sealed = new Map<number, Uint8Array>();

  constructor(master: Uint8Array) {
    this.master = master;
  }

  async masterKey(): Promise<Uint8Array> {
    return this.master;
  }

  async ensureMasterKey(): Promise<Uint8Array> {
    return this.master;
  }

  async readPseudonymKey(campaign: number): Promise<Uint8Array | null> {
    return this.sealed.get(campaign) ?? null;
  }

  async writePseudonymKey(campaign: number, sealed: Uint8Array): Promise<void> {
    this.sealed.set(campaign, sealed);
  }
}

/** AES-256-GCM: nonce ‖ ciphertext ‖ tag. `context` is authenticated and must be given again. */
export function seal(
  key: Uint8Array,
  secret: Uint8Array,
  context: string,
  nonce: Uint8Array,
): Uint8Array {
  const cipher = createCipheriv("aes-256-gcm", key, nonce);
  cipher.setAAD(utf8(context));
  const body = cipher.update(secret);
  cipher.final();
  return concatBytes(nonce, body, cipher.getAuthTag());
}

/** Opens what `seal` made; throws `wrong_key` when the key or the context is another. */
export function unseal(key: Uint8Array, sealed: Uint8Array, context: string): Uint8Array {
  const tagAt = sealed.length - TAG_BYTES;
  try {
    const decipher = createDecipheriv("aes-256-gcm", key, sealed.subarray(0, NONCE_BYTES));
    decipher.setAAD(utf8(context));
    decipher.setAuthTag(sealed.subarray(tagAt));
    const body = decipher.update(sealed.subarray(NONCE_BYTES, tagAt));
    decipher.final();
    return new Uint8Array(body);
  } catch (cause) {
    throw new HongbaoError({
      code: "wrong_key",
      message:
        `the master key does not open the secret ${context}; ` +
        "start with the key that the data directory was made with",
      cause,
    });
  }
}

/** Rule 20: what the opening event says of the seed before anyone could know its effects. */
export function seedCommitment(ledgerId: string, campaign: string, seed: Uint8Array): Uint8Array {
  return sha256(utf8("hongbao/seed/1"), utf8(ledgerId), utf8(campaign), seed);
}

export interface CampaignSecrets {
  seed: Uint8Array;
  pseudonymKey: Uint8Array;
}

const seedContext = (campaign: string): string => `hongbao/seed/1/${campaign}`;
const keyContext = (campaign: string): string => `hongbao/pseudonym-key/1/${campaign}`;

/** Makes a campaign's secrets, keeps the pseudonym key, and returns what the opening event says. */
export async function createSecrets(
  store: SecretStore,
  ledgerId: string,
  campaign: { ordinal: number; id: string },
  entropy: (bytes: number) => Uint8Array,
): Promise<Pick<Opening, "seedCommitment" | "sealedSeed" | "pseudonymCommitment">> {
  const master = await store.ensureMasterKey();
  const seed = entropy(SEED_BYTES);
  const pseudonymKey = entropy(32);
  const sealedSeed = seal(master, seed, seedContext(campaign.id), entropy(NONCE_BYTES));
  const sealedKey = seal(master, pseudonymKey, keyContext(campaign.id), entropy(NONCE_BYTES));
  await store.writePseudonymKey(campaign.ordinal, sealedKey);
  return {
    seedCommitment: toHex(seedCommitment(ledgerId, campaign.id, seed)),
    sealedSeed: toHex(sealedSeed),
    pseudonymCommitment: toHex(pseudonymCommitment(pseudonymKey)),
  };
}

/** Opens a campaign's secrets and proves that they are those that its opening committed to. */
export async function openSecrets(
  store: SecretStore,
  ledgerId: string,
  ordinal: number,
  opening: Opening,
): Promise<CampaignSecrets> {
  const { id } = opening.definition;
  const master = await store.masterKey();
  // A fresh one would open nothing, and hide that the old one is lost.
  if (master === null) throw missing(`the master key that seals campaign ${id}`);
  const seed = unseal(master, fromHex(opening.sealedSeed)!, seedContext(id));
  mustMatch(seedCommitment(ledgerId, id, seed), opening.seedCommitment, `seed of ${id}`);
  const sealedKey = await store.readPseudonymKey(ordinal);
  if (sealedKey === null) throw missing(`the pseudonym key of campaign ${id}`);
  const pseudonymKey = unseal(master, sealedKey, keyContext(id));
  const is = pseudonymCommitment(pseudonymKey);
  mustMatch(is, opening.pseudonymCommitment, `pseudonym key of ${id}`);
  return { seed, pseudonymKey };
}

function missing(what: string): HongbaoError {
  return new HongbaoError({
    code: "secret_missing",
    message: `${what} is missing; restore the secrets folder of this data directory`,
  });
}

function mustMatch(is: Uint8Array, committed: string, what: string): void {
  const expected = fromHex(committed);
  if (expected !== null && sameBytes(is, expected)) return;
  throw new HongbaoError({
    code: "wrong_key",
    message: `the ${what} is not the one that the opening event committed to`,
  });
}
