// The comparison of answers with the journal agrees only when both say the same, in both
// directions.
import { describe, expect, test } from "vitest";
import { AnswerLog } from "./answer-log.ts";
import { compareAnswers } from "./compare-answers.ts";
import type { BoundId } from "./ledger-reading.ts";

const KEYS = { id: (id: string) => `pseudonym of ${id}`, grant: (grant: string) => Number(grant) };

function ledgerOf(entries: Record<string, BoundId>): { ids: Map<string, BoundId> } {
  return { ids: new Map(Object.entries(entries).map(([id, bound]) => [KEYS.id(id), bound])) };
}

function answered(changes: { status?: "granted" | "held_out"; amountMinor?: number } = {}) {
  const log = new AnswerLog();
  const { status = "granted", amountMinor = 2500 } = changes;
  const kind = { operation: "claim", cause: "fresh", status, replayed: false, cap: null } as const;
  log.add({ ...kind, id: "c1", grant: "7", amountMinor });
  log.add({ ...kind, cause: "duplicate", replayed: true, id: "c1", grant: "7", amountMinor });
  log.add({ ...kind, status: "stale", id: "c2", grant: null, amountMinor: 0 });
  return log;
}

const GRANTED: BoundId = { kind: "granted", grant: 7, amountMinor: 2500 };

describe("answers and journal", () => {
  test("agree when every answer is journalled as it was given", () => {
    const comparison = compareAnswers(answered(), ledgerOf({ c1: GRANTED }), KEYS);
    expect(comparison).toMatchObject({ agrees: true, answers: 3, binding: 2, journalled: 1 });
  });

  test.each([
    ["was lost", {}, "not in the journal"],
    ["has another amount", { c1: { ...GRANTED, amountMinor: 2501 } }, "journalled 2501"],
    ["is of another grant", { c1: { ...GRANTED, grant: 8 } }, "journalled 8"],
    ["was withheld", { c1: { ...GRANTED, kind: "withheld" } }, "journalled withheld"],
  ])("differ when what was granted %s", (_, entries, words) => {
    const comparison = compareAnswers(answered(), ledgerOf(entries), KEYS);
    expect(comparison.agrees).toBe(false);
    expect(comparison.differences[0]).toContain(words);
  });

  test("differ when the journal holds what nobody was told", () => {
    const ledger = ledgerOf({ c1: GRANTED, c2: { ...GRANTED, grant: 8 } });
    const comparison = compareAnswers(answered(), ledger, KEYS);
    expect(comparison.differences).toEqual([
      "granted in the journal under pseudonym of c2, never answered",
    ]);
  });
});
