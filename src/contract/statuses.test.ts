import { expect, test } from "vitest";
import { isStatus, STATUS_NAMES, STATUSES, statusEntry, statusHttp } from "./statuses.ts";

test("the table follows the core's list, in its order", () => {
  expect(STATUSES.map((entry) => entry.status)).toEqual(STATUS_NAMES);
  expect(new Set(STATUS_NAMES).size).toBe(STATUS_NAMES.length);
});

test("successes come before refusals", () => {
  const kinds = STATUSES.map((entry) => entry.kind);
  expect(kinds.lastIndexOf("success")).toBeLessThan(kinds.indexOf("refusal"));
});

test("unknown things are 404, conflicts 409, every other decided outcome 200", () => {
  for (const { status, http } of STATUSES) {
    const isConflict = /_conflict$|_exists$/.test(status);
    expect(http).toBe(status.startsWith("unknown_") ? 404 : isConflict ? 409 : 200);
    expect(statusHttp(status)).toBe(http);
  }
});

test("a success needs no retry, and a stale id is not used again", () => {
  for (const entry of STATUSES) if (entry.kind === "success") expect(entry.retry).toBe("never");
  expect(statusEntry("stale").retry).toBe("new_id");
  expect(statusEntry("cap_reached").retry).toBe("later");
});

test("only members of the list are statuses", () => {
  expect(isStatus("granted")).toBe(true);
  expect(isStatus("toString")).toBe(false);
});
