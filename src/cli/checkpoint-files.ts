// Checkpoints that verify holds the journal against: those that lie in the data directory, and
// those that somebody kept elsewhere.
import { readFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { contractError } from "../contract/errors.ts";
import {
  type CheckpointOptions,
  COSIGNATURE,
  ED25519,
  type GivenCheckpoint,
  LOG_CHECKPOINTS_FILE,
  parseCheckpoint,
  parseVerifierKey,
  type SignedCheckpoint,
  splitNotes,
  type VerifierKey,
} from "../journal/index.ts";
import type { VerifyReport } from "../journal/verify/verify.ts";
import { formatNumber } from "../report/format.ts";
import { nodeVerify } from "../transparency/note-signer.ts";
import { publicKeys } from "../transparency/signing-keys.ts";
import { readText } from "./read-text.ts";
import type { VerbCall } from "./verb.ts";

export interface CheckpointsGiven extends CheckpointOptions {
  given: GivenCheckpoint[];
  /** Whether somebody named the key, or it only lay beside the journal. */
  keyIsGiven: boolean;
}

/** What `--key`, `--checkpoint`, `--since` and the data directory say. */
export async function checkpointsFor(call: VerbCall, journal: string): Promise<CheckpointsGiven> {
  const { flags } = call;
  const log = logFolder(journal);
  const files = [...((flags.checkpoint as string[] | undefined) ?? [])];
  const since = flags.since === undefined ? undefined : String(flags.since);
  if (since !== undefined) files.push(since);
  const given = await keptCheckpoints(log);
  for (const file of files) {
    for (const { note } of await readCheckpoints(file)) given.push({ source: file, note });
  }
  const key = flags.key === undefined ? null : logKey(String(flags.key));
  const own = key ?? (await publicKeys(log))[0] ?? null;
  return {
    given,
    keyIsGiven: key !== null,
    verify: nodeVerify,
    ...(own === null ? {} : { key: own }),
    ...(since === undefined ? {} : { since }),
  };
}

/** Beside the journal folder of a data directory. */
export function logFolder(journal: string): string {
  return join(basename(journal) === "journal" ? dirname(journal) : journal, "log");
}

async function keptCheckpoints(log: string): Promise<GivenCheckpoint[]> {
  const file = join(log, LOG_CHECKPOINTS_FILE);
  const text = await readFile(file, "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return "";
    throw error;
  });
  return splitNotes(text).map((note, i) => ({ source: `log/checkpoints, note ${i + 1}`, note }));
}

/** The checkpoints of a file. Throws `invalid_usage` when it holds none. */
export async function readCheckpoints(
  file: string,
): Promise<{ note: string; parsed: SignedCheckpoint }[]> {
  const notes = splitNotes(await readText(file));
  return (notes.length === 0 ? [""] : notes).map((note) => {
    const parsed = parseCheckpoint(note);
    if (parsed !== null) return { note, parsed };
    const message = `${file}: expected a signed checkpoint, found other text`;
    throw contractError("invalid_usage", message);
  });
}

/** A log's key as its owner publishes it. Throws `invalid_usage`. */
export function logKey(text: string, flag = "--key"): VerifierKey {
  return publicKey(text, flag, ED25519, "a public key such as name+0123abcd+AR…");
}

/** A witness's key, which is of its own kind: a log's signature says nothing of what it saw. */
export function witnessKeyOf(text: string, flag: string): VerifierKey {
  return publicKey(text, flag, COSIGNATURE, "a witness's key such as name+0123abcd+BG…");
}

function publicKey(text: string, flag: string, algorithm: number, expected: string): VerifierKey {
  const key = parseVerifierKey(text.trim());
  if (key?.algorithm === algorithm) return key;
  const message = `${flag}: expected ${expected}, found ${text.slice(0, 60)}`;
  throw contractError("invalid_usage", message);
}

/** What verify found of checkpoints, in sentences. */
export function checkpointWords(report: VerifyReport, given: CheckpointsGiven): string[] {
  const { matched, signed, coveredSequence, sinceSequence } = report.checkpoints;
  if (given.given.length === 0) {
    return ["note: no checkpoint was found or given: that the end is the end is not shown"];
  }
  const rest = report.lastSequence - coveredSequence;
  const lines = [
    `checkpoints: ${formatNumber(matched)} of ${formatNumber(given.given.length)} sign these ` +
      `records, up to record ${formatNumber(coveredSequence)}` +
      (rest > 0 ? `; ${formatNumber(rest)} came after the last` : ""),
  ];
  if (given.since !== undefined) {
    const added = report.lastSequence - (sinceSequence ?? 0);
    lines.push(
      sinceSequence === null
        ? `since: the journal does NOT extend ${given.since}`
        : `since: the journal extends ${given.since} (${formatNumber(sinceSequence)} records) by ` +
            `${formatNumber(added)}; all were judged, since the later rest on the earlier`,
    );
  }
  if (given.key === undefined) lines.push("note: no key of the log: no signature was checked");
  else if (!given.keyIsGiven) {
    const count = formatNumber(signed);
    lines.push(
      `note: ${count} signatures are of the key that lies beside the journal; whether it is the ` +
        "operator's, only --key with a published one shows",
    );
  }
  return lines;
}
