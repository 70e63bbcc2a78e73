// What is known of a journal before its end is looked for.
import type { Sha256 } from "../codec.ts";
import type { Disk } from "./disk.ts";
import type { HeadContent } from "./head.ts";
import type { Segment } from "./segments.ts";

/** A sequence that something outside the segments knows to be durable. */
export interface KnownRecord {
  /** For messages: "the head file", "snapshot 12", "checkpoint of 3 May". */
  source: string;
  sequence: number;
  chain: Uint8Array | null;
}

export interface RecoveryInput {
  disk: Disk;
  segments: Segment[];
  head: HeadContent;
  known: KnownRecord[];
  acceptBitFlip: boolean;
  sha256: Sha256;
}
