// What lets others look behind the server: its journal as it is, and how it is itself.
import { z } from "zod";
import type { Rows } from "../operation.ts";
import { serverStatusAnswerSchema } from "../schema/status.ts";
import { PLAIN_READ, READ } from "./row-shapes.ts";

export const AUDIT_ROWS: Rows<"journal.export" | "server.status"> = {
  "journal.export": {
    name: "journal.export",
    ...PLAIN_READ,
    path: "/v1/journal.tar",
    scopes: ["admin"],
    produces: "bytes",
    answer: z.string(),
    outcomes: [],
    errors: ["receipts_unavailable"],
    summary: "The whole journal as it is now, with its checkpoints, as one archive.",
    description:
      "A tar archive laid out like a data directory, without secrets: unpacked, `hongbao verify` " +
      "takes it like the original; so does the console's audit page, without unpacking. It ends " +
      "with the record that the header Hongbao-Sequence names, while the server writes on. " +
      "At most two at a time. Needs the log that receipts come from; without it copy the folder " +
      "journal/ while the server is stopped.",
    example: { params: {}, query: null, body: null, answer: "…" },
    mcp: null,
  },
  "server.status": {
    name: "server.status",
    ...PLAIN_READ,
    path: "/v1/status",
    scopes: ["viewer", "admin"],
    answer: serverStatusAnswerSchema,
    outcomes: ["ok"],
    errors: [],
    summary: "How the server is: what its answers survive, how busy it is, room on its disk.",
    description:
      "For people; programs that watch over it read `/metrics`. Quantiles are of all answers " +
      "since the start.",
    example: {
      params: {},
      query: null,
      body: null,
      answer: {
        ...READ,
        ...{ version: "1.0.0", node: "v22.12.0", uptimeMs: 39_600_000, ready: true },
        ...{ durability: "synced", campaigns: 1, records: 4712, decidedLines: 60_000 },
        ...{ bytesWritten: 9_000_000, waitingLines: 0, requestsUnderWay: 3, batchesUnderWay: 0 },
        ...{ eventStreams: 1, memoryBytes: 180_000_000, heapBytes: 40_000_000 },
        answers: [{ operation: "claim", count: 60_000, p50Ms: 1, p99Ms: 5 }],
        log: {
          ...{ origin: "hongbao/6f1c2a90", records: 4712, signed: 4700, keys: [] },
          ...{ journalBytes: 67_108_864, diskFreeBytes: 40_000_000_000, diskBytes: 80_000_000_000 },
        },
      },
    },
    mcp: null,
  },
};
