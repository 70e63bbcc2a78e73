// Streams records out of segments whose ends are known, checking each. Damage met here lies before
// the end, so it is never a torn write.
import type { JournalRecord, Sha256 } from "../codec.ts";
import { SEGMENT_RECORDS_OFFSET } from "../format.ts";
import { FAULT_WORDS, RESTORE, refusal } from "./damage.ts";
import type { Disk } from "./disk.ts";
import { SegmentScan } from "./scan.ts";
import type { Segment } from "./segments.ts";
import type { StrayBytes } from "./stray-bytes.ts";

/** Where an earlier reading ended: a reader that follows the journal goes on there. */
interface ReadMark {
  segment: string;
  /** The record that comes next, and what it must be chained to. */
  sequence: number;
  offset: number;
  chain: Uint8Array;
}

/**
 * Every follower needs one; beyond that the oldest is forgotten, which costs it one long reading.
 */
const MARKS_KEPT = 64;
/** Up to so many records behind, a follower reads little at a time. */
const FOLLOWS_RECORDS = 32;
const FOLLOWER_WINDOW_BYTES = 65_536;

class ReadMarks {
  private readonly marks: ReadMark[] = [];

  keep(mark: ReadMark): void {
    const known = this.marks.findIndex(({ sequence }) => sequence === mark.sequence);
    if (known >= 0) this.marks.splice(known, 1);
    this.marks.push(mark);
    if (this.marks.length > MARKS_KEPT) this.marks.shift();
  }

  /** The last mark of a segment that does not lie behind the record. */
  before(segment: string, sequence: number): ReadMark | null {
    let best: ReadMark | null = null;
    for (const mark of this.marks) {
      if (mark.segment !== segment || mark.sequence > sequence) continue;
      if (best === null || mark.sequence > best.sequence) best = mark;
    }
    return best;
  }
}

const MARKS = new WeakMap<readonly Segment[], ReadMarks>();

/** The marks of a journal, which is known by its list of segments. */
function marksOf(segments: readonly Segment[]): ReadMarks {
  const known = MARKS.get(segments);
  if (known !== undefined) return known;
  const marks = new ReadMarks();
  MARKS.set(segments, marks);
  return marks;
}

/** Records `fromSequence` to `lastSequence`, in order; `stray` hears of what must be zero. */
export async function* readSegments(
  disk: Disk,
  segments: readonly Segment[],
  fromSequence: number,
  lastSequence: number,
  sha256: Sha256,
  stray: StrayBytes | null = null,
): AsyncGenerator<JournalRecord> {
  const marks = marksOf(segments);
  for (let index = 0; index < segments.length; index++) {
    const segment = segments[index]!;
    const next = segments[index + 1];
    const end = Math.min(lastSequence, (next?.header.firstSequence ?? Infinity) - 1);
    if (end < fromSequence || end < segment.header.firstSequence) continue;
    const file = await disk.openForReading(segment.name);
    const padding = (bytes: Uint8Array, offset: number): void =>
      stray?.mustBeZero(segment.name, bytes, offset);
    try {
      await stray?.checkBeginning(file);
      const mark = marks.before(segment.name, fromSequence);
      const follows = mark !== null && end - mark.sequence < FOLLOWS_RECORDS;
      const scan = new SegmentScan({
        file,
        segmentBytes: segment.header.segmentBytes,
        offset: mark?.offset ?? SEGMENT_RECORDS_OFFSET,
        sequence: mark?.sequence ?? segment.header.firstSequence,
        previousChain: mark?.chain ?? segment.header.previousChain,
        sha256,
        ...(follows ? { windowBytes: FOLLOWER_WINDOW_BYTES } : {}),
        ...(stray === null ? {} : { padding }),
      });
      while (scan.sequence <= end) {
        const found = await scan.next();
        if (found === null) throw damagedRecord(disk, segment, scan);
        if (found.record.sequence >= fromSequence) yield found.record;
      }
      const { sequence, offset } = scan;
      if (next !== undefined) await stray?.checkRest(file, offset, segment.header.segmentBytes);
      const chain = scan.chain.slice(); // its window of 4 MiB must not live on
      marks.keep({ segment: segment.name, sequence, offset, chain });
    } finally {
      await file.close();
    }
  }
}

function damagedRecord(disk: Disk, segment: Segment, scan: SegmentScan): Error {
  const { offset, sequence } = scan;
  const where = { place: disk.place, file: segment.name, offset, sequence };
  const found = `record ${sequence} is damaged (${FAULT_WORDS[scan.stop!]}), and it was durable`;
  return refusal("journal_damaged", where, found, RESTORE);
}
