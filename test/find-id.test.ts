// What an id was used for: every use that binds one, from the request to the grant behind it.
import { describe, expect, it } from "vitest";
import type { AnswerOf } from "../src/contract/index.ts";
import { execute } from "../src/host/index.ts";
import { DAY_MS, START_MS } from "./simulation/plain-campaign.ts";
import { drill, type SuspicionDrill } from "./suspicion-drill.fixture.ts";

async function found(at: SuspicionDrill, id: string): Promise<Partial<AnswerOf<"grant.find">>> {
  const params = { campaign: "drill", id };
  const answer = await execute(at.engine, "grant.find", { params, query: null, body: null });
  expect(answer.status).toBe("ok");
  const { use, grant } = answer;
  return grant === undefined ? { use: use! } : { use: use!, grant };
}

describe("an id", () => {
  it("leads to the grant that it made or was used on, also after a restart", async () => {
    const at = await drill();
    const redeem = (id: string, grant: string, amountMinor: number) =>
      at.engine.money("redeem", "drill", { id, grant, amountMinor });
    const claim = async (id: string, user: string): Promise<string> =>
      (await at.engine.money("claim", "drill", { id, user, offer: "card" })).grant!;
    const [ana, ben] = [await claim("claim of ana", "ana"), await claim("claim of ben", "ben")];
    const cem = await claim("claim of cem", "cem");
    await redeem("order 1", ana, 4);
    await at.engine.money("reverse", "drill", { id: "return 1", redemption: "order 1" });
    await at.engine.money("cancel", "drill", { id: "cancel 1", grant: ben });
    await redeem("order 2", cem, 4);
    await at.suspect("hold", cem, "hold 1");
    await at.suspect("release", cem, "release 1");
    await at.extend(cem, START_MS + 2 * DAY_MS, { id: "longer 1" });
    await at.suspect("clawback", cem, "claw 1");
    await at.repay(cem, 3, "paid 1");
    const uses: [id: string, use: string, grant: string][] = [
      ["claim of ana", "claim", ana],
      ["claim of ben", "claim", ben],
      ["order 1", "redemption", ana],
      ["return 1", "reversal", ana],
      ["cancel 1", "cancellation", ben],
      ["order 2", "redemption", cem],
      ["hold 1", "hold", cem],
      ["release 1", "release", cem],
      ["longer 1", "extension", cem],
      ["claw 1", "claw_back", cem],
      ["paid 1", "repayment", cem],
    ];
    for (const [id, use, grant] of uses) expect(await found(at, id)).toEqual({ use, grant });
    await at.again();
    for (const [id, use, grant] of uses) expect(await found(at, id)).toEqual({ use, grant });
  });

  it("of nothing, of a refusal, or of another writing leads nowhere", async () => {
    const at = await drill();
    await at.engine.money("claim", "drill", { id: "refused", user: "ana", offer: "none" });
    await at.engine.money("claim", "drill", { id: "Caf\u00e9", user: "ana", offer: "card" });
    for (const id of ["never", "refused", "caf\u00e9", "Cafe\u0301", " Caf\u00e9"]) {
      expect(await found(at, id)).toEqual({ use: null });
    }
    expect(await found(at, "Caf\u00e9")).toMatchObject({ use: "claim" });
  });
});
