// A copy of the journal as it was at one moment, while the server writes on: which files it has,
// and their bytes, piece by piece. The newest segment ends with the last record that the log has
// taken in, as if the server had been killed just then; verify takes it like the original.
import { closeSync, existsSync, openSync, readFileSync, readSync, statSync } from "node:fs";
import path from "node:path";
import { headFile } from "../journal/files/head.ts";
import { segmentName } from "../journal/files/segments.ts";
import {
  BLOCK_BYTES,
  blockCeil,
  recordBytes,
  SEGMENT_RECORDS_OFFSET,
  SEGMENT_SEAL_OFFSET,
} from "../journal/format.ts";
import {
  type JournalRecord,
  LOG_ANNOUNCEMENTS_FILE,
  LOG_CHECKPOINTS_FILE,
  LOG_KEYS_FILE,
} from "../journal/index.ts";
import type { Place } from "./places-file.ts";

/** A stretch of a file: bytes of the original, bytes that are given here, or zeros. */
export type Stretch =
  | { kind: "read"; from: number; bytes: number }
  | { kind: "given"; content: Uint8Array }
  | { kind: "zeros"; bytes: number };

export interface CopiedFile {
  /** As in a data directory, such as journal/000000000001.journal. */
  name: string;
  bytes: number;
  stretches: Stretch[];
}

export interface JournalCopy {
  ledgerId: string;
  /** The last record of it, and its instant. */
  sequence: number;
  atMs: number;
  files: CopiedFile[];
}

/** Most that is read at a time. */
export const COPY_BYTES = 1_048_576;

export interface CopySource {
  journal: string;
  log: string;
  ledgerId: string;
  /** The last record that is taken in and where it lies; null while there is none. */
  last: { record: JournalRecord; place: Place } | null;
}

export function planCopy({ journal, log, ledgerId, last }: CopySource): JournalCopy {
  const segments = last?.place.segment ?? 1;
  const files: CopiedFile[] = [];
  for (let number = 1; number <= segments; number++) {
    const name = segmentName(number);
    const { size } = statSync(path.join(journal, name));
    const isLast = number === segments;
    const stretches = isLast ? lastSegment(size, last) : [whole(size)];
    files.push({ name: `journal/${name}`, bytes: size, stretches });
  }
  if (last !== null) {
    const { sequence, chain } = last.record;
    const content = headFile({ sequence, chain });
    files.push(given("journal/head", content));
  }
  // Small, and replaced or appended to meanwhile: taken as they are now.
  for (const name of [LOG_CHECKPOINTS_FILE, LOG_ANNOUNCEMENTS_FILE, LOG_KEYS_FILE]) {
    const file = path.join(log, name);
    if (existsSync(file)) files.push(given(`log/${name}`, new Uint8Array(readFileSync(file))));
  }
  return { ledgerId, sequence: last?.record.sequence ?? 0, atMs: last?.record.atMs ?? 0, files };
}

/** Without its seal, which says that another one follows, and without what came later. */
function lastSegment(size: number, last: CopySource["last"]): Stretch[] {
  const end =
    last === null
      ? SEGMENT_RECORDS_OFFSET
      : last.place.block * BLOCK_BYTES + blockCeil(recordBytes(last.record.payloadBytes));
  return [
    { kind: "read", from: 0, bytes: SEGMENT_SEAL_OFFSET },
    { kind: "zeros", bytes: SEGMENT_RECORDS_OFFSET - SEGMENT_SEAL_OFFSET },
    { kind: "read", from: SEGMENT_RECORDS_OFFSET, bytes: end - SEGMENT_RECORDS_OFFSET },
    { kind: "zeros", bytes: size - end },
  ];
}

function whole(bytes: number): Stretch {
  return { kind: "read", from: 0, bytes };
}

function given(name: string, content: Uint8Array): CopiedFile {
  return { name, bytes: content.length, stretches: [{ kind: "given", content }] };
}

/** Bytes of a segment, no more than COPY_BYTES; fewer where the file ends before. */
export function readCopy(journal: string, name: string, from: number, bytes: number): Uint8Array {
  const fd = openSync(path.join(journal, path.basename(name)), "r");
  try {
    const content = new Uint8Array(Math.min(bytes, COPY_BYTES));
    const got = readSync(fd, content, 0, content.length, from);
    return content.subarray(0, got);
  } finally {
    closeSync(fd);
  }
}
