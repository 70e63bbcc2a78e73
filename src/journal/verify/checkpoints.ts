// Holds checkpoints against the records that they sign: builds the log's tree anew while the
// records stream by, and compares its root at the size of each checkpoint.
import { sameBytes } from "../../base/bytes.ts";
import { eventsAddUp, type JournalRecord, type Sha256 } from "../codec.ts";
import { parseCheckpoint, type SignedCheckpoint } from "../log/checkpoint.ts";
import { followKeys, signedByOne } from "../log/key-chain.ts";
import { LogFrontier } from "../log/log-frontier.ts";
import { logOrigin } from "../log/log-origin.ts";
import type { VerifierKey, VerifySignature } from "../log/note-keys.ts";
import { recordLeaf } from "../log/record-leaf.ts";
import type { Findings } from "./findings.ts";

/** A checkpoint and where it was found, for messages. */
export interface GivenCheckpoint {
  /** Such as "log/checkpoints, note 12" or the name of a file. */
  source: string;
  note: string;
}

export interface CheckpointOptions {
  given: readonly GivenCheckpoint[];
  /** The log's key, or an earlier one of it; without one signatures are not judged. */
  key?: VerifierKey;
  /** A quicker one than the portable. */
  verify?: VerifySignature;
  /** The checkpoint that somebody trusts already, among those given. */
  since?: string;
}

/** The last record that one of the checkpoints signs; 0 without any. */
export function signedUpTo(given: readonly GivenCheckpoint[]): number {
  let last = 0;
  for (const { note } of given) last = Math.max(last, parseCheckpoint(note)?.checkpoint.size ?? 0);
  return last;
}

/** What became of the checkpoints, for reports. */
export interface CheckpointsReport {
  /** Whose root is that of the records. */
  matched: number;
  /** Whose signature was found right. */
  signed: number;
  /** Records that the largest one covers; those after it are under none. */
  coveredSequence: number;
  /** Records up to the trusted checkpoint, where one was given; null when they are not its. */
  sinceSequence: number | null;
}

interface Wanted {
  source: string;
  note: SignedCheckpoint;
}

export class CheckpointJudge {
  readonly report: CheckpointsReport = {
    matched: 0,
    signed: 0,
    coveredSequence: 0,
    sinceSequence: null,
  };
  private readonly frontier: LogFrontier;
  private readonly sha256: Sha256;
  private readonly findings: Findings;
  private readonly options: CheckpointOptions;
  /** By size, the smallest last. */
  private readonly wanted: Wanted[] = [];

  constructor(options: CheckpointOptions, ledgerId: string, sha256: Sha256, findings: Findings) {
    this.options = options;
    this.sha256 = sha256;
    this.findings = findings;
    this.frontier = new LogFrontier(sha256);
    const origin = logOrigin(ledgerId);
    const notes: SignedCheckpoint[] = [];
    for (const { source, note } of options.given) {
      const parsed = parseCheckpoint(note);
      if (parsed === null) this.wrong(`a signed checkpoint (${source})`, "other text", 0);
      else if (parsed.checkpoint.origin !== origin) {
        this.wrong(`a checkpoint of ${origin} (${source})`, parsed.checkpoint.origin, 0);
      } else {
        notes.push(parsed);
        this.wanted.push({ source, note: parsed });
      }
    }
    this.judgeSignatures(notes);
    this.wanted.sort((a, b) => b.note.checkpoint.size - a.note.checkpoint.size);
    this.compare();
  }

  /** Takes the next record; a root is compared where a checkpoint of this size was given. */
  record(record: JournalRecord): void {
    if (this.wanted.length === 0) return;
    // What does not even split into events is no leaf that anybody signed.
    const isWhole = eventsAddUp(record.payload);
    this.frontier.append(isWhole ? recordLeaf(record, this.sha256) : this.sha256());
    this.compare();
  }

  /** Checkpoints that no record reached: something was cut off. */
  end(lastSequence: number): void {
    for (const { source, note } of this.wanted.reverse()) {
      const { size } = note.checkpoint;
      const expected = `${size} records, which a signed checkpoint covers (${source})`;
      this.wrong(expected, `a journal of ${lastSequence}`, lastSequence);
    }
    this.wanted.length = 0;
  }

  private compare(): void {
    const { size } = this.frontier;
    let root: Uint8Array | null = null;
    while (this.wanted.at(-1)?.note.checkpoint.size === size) {
      const { source, note } = this.wanted.pop()!;
      root ??= this.frontier.root();
      this.findings.made("checkpoints");
      if (!sameBytes(root, note.checkpoint.root)) {
        this.wrong(`the records that a checkpoint of ${size} signs (${source})`, "others", size);
        continue;
      }
      this.report.matched += 1;
      this.report.coveredSequence = size;
      if (source === this.options.since) this.report.sinceSequence = size;
    }
  }

  private judgeSignatures(notes: SignedCheckpoint[]): void {
    const { key, verify } = this.options;
    if (key === undefined) return;
    const bySize = [...notes].sort((a, b) => a.checkpoint.size - b.checkpoint.size);
    const keys = followKeys(key, bySize, verify);
    for (const { source, note } of this.wanted) {
      this.findings.made("signatures");
      const signed = signedByOne(note, keys, verify);
      if (signed !== null && signed !== "bad") {
        this.report.signed += 1;
        continue;
      }
      const found = signed === "bad" ? "a wrong signature" : "none";
      this.wrongOf("signatures", `a signature of ${key.text} (${source})`, found, 0);
    }
  }

  private wrong(expected: string, found: string, sequence: number): void {
    this.wrongOf("checkpoints", expected, found, sequence);
  }

  private wrongOf(
    check: "checkpoints" | "signatures",
    expected: string,
    found: string,
    sequence: number,
  ): void {
    const where = { sequence, index: -1, event: "record", campaign: null };
    this.findings.wrongAt(check, where, expected, found);
  }
}
