// A witness: remembers the last checkpoint that it cosigned of each log, and cosigns another one
// only when a proof shows that it extends that. What it remembers is on the disk before its
// signature leaves, so that no crash makes it sign two histories.
import { createHash } from "node:crypto";
import { readdir } from "node:fs/promises";
import path from "node:path";
import { sameBytes } from "../base/bytes.ts";
import { readIfThere, writeWhole } from "../host/data-directory.ts";
import { makeDirectory } from "../journal/files/make-directory.ts";
import {
  announcedKey,
  followKeys,
  formatSignedNote,
  nodeSha256,
  parseCheckpoint,
  type SignedCheckpoint,
  signedByOne,
  type VerifierKey,
  verifyConsistency,
} from "../journal/index.ts";
import type { AddCheckpoint } from "./add-checkpoint.ts";
import { type NoteSigner, nodeVerify } from "./note-signer.ts";

export type WitnessAnswer =
  | { kind: "cosigned"; line: string; size: number }
  /** No key of this log was given to the witness. */
  | { kind: "unknown_log"; why: string }
  | { kind: "untrusted"; why: string }
  | { kind: "bad_request"; why: string }
  /** It cosigned another size, or other records at this size. */
  | { kind: "conflict"; size: number; why: string }
  | { kind: "inconsistent"; why: string };

export interface WitnessOptions {
  /** Its own folder. */
  directory: string;
  signer: NoteSigner;
  /** Keys of the logs that it watches. */
  trusted: readonly VerifierKey[];
  nowMs: () => number;
}

/** What is kept of a log. */
interface Kept {
  /** The checkpoint that was cosigned last. */
  note: string;
  /** Checkpoints that announced later keys, oldest first. */
  announcements: string[];
}

/** What contradicts a log is kept as evidence, but not without bound. */
const EVIDENCE_MAX = 100;

export class Witness {
  private readonly options: WitnessOptions;
  /** One request of a log after the other: check, keep, sign. */
  private readonly turns = new Map<string, Promise<unknown>>();

  constructor(options: WitnessOptions) {
    this.options = options;
  }

  /** Decides about one checkpoint. */
  async add(request: AddCheckpoint): Promise<WitnessAnswer> {
    const { origin } = request.parsed.checkpoint;
    const trusted = this.options.trusted.find(({ name }) => name === origin);
    if (trusted === undefined) {
      return { kind: "unknown_log", why: `no key of the log ${origin} was given to this witness` };
    }
    const before = this.turns.get(origin) ?? Promise.resolve();
    const turn = before.catch(() => {}).then(() => this.decide(request, trusted));
    this.turns.set(origin, turn);
    return await turn;
  }

  private async decide(request: AddCheckpoint, trusted: VerifierKey): Promise<WitnessAnswer> {
    const { parsed, note, old } = request;
    const { origin, size, root } = parsed.checkpoint;
    const kept = await this.read(origin);
    const announcements = kept?.announcements ?? [];
    const known = announcements.flatMap((one) => parseCheckpoint(one) ?? []);
    const keys = followKeys(trusted, known, nodeVerify);
    const signed = signedByOne(parsed, keys, nodeVerify);
    if (signed === null || signed === "bad") {
      return { kind: "untrusted", why: `no signature of ${origin} by a key that is trusted` };
    }
    if (old > size) return { kind: "bad_request", why: `old ${old} is more than ${size} records` };
    const last = kept === null ? null : parseCheckpoint(kept.note)!.checkpoint;
    const fault = growthFault(request, last);
    if (fault !== null) {
      if (fault.isEvidence) await this.keepEvidence(note);
      return fault.answer;
    }
    const isAnnounced = this.isNewKey(parsed, keys);
    const next = { note, announcements: isAnnounced ? [...announcements, note] : announcements };
    if (last === null || last.size < size || isAnnounced) await this.write(origin, next);
    else if (!sameBytes(last.root, root)) throw new Error("decided on another root");
    const { signer, nowMs } = this.options;
    const line = formatSignedNote(parsed.text, [signer.cosign(parsed.text, nowMs())]).slice(
      parsed.text.length + 1,
    );
    return { kind: "cosigned", line, size };
  }

  /** Whether it leads to a key that was not followed yet. */
  private isNewKey(parsed: SignedCheckpoint, keys: readonly VerifierKey[]): boolean {
    const next = announcedKey(parsed);
    if (next === null || keys.some(({ text }) => text === next.text)) return false;
    return followKeys(keys.at(-1)!, [parsed], nodeVerify).length > 1;
  }

  private async read(origin: string): Promise<Kept | null> {
    const bytes = await readIfThere(this.fileOf(origin));
    if (bytes === null) return null;
    const kept = JSON.parse(new TextDecoder().decode(bytes)) as Kept;
    if (parseCheckpoint(kept.note) !== null) return kept;
    throw new Error(`${this.fileOf(origin)}: expected what this witness keeps, found other text`);
  }

  private async write(origin: string, kept: Kept): Promise<void> {
    await makeDirectory(path.join(this.options.directory, "logs"));
    await writeWhole(this.fileOf(origin), `${JSON.stringify(kept, null, 1)}\n`);
  }

  private fileOf(origin: string): string {
    const name = createHash("sha256").update(origin).digest("hex");
    return path.join(this.options.directory, "logs", `${name}.json`);
  }

  /** A checkpoint that its log signed and that contradicts another one which it signed. */
  private async keepEvidence(note: string): Promise<void> {
    const folder = path.join(this.options.directory, "evidence");
    await makeDirectory(folder);
    const name = `${createHash("sha256").update(note).digest("hex").slice(0, 32)}.checkpoint`;
    const there = await readdir(folder);
    if (there.includes(name) || there.length >= EVIDENCE_MAX) return;
    await writeWhole(path.join(folder, name), note);
  }
}

interface GrowthFault {
  answer: WitnessAnswer;
  /** The log signed something that cannot be squared with what it signed before. */
  isEvidence: boolean;
}

/** Null when the checkpoint extends the last one. */
function growthFault(
  { parsed, old, proof }: AddCheckpoint,
  last: { size: number; root: Uint8Array } | null,
): GrowthFault | null {
  const { origin, size, root } = parsed.checkpoint;
  const lastSize = last?.size ?? 0;
  if (old !== lastSize) {
    const isRollback = size < lastSize;
    const why = isRollback
      ? `ROLLBACK of ${origin}: ${lastSize} records were cosigned, now it shows ${size}`
      : `the last checkpoint cosigned of ${origin} has ${lastSize} records, not ${old}`;
    return { answer: { kind: "conflict", size: lastSize, why }, isEvidence: false };
  }
  if (last !== null && size === lastSize) {
    if (proof.length > 0) return badProof("a proof between equal sizes is empty");
    if (sameBytes(root, last.root)) return null;
    const why = `FORK of ${origin}: at ${size} records it shows others than were cosigned`;
    return { answer: { kind: "conflict", size: lastSize, why }, isEvidence: true };
  }
  if (last === null) {
    return proof.length === 0 ? null : badProof("a proof from an empty log is empty");
  }
  const claim = { oldSize: lastSize, oldRoot: last.root, size, root };
  if (verifyConsistency(claim, proof, nodeSha256)) return null;
  const why = `FORK of ${origin}, or a wrong proof: ${size} records do not extend ${lastSize}`;
  return { answer: { kind: "inconsistent", why }, isEvidence: true };
}

function badProof(why: string): GrowthFault {
  return { answer: { kind: "inconsistent", why }, isEvidence: false };
}
