import { describe, expect, it } from "vitest";
import { HongbaoError } from "../../base/error.ts";
import { answerBase } from "../answers.ts";
import { AnswerTally } from "./answer-tally.ts";

describe("a tally of answers", () => {
  it("counts every line once, in whatever order they come", () => {
    const tally = new AnswerTally();
    const granted = answerBase("granted", 7);
    const again = answerBase("granted", 8, true);
    const capped = { ...answerBase("cap_reached", 9), cap: "per-user" };
    const ahead = { ...answerBase("paced", 9), cap: "constructor" };
    const busy = new HongbaoError({ code: "overloaded", message: "", retryable: true });
    tally.add("claim", [busy, busy]);
    expect(tally.view().sinceMs).toBeNull();
    tally.add("claim", [granted, granted, capped, granted, again, capped, capped, ahead]);
    tally.add("redeem", [answerBase("redeemed", 9)]);
    tally.add("claim", []);
    expect(tally.view()).toEqual({
      sinceMs: 7,
      byOperation: {
        claim: { overloaded: 2, granted: 3, replayed: 1, cap_reached: 3, paced: 1 },
        redeem: { redeemed: 1 },
      },
      byCap: { "per-user": 3, constructor: 1 },
    });
  });
});
