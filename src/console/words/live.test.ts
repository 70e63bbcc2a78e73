// Every kind of event that a Live page can be told of has words.
import { expect, test } from "vitest";
import { EVENT_KINDS } from "../../core/event.ts";
import { liveEn } from "./live.en.ts";

/** Of whom they are about nothing is said live; totals are the journal's own. */
const PASSED = ["assigned", "exposed", "totals"];

test("each kind of event has its words", () => {
  const kinds = Object.keys(EVENT_KINDS).filter((kind) => !PASSED.includes(kind));
  expect(kinds.filter((kind) => !(`live.event.${kind}` in liveEn))).toEqual([]);
});
