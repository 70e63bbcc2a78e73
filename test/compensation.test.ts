// What is made good: from money set aside, to whoever had a grant, once, with who and why in the
// journal; and verify finds every way to cheat with it.
import { describe, expect, it } from "vitest";
import { compensationCap } from "../src/contract/campaign-file/compensation-file.ts";
import { checkCampaignDefinition } from "../src/contract/campaign-file/parse-campaign.ts";
import { type CompensationInput, parseCampaignFile } from "../src/contract/index.ts";
import type { CampaignDefinition, OfferDefinition } from "../src/core/definition.ts";
import { GRANTED } from "../src/core/event.ts";
import { DrivenClock, Engine, execute, MemorySecrets } from "../src/host/index.ts";
import { openCampaign } from "../src/host/open-campaign.ts";
import { FileSnapshots } from "../src/host/writer/file-snapshots.ts";
import { Drill } from "./drill.fixture.ts";
import { SimulatedDisk } from "./simulation/disk.ts";
import { openSimulated } from "./simulation/journal-life.ts";
import { HOUR_MS, plainCampaign, START_MS } from "./simulation/plain-campaign.ts";
import type { Forgery } from "./verify/forge.ts";

const SHA = "ab".repeat(32);

/** A card of 10 on a budget of 100, of which 35 are set aside; lines of 10, at most 25. */
function owing(more: Partial<CampaignDefinition> = {}): CampaignDefinition {
  const card = plainCampaign().offers[0]!;
  const line: OfferDefinition = {
    ...{ ...card, id: "compensation", expiry: { kind: "after", afterMs: HOUR_MS } },
    reward: { kind: "compensation", amountMinor: 10, maxMinor: 25 },
  };
  const caps = [...plainCampaign().caps, compensationCap("compensation", 35)];
  return plainCampaign({ offers: [card, line], caps, ...more });
}

class OwingDrill extends Drill {
  override open(definition: CampaignDefinition | null = owing()): Promise<this> {
    return super.open(definition);
  }

  async makeGood(lines: CompensationInput["lines"], more: Partial<CompensationInput> = {}) {
    const body = { batch: "lost", why: "Vouchers vanished", total: 4, sha256: SHA, lines, ...more };
    const call = { params: { campaign: "drill" }, query: null, body, by: "key-1" };
    return execute(this.engine, "campaign.compensate", call);
  }

  async statuses(lines: CompensationInput["lines"], more: Partial<CompensationInput> = {}) {
    const { results = [] } = await this.makeGood(lines, more);
    return results.map(({ status, replayed }) => (replayed ? `${status} again` : status));
  }
}

const ANN = { user: "ann" };

