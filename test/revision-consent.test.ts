// Revisions where two must agree: a proposal, and somebody else's consent to just what he has seen.
import { describe, expect, it } from "vitest";
import type { CampaignDefinition } from "../src/core/definition.ts";
import { execute } from "../src/host/index.ts";
import { verifyRecords } from "../src/journal/verify/verify.ts";
import { drill, expiring } from "./revision.fixture.ts";
import { DAY_MS, START_MS } from "./simulation/plain-campaign.ts";
import { Forgery } from "./verify/forge.ts";
import { LEDGER } from "./verify/live-in-memory.ts";

describe("where two must agree, a revision", () => {
  it("is in force when somebody else consents, and not before", async () => {
    const it = await drill({ budgetMinor: 100, fourEyes: true });
    const proposed = await it.revise({ budgetMinor: 200 });
    expect(proposed).toMatchObject({ status: "proposed", version: 0, after: { freeMinor: 200 } });
    expect(await it.revise({ budgetMinor: 200 })).toMatchObject({ replayed: true });
    expect(it.definition.budgetMinor).toBe(100);
    expect((await it.consent("key-1")).status).toBe("own_proposal");
    expect(await it.consent("key-2", 1, true)).toMatchObject({ status: "ok", preview: true });
    expect((await it.consent("key-2", 2)).status).toBe("unknown_proposal");
    expect(it.definition.budgetMinor).toBe(100);
    expect(await it.consent("key-2")).toMatchObject({ status: "revised", version: 1 });
    expect(it.definition.budgetMinor).toBe(200);
    expect(await it.consent("key-2")).toMatchObject({ status: "revised", replayed: true });
    await it.verified();
  });

  it("is consented to only as it was seen", async () => {
    const it = await drill({ budgetMinor: 100, fourEyes: true });
    const { digest: small } = await it.revise({ budgetMinor: 200 });
    const { digest: large } = await it.revise({ budgetMinor: 900 }, { why: "a slip" });
    expect(small).toMatch(/^[0-9a-f]{32}$/);
    expect(large).not.toBe(small);
    for (const digest of [small, undefined, ""]) {
      const call = { params: { campaign: "drill" }, query: null, by: "key-2" };
      const answers = await Promise.all([
        execute(it.engine, "campaign.approve", { ...call, body: { version: 1, digest } } as never),
        execute(it.engine, "campaign.reject", {
          ...call,
          body: { version: 1, digest, why: "no" },
        } as never),
      ]);
      expect(answers.map(({ status }) => status)).toEqual(["unknown_proposal", "unknown_proposal"]);
    }
    expect(await it.consent("key-2", 1, true)).toMatchObject({ status: "ok", digest: large });
    expect(it.definition.budgetMinor).toBe(100);
    expect(await it.consent("key-2", 1, false, large)).toMatchObject({ status: "revised" });
    // Of the other one nobody may believe that it is in force.
    expect(await it.consent("key-2", 1, false, small)).toMatchObject({
      ...{ status: "unknown_proposal", replayed: false },
    });
    await it.revise({ budgetMinor: 950 });
    expect(await it.consent("key-2", 1, false, large)).toMatchObject({
      ...{ status: "revised", replayed: true },
    });
    await it.verified();
  });

  it("has one digest for one text: told again, shown, and after a restart", async () => {
    const it = await drill({ budgetMinor: 100, fourEyes: true });
    const { digest } = await it.revise({ budgetMinor: 200 });
    expect(await it.revise({ budgetMinor: 200 })).toMatchObject({ replayed: true, digest });
    const shown = async () => {
      const call = { params: { campaign: "drill" }, query: null, body: null };
      return (await execute(it.engine, "campaign.show", call)).books!.proposal;
    };
    expect(await shown()).toEqual({ version: 1, digest, by: "key-1", why: "a test" });
    await it.again();
    expect(await shown()).toMatchObject({ digest });
    expect((await it.revise({ budgetMinor: 200 }, { why: "another" })).digest).not.toBe(digest);
  });

  it("can be approved once the campaign has ended, but not once it is closed", async () => {
    const it = await drill({ budgetMinor: 100, fourEyes: true });
    const step = (name: "end" | "close") =>
      execute(it.engine, `campaign.${name}`, {
        ...{ params: { campaign: "drill" }, query: null, body: {} },
      });
    await it.revise({ budgetMinor: 200 });
    await step("end");
    expect((await it.consent("key-2")).status).toBe("revised");
    await it.revise({ budgetMinor: 300 });
    await step("close");
    expect((await it.consent("key-2", 2)).status).toBe("campaign_closed");
    expect((await it.reject("key-2", 2)).status).toBe("rejected");
    await it.verified();
  });

  it("that differs from what was proposed last is found by verify", async () => {
    const it = await drill({ budgetMinor: 100, fourEyes: true });
    await it.revise({ budgetMinor: 900 });
    await it.revise({ budgetMinor: 200 });
    await it.consent("key-2");
    await it.verified();
    const forgery = new Forgery(await it.records());
    forgery.rewrite(forgery.event("revised"), (stated: { definition: CampaignDefinition }) => {
      stated.definition.budgetMinor = 900;
    });
    const { problems } = await verifyRecords(forgery.encode(), { ledgerId: LEDGER });
    const { check, expected } = problems[0]!;
    expect({ check, expected }).toEqual({
      ...{ check: "revisions", expected: "what was proposed before" },
    });
  });

  it("moves no expiry but what the second pair of eyes saw moved", async () => {
    const it = await drill({ fourEyes: true });
    await it.claim("holder");
    const offers = expiring(it.definition, 5 * DAY_MS);
    await it.revise({ offers }, { moveExpiry: ["card"] });
    await it.consent("key-2");
    await it.verified();
    const forgery = new Forgery(await it.records());
    forgery.rewrite(forgery.event("proposed"), (stated: { moved: number[] }) => {
      stated.moved = [];
    });
    const { problems } = await verifyRecords(forgery.encode(), { ledgerId: LEDGER });
    expect(problems).toMatchObject([{ check: "revisions", found: "grant 0 moved" }]);
  });

  it("cannot give up the second pair of eyes alone", async () => {
    const it = await drill({ fourEyes: true });
    const { fourEyes: _, ...alone } = it.definition;
    expect(await it.revise({}, { definition: alone })).toMatchObject({ status: "proposed" });
    expect(it.definition.fourEyes).toBe(true);
    expect((await it.consent("key-2")).status).toBe("revised");
    expect((await it.revise({ budgetMinor: 777 })).status).toBe("revised");
    await it.verified();
  });

  it("is judged again by what was given out since it was proposed", async () => {
    const it = await drill({ budgetMinor: 30, fourEyes: true });
    await it.claim("a");
    expect((await it.revise({ budgetMinor: 10 })).status).toBe("proposed");
    await it.claim("b");
    await expect(it.consent("key-2")).rejects.toThrow("given out");
    expect(it.definition.budgetMinor).toBe(30);
    await it.verified();
  });

  it("that would change nothing is none, and waits for nobody", async () => {
    const it = await drill({ fourEyes: true });
    expect(await it.revise({})).toMatchObject({ status: "ok", changes: [] });
    expect(it.campaign.proposal).toBeNull();
  });

  it("names the proposal whose place it takes, and would take", async () => {
    const it = await drill({ budgetMinor: 100, fourEyes: true });
    const { digest, replaces } = await it.revise({ budgetMinor: 200 }, { why: "a first" });
    expect(replaces).toBeUndefined();
    const first = { version: 1, digest, by: "key-1", why: "a first" };
    const same = await it.revise({ budgetMinor: 200 }, { why: "a first", preview: true });
    expect(same).toMatchObject({ status: "ok", replayed: false, preview: true });
    expect(same.replaces).toBeUndefined();
    expect(same.outlook).toBeDefined();
    for (const preview of [true, false]) {
      expect((await it.revise({ budgetMinor: 300 }, { preview })).replaces).toEqual(first);
    }
  });

  it("is judged again by the time that has passed since it was proposed", async () => {
    const it = await drill({ fourEyes: true });
    const endsAtMs = START_MS + 5 * DAY_MS;
    const waves = it.definition.waves.map((wave) => ({ ...wave, toMs: endsAtMs }));
    expect((await it.revise({ endsAtMs, waves })).status).toBe("proposed");
    it.moveTo(5 * DAY_MS);
    await expect(it.consent("key-2")).rejects.toThrow(/endsAtMs: expected after now/);
    expect(it.definition.endsAtMs).toBeGreaterThan(endsAtMs);
    await it.verified();
  });

  it("is taken back by either of them, and the next one takes its number", async () => {
    const it = await drill({ budgetMinor: 100, fourEyes: true });
    await it.revise({ budgetMinor: 200 });
    expect((await it.reject("key-1")).status).toBe("rejected");
    expect(await it.reject("key-1")).toMatchObject({ status: "rejected", replayed: true });
    expect((await it.consent("key-2")).status).toBe("unknown_proposal");
    await it.revise({ budgetMinor: 300 });
    expect((await it.consent("key-2")).status).toBe("revised");
    expect(it.definition.budgetMinor).toBe(300);
    await it.verified();
  });

  it("still waits after a restart", async () => {
    const it = await drill({ budgetMinor: 100, fourEyes: true });
    await it.revise({ budgetMinor: 200 });
    await it.engine.whenIdle();
    const again = await it.open(null);
    expect(again.engine.find("drill")!.state.proposal).toMatchObject({ version: 1, by: "key-1" });
    expect((await again.consent("key-2")).status).toBe("revised");
  });
});
