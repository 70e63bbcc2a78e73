// Every kind of event that a Live page can be told of has words, and every reason for a refusal.
import { expect, test } from "vitest";
import { ERRORS, STATUSES } from "../../contract/index.ts";
import { EVENT_KINDS } from "../../core/event.ts";
import { liveEn } from "./live.en.ts";

/** Of whom they are about nothing is said live; totals are the journal's own. */
const PASSED = ["assigned", "exposed", "totals"];

test("each kind of event has its words", () => {
  const kinds = Object.keys(EVENT_KINDS).filter((kind) => !PASSED.includes(kind));
  expect(kinds.filter((kind) => !(`live.event.${kind}` in liveEn))).toEqual([]);
});

test("each reason for a refusal has its words", () => {
  const refusals = STATUSES.filter(({ kind }) => kind === "refusal").map(({ status }) => status);
  // What a server says of itself; the caller's own mistakes do not reach a campaign.
  const errors = ERRORS.filter(({ http }) => http !== null && http >= 429).map(({ code }) => code);
  const reasons: string[] = [...refusals, ...errors];
  expect(reasons).toEqual(expect.arrayContaining(["cap_reached", "own_invite", "overloaded"]));
  expect(reasons.filter((reason) => !(`live.because.${reason}` in liveEn))).toEqual([]);
});