describe("compensation", () => {
  it("goes to whoever had a grant, and to nobody else", async () => {
    const drill = await new OwingDrill().open();
    await drill.claim("ann");
    expect(await drill.statuses([ANN, { user: "bob" }])).toEqual(["granted", "not_eligible"]);
    expect(drill.campaign.counts.assigned).toBe(1);
    expect(await drill.problems()).toEqual([]);
  });

  it("is nothing that a user can claim or see", async () => {
    const drill = await new OwingDrill().open();
    expect((await drill.claim("ann", "compensation")).status).toBe("not_eligible");
    const call = { params: { campaign: "drill", user: "ann" }, query: {}, body: null };
    const { offers } = await execute(drill.engine, "offers.list", call);
    expect(offers.map(({ offer }) => offer)).toEqual(["card"]);
  });

  it("never goes to the held-out, who had nothing to lose", async () => {
    const held = { ...owing().assignment, holdoutShare: 1 };
    const drill = await new OwingDrill().open(owing({ assignment: held }));
    expect((await drill.claim("ann")).status).toBe("held_out");
    expect(await drill.statuses([ANN])).toEqual(["not_eligible"]);
  });

  it("has money that no claim can take, and takes no other", async () => {
    const drill = await new OwingDrill().open();
    const users = Array.from({ length: 7 }, (_, i) => `user-${i}`);
    const got: string[] = [];
    for (const user of users) got.push((await drill.claim(user)).status);
    expect(got).toEqual([...Array(6).fill("granted"), "budget_exhausted"]);
    const lines = users.slice(0, 4).map((user) => ({ user }));
    const given = await drill.makeGood(lines);
    expect(given.results?.map(({ status }) => status)).toEqual([
      ...["granted", "granted", "granted"],
      "cap_reached",
    ]);
    expect(given.leftMinor).toBe(5);
    expect(drill.campaign.grantableMinor).toBe(5);
    expect(await drill.problems()).toEqual([]);
  });

  it("grants nothing twice: neither a repeated part nor a lost grant in another list", async () => {
    const drill = await new OwingDrill().open();
    const { grant } = await drill.claim("ann");
    const lost = { user: "ann", grant: grant! };
    expect(await drill.statuses([lost, ANN])).toEqual(["granted", "granted"]);
    expect(await drill.statuses([lost, ANN])).toEqual(["granted again", "granted again"]);
    expect(await drill.statuses([ANN, ANN])).toEqual(["granted again", "granted again"]);
    const other = { batch: "second" };
    expect(await drill.statuses([lost], other)).toEqual(["already_compensated"]);
    expect((await drill.makeGood([ANN], { total: 9 })).status).toBe("id_conflict");
    expect(await drill.problems()).toEqual([]);
  });

  it("makes no more grants than the list that was stated has lines", async () => {
    const drill = await new OwingDrill().open();
    const { grant } = await drill.claim("ann");
    await drill.claim("bob");
    const lines = [{ user: "ann", grant: grant! }, { user: "bob" }, ANN];
    const two = { total: 2 };
    expect(await drill.statuses(lines, { ...two, preview: true })).toEqual(
      Array.from({ length: 3 }, () => "granted"),
    );
    expect(await drill.statuses(lines, two)).toEqual(["granted", "granted", "id_conflict"]);
    const again = ["granted again", "granted again", "id_conflict"];
    expect(await drill.statuses(lines, two)).toEqual(again);
    expect(await drill.findings(() => {})).toEqual([]);
  });

  it("takes a lost grant of its user only, and none of compensation itself", async () => {
    const drill = await new OwingDrill().open();
    const { grant } = await drill.claim("ann");
    await drill.claim("bob");
    const given = await drill.makeGood([ANN]);
    const own = given.results![0]!.grant!;
    const lines = [
      { user: "bob", grant: grant! },
      { user: "ann", grant: own },
      { user: "ann", grant: "no-such-grant" },
      { user: "ann", amountMinor: 26 },
    ];
    expect(await drill.statuses(lines, { batch: "more" })).toEqual([
      ...["unknown_grant", "not_eligible", "unknown_grant", "amount_too_large"],
    ]);
  });

  it("is redeemed like any grant, and what is not goes back to the budget", async () => {
    const drill = await new OwingDrill().open();
    await drill.claim("ann");
    const { results } = await drill.makeGood([{ user: "ann", amountMinor: 20 }]);
    const { grant, expiresAtMs } = results![0]!;
    expect(expiresAtMs).toBe(START_MS + HOUR_MS);
    const paid = await drill.engine.money("redeem", "drill", {
      ...{ id: "r-1", grant: grant!, amountMinor: 5 },
    });
    expect(paid).toMatchObject({ status: "redeemed", restMinor: 15 });
    await drill.engine.money("cancel", "drill", { id: "x-1", grant: grant! });
    expect(drill.campaign.compensationMinor).toBe(15);
    expect(drill.campaign.grantableMinor).toBe(100 - 10 - 5 - 15);
    expect(await drill.problems()).toEqual([]);
  });

  it("is previewed without anything happening", async () => {
    const drill = await new OwingDrill().open();
    await drill.claim("ann");
    await drill.makeGood([ANN]);
    const before = (await drill.records()).length;
    const given = await drill.makeGood([ANN], { batch: "next", preview: true });
    expect(given).toMatchObject({ status: "ok", preview: true, leftMinor: 25 });
    expect(given.results).toMatchObject([{ status: "granted", amountMinor: 10, hasMinor: 10 }]);
    expect(given.results![0]!.grant).toBeUndefined();
    expect((await drill.records()).length).toBe(before);
  });

  it("says once a batch who ordered it and why", async () => {
    const drill = await new OwingDrill().open();
    await drill.claim("ann");
    await drill.makeGood([ANN]);
    await drill.makeGood([ANN]);
    const { compensations } = drill.campaign;
    expect(compensations).toEqual([
      { batch: "lost", by: "key-1", why: "Vouchers vanished", lines: 4, sha256: SHA, grants: 1 },
    ]);
  });

  it("works while paused and after the end, and not where the campaign has no line", async () => {
    const drill = await new OwingDrill().open();
    await drill.claim("ann");
    await drill.end();
    expect(await drill.statuses([ANN])).toEqual(["granted"]);
    const plain = await new OwingDrill().open(plainCampaign());
    expect((await plain.makeGood([ANN])).status).toBe("no_compensation");
  });

  it("survives a start from a snapshot", async () => {
    const disk = new SimulatedDisk({ seed: 1 });
    const first = await openSimulated(disk);
    const snapshots = new FileSnapshots(disk);
    const more = { snapshots, clock: new DrivenClock(START_MS), ticking: false };
    const secrets = new MemorySecrets(new Uint8Array(32).fill(3));
    const drill = new OwingDrill();
    drill.engine = await Engine.open({ journal: first, secrets, ...more });
    await openCampaign(drill.engine, owing());
    await drill.claim("ann");
    await drill.makeGood([ANN]);
    await drill.engine.close();
    drill.engine = await Engine.open({ journal: await openSimulated(disk), secrets, ...more });
    expect(await drill.statuses([ANN])).toEqual(["granted again"]);
    expect(drill.campaign.compensationMinor).toBe(25);
    await drill.engine.close();
  });
});

