// What `hongbao verify` does, over files in a browser: the same reader, the same books, the same
// checks, with a portable SHA-256.
import { sha256 } from "../../../../base/hash.ts";
import { readJournal } from "../../../../journal/files/read-journal.ts";
import { splitNotes } from "../../../../journal/log/key-chain.ts";
import { logOrigin } from "../../../../journal/log/log-origin.ts";
import { parseVerifierKey, type VerifierKey } from "../../../../journal/log/note-keys.ts";
import { type GivenCheckpoint, signedUpTo } from "../../../../journal/verify/checkpoints.ts";
import { type VerifyReport, verifyRecords } from "../../../../journal/verify/verify.ts";
import { filesDisk } from "./files-disk.ts";
import { type GivenFile, type GivenJournal, givenJournal } from "./given-journal.ts";

/** Whose key the checkpoints' signatures were checked with. */
export type KeySource = "given" | "server" | "file" | "none";

export interface JournalResult {
  report: VerifyReport;
  /** Met while reading: torn bytes at the end, and what belongs to no record. */
  notices: string[];
  checkpoints: number;
  keySource: KeySource;
  tookMs: number;
}

export interface JournalQuestion {
  files: readonly GivenFile[];
  /** As somebody typed it; empty: none. */
  key: string;
  /** Public keys of the server that shows the page. */
  serverKeys: readonly string[];
}

export interface Progress {
  /** Records judged, of so many. */
  done: number;
  total: number;
}

/** Rejects with HongbaoError where files are damaged, and with Misgiven where they are none. */
export async function verifyJournal(
  { files, key, serverKeys }: JournalQuestion,
  onProgress: (progress: Progress) => void,
): Promise<JournalResult> {
  const startedAtMs = performance.now();
  const given = await givenJournal(files);
  if (typeof given === "string") throw new Misgiven(given);
  const checkpoints = splitNotes(given.checkpoints).map((note, i): GivenCheckpoint => {
    return { source: `log/checkpoints, note ${i + 1}`, note };
  });
  const disk = filesDisk("journal", given.journal);
  const reader = await readJournal(disk, sha256, { signedSequence: signedUpTo(checkpoints) });
  const { ledgerId, durableSequence: total } = reader;
  onProgress({ done: 0, total });
  const chosen = chooseKey(key, serverKeys, given, logOrigin(ledgerId));
  const report = await verifyRecords(reader.records(), {
    ledgerId,
    sha256,
    checkpoints: { given: checkpoints, ...(chosen.key === null ? {} : { key: chosen.key }) },
    onProgress: ({ sequence }) => onProgress({ done: sequence, total }),
  });
  return {
    report,
    notices: [...reader.notices],
    checkpoints: checkpoints.length,
    keySource: chosen.source,
    tookMs: performance.now() - startedAtMs,
  };
}

/** What was chosen is nothing that could be verified. */
export class Misgiven extends Error {
  override name = "Misgiven";
}

function chooseKey(
  text: string,
  serverKeys: readonly string[],
  { keys }: GivenJournal,
  origin: string,
): { key: VerifierKey | null; source: KeySource } {
  if (text.trim() !== "") {
    const key = parseVerifierKey(text.trim());
    if (key !== null) return { key, source: "given" };
    throw new Misgiven("the key: expected one such as name+0123abcd+AR…, found other text");
  }
  const first = (lines: readonly string[]): VerifierKey | null =>
    lines.map((line) => parseVerifierKey(line)).find((one) => one?.name === origin) ?? null;
  const own = first(serverKeys);
  if (own !== null) return { key: own, source: "server" };
  const beside = first(keys.split("\n"));
  return { key: beside, source: beside === null ? "none" : "file" };
}
