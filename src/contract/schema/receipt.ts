// Checkpoints of the ledger's log and receipts out of it. What is in a receipt, and how it is
// checked without a server, is docs/reference/journal.md.
import { z } from "zod";
import { type AnswerBase, answerBase } from "./answer-base.ts";
import { countSchema } from "./text.ts";

export interface CheckpointView {
  /** The log's name, for ever. */
  origin: string;
  /** Records that it covers. */
  size: number;
  /** Root of the tree over them, in base64. */
  root: string;
  /** The checkpoint as it is signed and passed on: a C2SP signed note. */
  note: string;
}

export const checkpointViewSchema: z.ZodType<CheckpointView> = z.strictObject({
  origin: z.string().meta({ description: "The log's name, for ever." }),
  size: countSchema("Records that it covers."),
  root: z.string().meta({ description: "Root of the tree over them, in base64." }),
  note: z.string().meta({ description: "As it is signed and passed on: a C2SP signed note." }),
});

const SIZE = /^(0|[1-9]\d{0,14})$/;

export interface ConsistencyQuery {
  /** Records that the older checkpoint covers. */
  old: string;
  /** Records that the newer one covers; the last checkpoint's by default. */
  size?: string;
}

export const consistencyQuerySchema: z.ZodType<ConsistencyQuery> = z.strictObject({
  old: z.string().regex(SIZE).meta({ description: "Records that the older checkpoint covers." }),
  size: z.exactOptional(
    z
      .string()
      .regex(SIZE)
      .meta({ description: "Records that the newer one covers; by default the last one's." }),
  ),
});

export interface ConsistencyAnswer {
  old: number;
  size: number;
  /** Hashes in base64, in the order of RFC 6962, 2.1.2. */
  proof: string[];
}

export const consistencyAnswerSchema: z.ZodType<ConsistencyAnswer> = z.strictObject({
  old: countSchema("Records that the older checkpoint covers."),
  size: countSchema("Records that the newer one covers."),
  proof: z
    .array(z.string())
    .meta({ description: "Hashes in base64, in the order of RFC 6962, 2.1.2." }),
});

/** One event, and the way from it to the signed root. Bytes are in hex. */
export interface ReceiptView {
  format: string;
  subject: {
    campaign: string;
    grant: string;
    redemption?: string;
    currency: string;
    decimals: number;
  };
  event: { bytes: string; index: number; blinding: string; path: string[] };
  record: { header: string; chain: string; path: string[] };
  checkpoint: string;
  announcements: string[];
}

const hashes = z.array(z.string());

const receiptViewSchema: z.ZodType<ReceiptView> = z.strictObject({
  format: z.string(),
  subject: z
    .strictObject({
      campaign: z.string(),
      grant: z.string(),
      redemption: z.exactOptional(z.string()),
      currency: z.string(),
      decimals: z.int(),
    })
    .meta({ description: "Names that the server knows; nothing proves them." }),
  event: z.strictObject({
    bytes: z.string(),
    index: z.int(),
    blinding: z.string(),
    path: hashes,
  }),
  record: z.strictObject({ header: z.string(), chain: z.string(), path: hashes }),
  checkpoint: z.string().meta({ description: "The signed checkpoint that the path leads to." }),
  announcements: z
    .array(z.string())
    .meta({ description: "Checkpoints that announced later keys of the log, oldest first." }),
});

export interface ReceiptAnswer extends AnswerBase {
  receipt?: ReceiptView;
  /** No checkpoint covers it yet: ask again then. */
  retryAtMs?: number;
}

export const receiptAnswerSchema: z.ZodType<ReceiptAnswer> = z.strictObject({
  ...answerBase,
  receipt: z.exactOptional(receiptViewSchema),
  retryAtMs: z.exactOptional(
    z.int().meta({ description: "No checkpoint covers it yet: ask again then." }),
  ),
});
