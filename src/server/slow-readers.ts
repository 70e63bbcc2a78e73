// Answers are made as fast as they are taken, but nobody may hold a place, or memory, by taking
// none: who reads nothing for a while, or takes too long in all, is dropped.
import type { ServerResponse } from "node:http";
import { LIMITS } from "../base/limits.ts";

/** Resolves when a response takes more, or is gone; drops a reader who takes nothing. */
export function drained(response: ServerResponse): Promise<void> {
  if (response.destroyed) return Promise.resolve(); // nothing will be told any more
  return new Promise((resolve) => {
    const tooSlow = setTimeout(() => drop(response), LIMITS.readerMs);
    const done = (): void => {
      clearTimeout(tooSlow);
      response.off("drain", done);
      response.off("close", done);
      resolve();
    };
    response.on("drain", done);
    response.on("close", done);
  });
}

/** Drops a response that was not taken whole by then. */
export function dropAfter(response: ServerResponse, ms: number): void {
  if (response.destroyed) return;
  const tooLong = setTimeout(() => drop(response), ms);
  const done = (): void => clearTimeout(tooLong);
  response.once("finish", done);
  response.once("close", done);
}

/** An answer that waits for an earlier one of its connection has no socket of its own yet. */
function drop(response: ServerResponse): void {
  (response.socket ?? response.req.socket).destroy();
}
