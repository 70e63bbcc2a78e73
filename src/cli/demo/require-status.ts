// What the demo asks as the campaign's operator must succeed: nothing after it would make sense.
import { HongbaoError } from "../../base/error.ts";
import type { Status } from "../../contract/index.ts";

/** Throws `run_failed` for any other status. */
export function requireStatus(operation: string, status: Status, expected: Status): void {
  if (status === expected) return;
  const message = `${operation} was answered ${status}, not ${expected}; the demo cannot go on`;
  throw new HongbaoError({ code: "run_failed", message });
}
