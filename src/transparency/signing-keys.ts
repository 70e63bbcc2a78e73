// The log's signing keys: Ed25519, sealed with the master key beside the other secrets. The highest
// number that was announced signs; a higher one waits for the next checkpoint, which announces it.
import { randomBytes } from "node:crypto";
import { readdir } from "node:fs/promises";
import path from "node:path";
import { utf8 } from "../base/bytes.ts";
import { HongbaoError } from "../base/error.ts";
import { readIfThere, writeWhole } from "../host/data-directory.ts";
import { seal, unseal } from "../host/secrets.ts";
import { makeDirectory } from "../journal/files/make-directory.ts";
import {
  announcedKey,
  LOG_KEYS_FILE,
  logOrigin,
  parseCheckpoint,
  parseVerifierKey,
  type VerifierKey,
} from "../journal/index.ts";
import { makeKeySeed, NoteSigner } from "./note-signer.ts";

export interface KeyPlace {
  /** The folder of the data directory's secrets. */
  secrets: string;
  /** The folder of the log's files, where the public keys lie. */
  log: string;
  ledgerId: string;
  masterKey: Uint8Array;
}

export interface LogSigners {
  current: NoteSigner;
  /** Made, and not announced yet. */
  next: NoteSigner | null;
}

const NONCE_BYTES = 12;
const NAME = /^checkpoint-key-(\d{1,6})\.sealed$/;

/** The keys that sign the next checkpoint; the first one is made here. */
export async function openSigners(
  place: KeyPlace,
  announcements: readonly string[],
): Promise<LogSigners> {
  const numbers = await keyNumbers(place.secrets);
  if (numbers.length === 0) return { current: await makeKey(place, 1), next: null };
  const signers: NoteSigner[] = [];
  for (const number of numbers) signers.push(await openKey(place, number));
  await keepPublicKeys(
    place.log,
    signers.map(({ key }) => key),
  );
  const announced = new Set(
    announcements.map((note) => {
      const parsed = parseCheckpoint(note);
      return parsed === null ? "" : announcedKey(parsed)?.text;
    }),
  );
  const at = signers.findLastIndex(({ key }, i) => i === 0 || announced.has(key.text));
  return { current: signers[at]!, next: signers[at + 1] ?? null };
}

/** How many keys there are; a running follower looks whether another one was made. */
export async function countKeys(secrets: string): Promise<number> {
  return (await keyNumbers(secrets)).length;
}

/** Makes the next key; the next checkpoint announces it. */
export async function rotateKey(place: KeyPlace): Promise<VerifierKey> {
  const numbers = await keyNumbers(place.secrets);
  const made = await makeKey(place, (numbers.at(-1) ?? 0) + 1);
  return made.key;
}

/** The log's public keys, oldest first, as the data directory has them. */
export async function publicKeys(log: string): Promise<VerifierKey[]> {
  const bytes = await readIfThere(path.join(log, LOG_KEYS_FILE));
  if (bytes === null) return [];
  const lines = new TextDecoder().decode(bytes).split("\n");
  return lines.flatMap((line) => parseVerifierKey(line) ?? []);
}

async function keyNumbers(secrets: string): Promise<number[]> {
  const names = await readdir(secrets).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return [];
    throw error;
  });
  const numbers = names.flatMap((name) => NAME.exec(name)?.[1] ?? []).map(Number);
  return numbers.sort((a, b) => a - b);
}

function keyFile(secrets: string, number: number): string {
  return path.join(secrets, `checkpoint-key-${number}.sealed`);
}

function contextOf(ledgerId: string, number: number): string {
  return `hongbao/checkpoint-key/1/${ledgerId}/${number}`;
}

async function makeKey(place: KeyPlace, number: number): Promise<NoteSigner> {
  const { secrets, log, ledgerId, masterKey } = place;
  const seed = makeKeySeed();
  const signer = NoteSigner.ofLog(logOrigin(ledgerId), seed);
  const nonce = new Uint8Array(randomBytes(NONCE_BYTES));
  await makeDirectory(secrets, 0o700);
  await makeDirectory(log);
  // The public key first: one without a private key signs nothing and does no harm.
  await keepPublicKeys(log, [...(await publicKeys(log)), signer.key]);
  const sealed = seal(masterKey, seed, contextOf(ledgerId, number), nonce);
  await writeWhole(keyFile(secrets, number), sealed);
  return signer;
}

/** Where everybody finds them; nothing is written that stands there already. */
async function keepPublicKeys(log: string, keys: readonly VerifierKey[]): Promise<void> {
  const there = new Set((await publicKeys(log)).map(({ text }) => text));
  if (keys.every(({ text }) => there.has(text))) return;
  const lines = keys.map(({ text }) => `${text}\n`);
  await writeWhole(path.join(log, LOG_KEYS_FILE), utf8(lines.join("")));
}

async function openKey(place: KeyPlace, number: number): Promise<NoteSigner> {
  const { secrets, ledgerId, masterKey } = place;
  const sealed = await readIfThere(keyFile(secrets, number));
  if (sealed === null) {
    const message = `checkpoint key ${number} is missing; restore the secrets folder`;
    throw new HongbaoError({ code: "secret_missing", message });
  }
  const seed = unseal(masterKey, sealed, contextOf(ledgerId, number));
  return NoteSigner.ofLog(logOrigin(ledgerId), seed);
}
