// Streams records out of segments whose ends are known, checking each. Damage met here lies before
// the end, so it is never a torn write.
import type { JournalRecord, Sha256 } from "./codec.ts";
import { RESTORE, refusal } from "./damage.ts";
import type { Disk } from "./disk.ts";
import { SEGMENT_RECORDS_OFFSET } from "./format.ts";
import { SegmentScan } from "./scan.ts";
import type { Segment } from "./segments.ts";

/** Records `fromSequence` to `lastSequence`, in order. */
export async function* readSegments(
  disk: Disk,
  segments: readonly Segment[],
  fromSequence: number,
  lastSequence: number,
  sha256: Sha256,
): AsyncGenerator<JournalRecord> {
  for (let index = 0; index < segments.length; index++) {
    const segment = segments[index]!;
    const next = segments[index + 1];
    const end = Math.min(lastSequence, (next?.header.firstSequence ?? Infinity) - 1);
    if (end < fromSequence || end < segment.header.firstSequence) continue;
    const file = await disk.openForReading(segment.name);
    try {
      const scan = new SegmentScan({
        file,
        segmentBytes: segment.header.segmentBytes,
        offset: SEGMENT_RECORDS_OFFSET,
        sequence: segment.header.firstSequence,
        previousChain: segment.header.previousChain,
        sha256,
      });
      while (scan.sequence <= end) {
        const found = await scan.next();
        if (found === null) throw damagedRecord(disk, segment, scan);
        if (found.record.sequence >= fromSequence) yield found.record;
      }
    } finally {
      await file.close();
    }
  }
}

function damagedRecord(disk: Disk, segment: Segment, scan: SegmentScan): Error {
  const { offset, sequence } = scan;
  const where = { place: disk.place, file: segment.name, offset, sequence };
  const found = `record ${sequence} is damaged (${scan.stop}), and it was durable`;
  return refusal("journal_damaged", where, found, RESTORE);
}
