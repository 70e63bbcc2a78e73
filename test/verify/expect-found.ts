// One forgery, and the problem that verify must find in it.
import { expect } from "vitest";
import type { EventKind } from "../../src/core/event.ts";
import type { VerifyCheck } from "../../src/journal/verify/findings.ts";
import { verifyRecords } from "../../src/journal/verify/verify.ts";
import { Forgery } from "./forge.ts";
import { LEDGER, type Lived, liveInMemory } from "./live-in-memory.ts";

let lived: Promise<Lived> | null = null;

/** The honest journal, taken apart. */
export async function honestJournal(): Promise<Forgery> {
  lived ??= liveInMemory();
  return new Forgery((await lived).records);
}

/** Forges the honest journal and expects a problem of that check at an event of that kind. */
export async function expectFound(
  check: VerifyCheck,
  event: EventKind | "record" | "event",
  forge: (forgery: Forgery) => void,
): Promise<void> {
  const forgery = await honestJournal();
  forge(forgery);
  const report = await verifyRecords(forgery.encode(), { ledgerId: LEDGER });
  expect(report.ok).toBe(false);
  const found = report.problems.map((problem) => `${problem.check} ${problem.event}`);
  expect(found).toContain(`${check} ${event}`);
}
