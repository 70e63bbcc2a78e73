// The ledger as a transparency log: its checkpoints, that they grow consistently, and receipts that
// can be checked without any server.
import { z } from "zod";
import type { Rows } from "../operation.ts";
import {
  checkpointViewSchema,
  consistencyAnswerSchema,
  consistencyQuerySchema,
  type ReceiptView,
  receiptAnswerSchema,
} from "../schema/receipt.ts";
import { READ } from "./row-shapes.ts";

const NOTE =
  "hongbao/6f1c2a90\n4712\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n\n" +
  "— hongbao/6f1c2a90 Az3grlgtzPICa5OS8npVmf1M…\n";
const RECEIPT: ReceiptView = {
  format: "hongbao/receipt/1",
  subject: {
    campaign: "qwen-2026",
    grant: "0000m3v7k2q9x4tz8a6c",
    currency: "CNY",
    decimals: 2,
  },
  event: { bytes: "08001f00…", index: 3, blinding: "5b1f…", path: ["9c02…"] },
  record: { header: "68627265636f7264…", chain: "77ab…", path: ["e1d4…", "04f9…"] },
  checkpoint: NOTE,
  announcements: [],
};
const BASE = {
  method: "GET",
  kind: "read",
  movesMoney: false,
  batchPath: null,
  query: null,
  body: null,
  errors: ["receipts_unavailable"],
  mcp: null,
} as const;
const OPEN = { ...BASE, scopes: [], outcomes: [] } as const;

export const RECEIPT_ROWS: Rows<
  | "checkpoint.show"
  | "checkpoint.consistency"
  | "checkpoint.text"
  | "grant.receipt"
  | "redemption.receipt"
> = {
  "checkpoint.show": {
    ...OPEN,
    name: "checkpoint.show",
    path: "/v1/checkpoint",
    produces: "json",
    answer: checkpointViewSchema,
    summary: "The last signed checkpoint of the ledger's log.",
    description:
      "Open to everybody: it says how many records there are and what they hash to, and nothing " +
      "of what is in them. Whoever keeps one can tell later whether the past was changed.",
    example: {
      params: {},
      query: null,
      body: null,
      answer: {
        origin: "hongbao/6f1c2a90",
        size: 4712,
        root: "CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=",
        note: NOTE,
      },
    },
  },
  "checkpoint.consistency": {
    ...OPEN,
    name: "checkpoint.consistency",
    path: "/v1/checkpoint/consistency",
    produces: "json",
    query: consistencyQuerySchema,
    answer: consistencyAnswerSchema,
    summary: "A proof that the log of one checkpoint extends that of an older one.",
    description:
      "Both sizes are those of checkpoints, or any up to the last one's. Open to everybody; " +
      "`hongbao checkpoint compare` asks for it and checks it.",
    example: {
      params: {},
      query: { old: "4700" },
      body: null,
      answer: { old: 4700, size: 4712, proof: ["PlRNCrwHpqhGrupue0L7gxbjbMiKA9temvuZZDDpkaw="] },
    },
  },
  "checkpoint.text": {
    ...OPEN,
    name: "checkpoint.text",
    path: "/checkpoint",
    produces: "text",
    answer: z.string(),
    summary: "The last signed checkpoint as text.",
    description: "A C2SP signed note, for whoever keeps checkpoints; open to everybody.",
    example: { params: {}, query: null, body: null, answer: NOTE },
  },
  "grant.receipt": {
    ...BASE,
    name: "grant.receipt",
    path: "/v1/campaigns/{campaign}/grants/{grant}/receipt",
    scopes: ["app", "viewer", "admin"],
    produces: "json",
    answer: receiptAnswerSchema,
    outcomes: ["ok", "unknown_campaign", "unknown_grant", "checkpoint_pending"],
    summary: "Proof that a grant stands in the journal, which can be checked offline.",
    description:
      "It holds the event with its pseudonyms, so that it is for its owner and not for " +
      "publication. Some seconds after the grant a checkpoint covers it; until then the answer " +
      "is `checkpoint_pending`, with `retryAtMs`.",
    example: {
      params: { campaign: "qwen-2026", grant: RECEIPT.subject.grant },
      query: null,
      body: null,
      answer: { ...READ, receipt: RECEIPT },
    },
    mcp: {
      tool: "show_receipt",
      audience: "manager",
      description: "Show the receipt of a grant: proof that it stands in the journal.",
      bound: [],
    },
  },
  "redemption.receipt": {
    ...BASE,
    name: "redemption.receipt",
    path: "/v1/campaigns/{campaign}/redemptions/{redemption}/receipt",
    scopes: ["app", "merchant", "viewer", "admin"],
    produces: "json",
    answer: receiptAnswerSchema,
    outcomes: ["ok", "unknown_campaign", "unknown_redemption", "checkpoint_pending"],
    summary: "Proof that a redemption stands in the journal, which can be checked offline.",
    description: "As for a grant. A merchant's key gets those of its own merchant.",
    example: {
      params: { campaign: "qwen-2026", redemption: "order-77" },
      query: null,
      body: null,
      answer: { ...READ, status: "checkpoint_pending", retryAtMs: 1_770_339_611_000 },
    },
  },
};
