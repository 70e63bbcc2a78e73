// A golden journal as it lies in the repository: compressed segments and what must come of them.
import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";
import { payloadWords } from "../../src/core/event-view.ts";
import type { MoneyInputs } from "../../src/host/index.ts";
import type { DirectoryReader } from "../../src/journal/index.ts";
import type { CampaignReport } from "../../src/journal/verify/books.ts";

/** What must come of a golden journal. Bytes are in hex. */
export interface Expected {
  ledgerId: string;
  /** Bytes of each file of the journal's directory, by name. */
  files: Record<string, number>;
  masterKey: string;
  /** Sealed pseudonym keys by campaign ordinal. */
  pseudonymKeys: string[];
  atMs: number;
  lastSequence: number;
  lastChain: string;
  events: number;
  writerEpochs: number;
  /** The kinds of its events; absent in the first golden journal. */
  kinds?: number[];
  campaigns: CampaignReport[];
  /** How often verify made each check. */
  checks: Record<string, number>;
  /** Claims asked again after the close. */
  replays: { campaign: string; input: MoneyInputs["claim"]; answer: object }[];
}

/** The kinds of event that a journal holds, in order. */
export async function kindsIn(reader: DirectoryReader): Promise<number[]> {
  const kinds = new Set<number>();
  for await (const record of reader.records()) {
    const words = payloadWords(record.payload);
    for (let at = 0; at < words.length; at += words[at]! >>> 16) kinds.add(words[at]! & 0xff);
  }
  return [...kinds].sort((a, b) => a - b);
}

const KEPT = /\.journal$|^head$/;

/** Puts the files of a journal into `folder`, without zeros at their ends. */
export async function packJournal(
  directory: string,
  folder: string,
): Promise<Record<string, number>> {
  await mkdir(folder, { recursive: true });
  const lengths: Record<string, number> = {};
  for (const name of (await readdir(directory)).filter((one) => KEPT.test(one)).sort()) {
    const bytes = await readFile(join(directory, name));
    let end = bytes.length;
    while (end > 0 && bytes[end - 1] === 0) end -= 1;
    await writeFile(join(folder, `${name}.gz`), gzipSync(bytes.subarray(0, end), { level: 9 }));
    lengths[name] = bytes.length;
  }
  return lengths;
}

/** Restores the files of a golden folder into a directory, at their full length. */
export async function unpackJournal(
  folder: string,
  directory: string,
  lengths: Record<string, number>,
): Promise<void> {
  await mkdir(directory, { recursive: true });
  for (const [name, length] of Object.entries(lengths)) {
    const bytes = Buffer.alloc(length);
    gunzipSync(await readFile(join(folder, `${name}.gz`))).copy(bytes);
    await writeFile(join(directory, name), bytes);
  }
}

export async function readExpected(folder: string): Promise<Expected> {
  return JSON.parse(await readFile(join(folder, "expected.json"), "utf8")) as Expected;
}

/** An answer without what says where in the journal it came from. */
export function withoutPlace(answer: object): object {
  const { sequence: _, durable: __, atMs: ___, ...rest } = { ...answer } as Record<string, unknown>;
  return rest;
}
