// A worker for as long as what asks it is shown.
import { useEffect, useState } from "react";
import { WorkerCalls } from "./worker-calls.ts";

/**
 * Null until it runs.
 * @param make the same function each time, or the worker is made anew
 */
export function useWorker<Call>(make: () => Worker): WorkerCalls<Call> | null {
  const [calls, setCalls] = useState<WorkerCalls<Call> | null>(null);
  useEffect(() => {
    const made = new WorkerCalls<Call>(make);
    setCalls(made);
    return () => made.end();
  }, [make]);
  return calls;
}
