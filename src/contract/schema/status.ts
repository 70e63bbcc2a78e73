// How a server is: what it promises of its answers, how busy it is, and what it stands on.
import { z } from "zod";
import { type AnswerBase, answerBase } from "./answer-base.ts";
import { countSchema } from "./text.ts";

/** One operation's answers since the start. */
export interface AnsweredView {
  operation: string;
  count: number;
  p50Ms: number;
  p99Ms: number;
}

export interface ServerStatusAnswer extends AnswerBase {
  version: string;
  node: string;
  uptimeMs: number;
  ready: boolean;
  /** Why it is not. */
  reason?: string;
  /** synced: an answer leaves once the disk says that it has what the answer rests on. */
  durability: "synced" | "page_cache";
  campaigns: number;
  /** Records in the journal, and lines decided and bytes written since the start. */
  records: number;
  decidedLines: number;
  bytesWritten: number;
  waitingLines: number;
  requestsUnderWay: number;
  batchesUnderWay: number;
  eventStreams: number;
  memoryBytes: number;
  heapBytes: number;
  answers: AnsweredView[];
  /** Absent where the server runs without receipts, and while their log is not there. */
  log?: LogView;
}

export interface LogView {
  origin?: string;
  records: number;
  signed: number;
  keys: string[];
  journalBytes: number;
  diskFreeBytes: number;
  diskBytes: number;
}

export const serverStatusAnswerSchema: z.ZodType<ServerStatusAnswer> = z.strictObject({
  ...answerBase,
  version: z.string().meta({ description: "Of hongbao." }),
  node: z.string().meta({ description: "Of Node." }),
  uptimeMs: countSchema("How long the process has run."),
  ready: z.boolean().meta({ description: "Whether requests are decided." }),
  reason: z.exactOptional(z.string().meta({ description: "Why it is not ready." })),
  durability: z.enum(["synced", "page_cache"]).meta({
    description:
      "synced: an answer leaves once the disk has confirmed what it rests on, and survives a " +
      "crash of the machine; page_cache: it survives a crash of the process alone.",
  }),
  campaigns: countSchema("Campaigns in the ledger."),
  records: countSchema("Records in the journal."),
  decidedLines: countSchema("Lines decided since the start."),
  bytesWritten: countSchema("Bytes of records written since the start."),
  waitingLines: countSchema("Lines that wait for the writer."),
  requestsUnderWay: countSchema("Single requests let in and not answered."),
  batchesUnderWay: countSchema("Batches let in and not answered."),
  eventStreams: countSchema("Clients of the event stream."),
  memoryBytes: countSchema("Memory of the process, as the system counts it."),
  heapBytes: countSchema("Of it, JavaScript's heap in use."),
  answers: z
    .array(
      z.strictObject({
        operation: z.string(),
        count: countSchema("Answers since the start."),
        p50Ms: z.number().meta({ description: "Half of them took no longer." }),
        p99Ms: z.number().meta({ description: "99 of 100 took no longer." }),
      }),
    )
    .meta({ description: "By operation, the most frequent first." }),
  log: z.exactOptional(
    z
      .strictObject({
        origin: z.exactOptional(z.string().meta({ description: "The log's name, for ever." })),
        records: countSchema("Records that the log has taken in."),
        signed: countSchema("Records that its last checkpoint covers."),
        keys: z
          .array(z.string())
          .meta({ description: "Its public keys, oldest first; receipts are checked with them." }),
        journalBytes: countSchema("Bytes of the journal's files."),
        diskFreeBytes: countSchema("Room on the journal's disk."),
        diskBytes: countSchema("Size of that disk."),
      })
      .meta({ description: "Absent where the server runs without receipts." }),
  ),
});
