// One receipt, as its owner would ask for it, and then as a stranger would check it: without a
// server, by the log's public key alone.
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Client } from "../../client/index.ts";
import type { ReceiptView } from "../../contract/index.ts";
import { dataPaths } from "../../host/data-directory.ts";
import { checkReceipt } from "../../journal/index.ts";
import { nodeVerify } from "../../transparency/note-signer.ts";
import { publicKeys } from "../../transparency/signing-keys.ts";
import { requireStatus } from "./require-status.ts";

export interface ReceiptFacts {
  /** Null: it is genuine; else why it is not. */
  readonly fault: string | null;
  /** The record that it is of, and how many the signed checkpoint covers. */
  readonly record: number;
  readonly covered: number;
}

/** The server signs every ten seconds; while it is busy the log may be behind by some more. */
const WAIT_MAX_MS = 30_000;
const ASK_AGAIN_MS = 250;

export async function fetchReceipt(
  admin: Client,
  campaign: string,
  grant: string,
): Promise<ReceiptView> {
  const untilMs = performance.now() + WAIT_MAX_MS;
  for (;;) {
    const { status, receipt } = await admin.grant.receipt({ campaign, grant });
    if (receipt !== undefined) return receipt;
    if (status !== "checkpoint_pending" || performance.now() > untilMs) {
      requireStatus("grant.receipt", status, "ok");
    }
    await new Promise((resolve) => setTimeout(resolve, ASK_AGAIN_MS));
  }
}

/** Writes it down, and checks what was written. */
export async function checkedReceipt(
  receipt: ReceiptView,
  folder: string,
  directory: string,
): Promise<ReceiptFacts> {
  const text = `${JSON.stringify(receipt, null, 2)}\n`;
  await writeFile(join(folder, RECEIPT_FILE), text);
  const [key] = await publicKeys(dataPaths(directory).log);
  const none = { record: 0, covered: 0 };
  if (key === undefined) return { fault: "the log has no public key", ...none };
  const facts = checkReceipt(new TextEncoder().encode(text), { key, verify: nodeVerify });
  if (typeof facts === "string") return { fault: facts, ...none };
  return { fault: null, record: facts.sequence, covered: facts.size };
}

export const RECEIPT_FILE = "one.receipt";
