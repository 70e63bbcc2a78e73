// One question to the verifying thread at a time: it is made for the question and ended with it, so
// that stopping is at once and memory is given back.
import { useCallback, useEffect, useRef, useState } from "react";
import { shownTexts } from "../../shown-text.ts";
import type { FromWorker, ReceiptResult, Refusal, ToWorker } from "./worker/messages.ts";
import type { JournalResult, Progress } from "./worker/verify-journal.ts";

/** What each kind of question comes to. */
interface Results {
  journal: JournalResult;
  receipt: ReceiptResult;
}

export type AuditState<R> =
  | { step: "idle" }
  | { step: "running"; progress: Progress | null }
  | { step: "done"; result: R }
  | { step: "refused"; refusal: Refusal };

const GONE: Refusal = {
  why: "failed",
  message: "what checks it could not be loaded: the server does not answer, or has a newer console",
};

export interface Audit<R> {
  state: AuditState<R>;
  ask(question: ToWorker): void;
  /** Ends what is running, and forgets what was found. */
  stop(): void;
}

export function useAudit<K extends keyof Results>(kind: K): Audit<Results[K]> {
  const [state, setState] = useState<AuditState<Results[K]>>({ step: "idle" });
  const worker = useRef<Worker | null>(null);
  const end = useCallback(() => {
    worker.current?.terminate();
    worker.current = null;
  }, []);
  useEffect(() => end, [end]);
  const ask = (question: ToWorker): void => {
    end();
    setState({ step: "running", progress: null });
    const made = new Worker(new URL("./worker/audit-worker.ts", import.meta.url), {
      type: "module",
    });
    worker.current = made;
    made.onmessage = ({ data }: MessageEvent<FromWorker>) => {
      if (data.kind === "progress") setState({ step: "running", progress: data });
      else {
        end();
        if (data.kind === "refused") {
          setState({ step: "refused", refusal: shownTexts(data.refusal) });
        }
        // A question is answered in its own kind.
        else if (data.kind === kind) {
          setState({ step: "done", result: shownTexts(data.result) as Results[K] });
        }
      }
    };
    made.onerror = ({ message }) => {
      end();
      // Empty where its file could not be loaded.
      setState({ step: "refused", refusal: message ? { why: "failed", message } : GONE });
    };
    made.postMessage(question);
  };
  const stop = (): void => {
    end();
    setState({ step: "idle" });
  };
  return { state, ask, stop };
}