describe("verify finds", () => {
  async function found(forge: (forgery: Forgery) => void): Promise<string[]> {
    const drill = await new OwingDrill().open();
    const { grant } = await drill.claim("ann");
    await drill.claim("bob");
    await drill.makeGood([{ user: "ann", grant: grant! }]);
    await drill.makeGood([{ user: "bob" }]);
    return drill.findings(forge);
  }

  it("nothing in a journal that is as it was", async () => {
    expect(await found(() => {})).toEqual([]);
  });

  it.each<[string, (forgery: Forgery) => void, string]>([
    [
      "the lost grant of somebody else",
      (forgery) => {
        forgery.all("granted")[2]![GRANTED.draw] = 2;
      },
      "compensation: a grant of user 0, other than compensation",
    ],
    [
      "a lost grant made good twice",
      (forgery) => {
        const [, , first, second] = forgery.all("granted");
        second![GRANTED.draw] = 1;
        second!.set(first!.subarray(GRANTED.user, GRANTED.amount), GRANTED.user);
      },
      "compensation: a lost grant made good once",
    ],
    [
      "more than a line may name",
      (forgery) => {
        forgery.all("granted")[3]![GRANTED.amount] = 26;
      },
      "compensation: an amount of 1 to 25",
    ],
    [
      "a batch that nobody ordered",
      (forgery) => {
        forgery.replace(forgery.event("compensated"));
      },
      "compensation: the mark of a stated batch",
    ],
    [
      "more grants than the list had lines",
      (forgery) => {
        forgery.rewrite(forgery.event("compensated"), (stated: { lines: number }) => {
          stated.lines = 1;
        });
      },
      "compensation: at most 1 grants of batch lost",
    ],
    [
      "a user whom one batch makes good twice",
      (forgery) => {
        const bobs = forgery.all("granted")[3]!;
        const again = bobs.slice();
        again[GRANTED.grant]! += 1;
        again[GRANTED.id]! ^= 1;
        forgery.replace(bobs, bobs, again);
      },
      "compensation: one grant of batch lost for user 1",
    ],
    [
      "a reason that was taken out",
      (forgery) => {
        forgery.rewrite(forgery.event("compensated"), (stated: { why: string }) => {
          stated.why = "";
        });
      },
      "compensation: a batch with who, why, lines and hash",
    ],
    [
      "somebody who never had a grant",
      (forgery) => {
        const [, bobs] = forgery.all("granted");
        forgery.replace(bobs!);
      },
      "compensation: a user who had a grant",
    ],
    [
      "claims that took the line's money",
      (forgery) => {
        forgery.reopen(({ definition }) => {
          definition.budgetMinor = 45;
        });
      },
      "limits: at most 0, which the budget leaves",
    ],
  ])("%s", async (_, forge, problem) => {
    expect(await found(forge)).toEqual(expect.arrayContaining([problem]));
  });
});

describe("a campaign file", () => {
  const FILE = `campaign: first
title: First
currency: CNY
timeZone: Asia/Shanghai
budget: 100.00
starts: 2026-01-01T00:00:00+08:00
ends: 2026-02-01T00:00:00+08:00
closes: 2026-03-01T00:00:00+08:00
offers:
  - { id: card, reward: { fixed: 10.00 }, expires: { after: 7d } }
compensation: { budget: 30.00, amount: 10.00, max: 25.00, expires: { after: 14d } }
`;

  it("names the line, and a definition in JSON may say the same", () => {
    const { definition, problems } = parseCampaignFile(FILE);
    expect(problems.filter(({ severity }) => severity === "error")).toEqual([]);
    expect(definition!.offers[1]).toMatchObject({
      reward: { kind: "compensation", amountMinor: 1000, maxMinor: 2500 },
    });
    expect(checkCampaignDefinition(definition!).definition).toEqual(definition);
  });

  it.each([
    ["budget: 30.00, amount", "budget: 130.00, amount", "compensation.budget"],
    ["max: 25.00", "max: 5.00", "compensation.max"],
    ["max: 25.00", "max: 31.00", "compensation.budget"],
    ["after: 14d }", "at: 2026-04-01T00:00:00+08:00 }", "compensation.expires"],
  ])("with %s as %s is refused at %s", (was, is, path) => {
    const { problems } = parseCampaignFile(FILE.replace(was, is));
    const errors = problems.filter(({ severity }) => severity === "error");
    expect(errors.map((one) => one.path)).toContain(path);
    expect(errors[0]!.line).toBe(11);
  });
});
