// The thread that verifies, so that the page goes on answering. It is ended and made anew for each
// question, and has no way to the server.
import { HongbaoError } from "../../../../base/error.ts";
import { receiptResult } from "./check-receipt.ts";
import type { FromWorker, Refusal, ToWorker } from "./messages.ts";
import { Misgiven, verifyJournal } from "./verify-journal.ts";

const say = (message: FromWorker): void => postMessage(message);

addEventListener("message", async ({ data }: MessageEvent<ToWorker>) => {
  try {
    if (data.kind === "receipt") {
      const { text, key, witnesses } = data;
      say({ kind: "receipt", result: receiptResult(text, key, witnesses) });
      return;
    }
    const result = await verifyJournal(data, (progress) => say({ kind: "progress", ...progress }));
    say({ kind: "journal", result });
  } catch (error) {
    say({ kind: "refused", refusal: refusalOf(error) });
  }
});

function refusalOf(error: unknown): Refusal {
  if (error instanceof Misgiven) return { why: "misgiven", message: error.message };
  if (error instanceof HongbaoError) {
    const { file, offset, sequence } = error.details as Partial<Refusal>;
    return {
      ...{ why: "damaged" as const, message: error.message },
      ...(file !== undefined && { file }),
      ...(offset !== undefined && { offset }),
      ...(sequence !== undefined && { sequence }),
    };
  }
  return { why: "failed", message: error instanceof Error ? error.message : String(error) };
}
