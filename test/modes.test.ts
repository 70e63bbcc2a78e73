// Rehearsals: everything is as live, but nothing is ever redeemed, and everything says so. A share
// of users let in first: who is in stays in, and nobody else leaves a trace. verify finds every way
// to pass one for the other, and to let in others.
import { describe, expect, it } from "vitest";
import { utf8 } from "../src/base/bytes.ts";
import { checkCampaignDefinition } from "../src/contract/campaign-file/parse-campaign.ts";
import { parseCampaignFile } from "../src/contract/index.ts";
import type { CampaignDefinition } from "../src/core/definition.ts";
import { REHEARSED } from "../src/core/event.ts";
import { eventsOf } from "../src/host/event-stream.ts";
import { execute } from "../src/host/index.ts";
import { checkReceipt } from "../src/journal/index.ts";
import { Drill } from "./drill.fixture.ts";
import { checkpointOf, receiptFor, SIGNER, treeOf } from "./receipts.fixture.ts";
import { cap, plainCampaign, START_MS } from "./simulation/plain-campaign.ts";
import type { Forgery } from "./verify/forge.ts";

class ModesDrill extends Drill {
  revise(more: Partial<CampaignDefinition>, version = 1) {
    const body = { definition: plainCampaign(more), version, why: "A test" };
    const call = { params: { campaign: "drill" }, query: null, body, by: "key-1" };
    return execute(this.engine, "campaign.revise", call);
  }

  async events() {
    const definitions: CampaignDefinition[] = [];
    return (await this.records()).flatMap((record) => [...eventsOf(record, definitions)]);
  }
}

const opened = (more: Partial<CampaignDefinition> = {}): Promise<ModesDrill> =>
  new ModesDrill().open(plainCampaign(more));

/** Users enough for any share to be seen. */
const CROWD = Array.from({ length: 60 }, (_, i) => `user-${i}`);

/** By user: whether he was granted something; the others must hear the one word. */
async function letIn(drill: ModesDrill, users: readonly string[] = CROWD): Promise<Set<string>> {
  const inside = new Set<string>();
  for (const user of users) {
    const { status } = await drill.claim(user);
    if (status === "granted") inside.add(user);
    else expect(status).toBe("not_yet");
  }
  return inside;
}

const grey = (share: number, more: object = {}) => ({
  ...{ budgetMinor: 10_000, grey: { share, salt: "0a".repeat(16), ...more } },
});

const FILE = `campaign: c
title: C
currency: EUR
timeZone: UTC
budget: 100.00
starts: 2026-01-01T00:00:00Z
ends: 2026-01-04T00:00:00Z
closes: 2026-01-06T00:00:00Z
END
offers:
  - { id: tea, reward: { fixed: 4.00 }, expires: { after: 12h } }
`;

const REHEARSAL = { rehearsal: true } as const;

describe("a rehearsal", () => {
  it("grants and charges as a live campaign does", async () => {
    const drill = await opened({ ...REHEARSAL, caps: [cap()] });
    expect((await drill.claim("ann")).status).toBe("granted");
    expect((await drill.claim("ann")).status).toBe("cap_reached");
    expect(await drill.books()).toMatchObject({ reservedMinor: 10, rehearsal: true });
  });

  it("redeems nothing, and says so only where nothing else stands in the way", async () => {
    const drill = await opened(REHEARSAL);
    const { grant } = await drill.claim("ann");
    expect((await drill.redeem(grant!)).status).toBe("rehearsal");
    expect((await drill.redeem(grant!, 99)).status).toBe("amount_too_large");
    const cancel = { id: "x", grant: grant! };
    expect((await drill.engine.money("cancel", "drill", cancel)).status).toBe("cancelled");
    expect((await drill.redeem(grant!)).status).toBe("already_cancelled");
    expect(await drill.books()).toMatchObject({ spentMinor: 0, reservedMinor: 0 });
    expect(await drill.problems()).toEqual([]);
  });

  it("says that it is one wherever it shows itself", async () => {
    const drill = await opened(REHEARSAL);
    const { grant, rehearsal } = await drill.claim("ann");
    expect(grant).toMatch(/^rehearsal-[0-9a-z]{20}$/);
    expect(rehearsal).toBe(true);
    const user = { params: { campaign: "drill", user: "ann" }, query: {}, body: null };
    const { offers } = await execute(drill.engine, "offers.list", user);
    const { grants } = await execute(drill.engine, "user.grants", user);
    expect([...offers, ...grants].map((each) => each.rehearsal)).toEqual([true, true]);
    const marks = (await drill.events()).map((event) => event.rehearsal);
    expect(new Set(marks)).toEqual(new Set([true]));
  });

  it("takes no grant id without its mark, nor with the mark of another", async () => {
    const drill = await opened(REHEARSAL);
    const { grant } = await drill.claim("ann");
    const bare = grant!.slice("rehearsal-".length);
    const live = await opened({}); // of the same keys
    const other = (await live.claim("ann")).grant!;
    expect(other).toMatch(/^[0-9a-z]{20}$/);
    for (const id of [bare, other, "rehearsal-"]) {
      expect((await drill.redeem(id)).status).toBe("unknown_grant");
    }
    expect((await live.redeem(`rehearsal-${other}`)).status).toBe("unknown_grant");
  });

  it("never becomes live by a revision, nor the other way round", async () => {
    const drill = await opened(REHEARSAL);
    await expect(drill.revise({})).rejects.toThrow(/open another campaign from this file/);
    await expect((await opened({})).revise(REHEARSAL)).rejects.toThrow(/live as at the/);
  });

  it("leaves a receipt that says so, whatever its file calls the grant", async () => {
    const drill = await opened(REHEARSAL);
    await drill.claim("ann");
    const records = await drill.records();
    const note = checkpointOf(treeOf(records), records.length);
    const receipt = receiptFor(records, "grant", note);
    const facts = checkReceipt(utf8(JSON.stringify(receipt)), { key: SIGNER.key });
    expect(facts).toMatchObject({ kind: "granted", rehearsal: true });
  });
});

describe("a share of users let in first", () => {
  it("is about as large as stated, and the same whenever it is asked", async () => {
    const inside = await letIn(await opened(grey(0.3)));
    expect(inside.size).toBeGreaterThan(6);
    expect(inside.size).toBeLessThan(32);
    const again = await opened(grey(0.3));
    expect(await letIn(again, CROWD.toReversed())).toEqual(inside);
    expect(await again.problems()).toEqual([]);
  });

  it("keeps whoever was in when a revision raises it", async () => {
    const drill = await opened(grey(0.3));
    const first = await letIn(drill);
    expect((await drill.revise(grey(0.6))).status).toBe("revised");
    const second = await letIn(drill);
    expect([...first].filter((user) => !second.has(user))).toEqual([]);
    expect(second.size).toBeGreaterThan(first.size);
    const open = plainCampaign({ budgetMinor: 10_000 });
    expect((await drill.revise({ budgetMinor: open.budgetMinor }, 2)).status).toBe("revised");
    expect((await letIn(drill)).size).toBe(CROWD.length);
    expect(await drill.problems()).toEqual([]);
  });

  it("leaves no trace of the others, and tells them when to come again", async () => {
    const untilMs = START_MS + 3_600_000;
    const drill = await opened(grey(1e-9, { untilMs }));
    const before = (await drill.records()).length;
    const claimed = await drill.claim("ann");
    expect(claimed).toMatchObject({ status: "not_yet", retryAtMs: untilMs });
    const user = { params: { campaign: "drill", user: "ann" }, query: {}, body: null };
    expect((await execute(drill.engine, "offers.list", user)).offers).toEqual([]);
    expect((await drill.records()).length).toBe(before);
    expect((await drill.books()).counts).toMatchObject({ users: 0, withheld: 0 });
    drill.clock.set(untilMs);
    expect((await drill.claim("ann")).status).toBe("granted");
    expect(await drill.problems()).toEqual([]);
  });

  it("says nothing of arms: both of them are among those let in", async () => {
    const { assignment } = plainCampaign();
    const halves = { ...assignment, holdoutShare: 0.5 };
    const drill = await opened({ ...grey(0.5), assignment: halves });
    const heard = new Map<string, number>();
    for (const user of CROWD) {
      const { status } = await drill.claim(user);
      heard.set(status, (heard.get(status) ?? 0) + 1);
    }
    for (const status of ["granted", "held_out", "not_yet"]) {
      expect(heard.get(status), status).toBeGreaterThan(5);
    }
  });

  it("is told by a dry run and by the books", async () => {
    const drill = await opened(grey(1e-9));
    const body = { user: "ann", offer: "card" };
    const call = { params: { campaign: "drill" }, query: null, body, toldArm: true };
    const tried = await execute(drill.engine, "dryrun.claim", call);
    expect(tried.would).toBe("not_yet");
    const of = tried.conditions!.find(({ kind }) => kind === "grey");
    expect(of).toMatchObject({ holds: false, reason: expect.stringMatching(/not among those/) });
    expect((await drill.books()).grey).toEqual({ share: 1e-9 });
  });

  it.each<[string, object, Partial<CampaignDefinition>, RegExp]>([
    ["lowered", grey(0.3), grey(0.2), /at least 30 %: whoever was let in stays in/],
    ["drawn anew", grey(0.3), grey(0.3, { salt: "0b".repeat(16) }), /else others are let in/],
    ["begun when all are in", { budgetMinor: 10_000 }, grey(0.9), /everybody has been let in/],
    ["ended in the past", grey(0.3), grey(0.3, { untilMs: START_MS - 1 }), /after now/],
    [
      "prolonged once it is over",
      grey(0.3, { untilMs: START_MS }),
      grey(0.3, { untilMs: START_MS + 9 }),
      /when everybody was let in/,
    ],
  ])("is never %s", async (_, before, after, refused) => {
    const drill = await opened(before);
    await expect(drill.revise(after)).rejects.toThrow(refused);
  });

  it("has a salt of its own, from a file and in a definition", () => {
    const { assignment } = plainCampaign();
    const { problems } = checkCampaignDefinition(plainCampaign(grey(0.3, { ...assignment })));
    expect(problems.map(({ path }) => path)).toContain("grey.salt");
    const text = FILE.replace("END", "grey: { share: 10 %, until: 2026-01-02T00:00:00Z }");
    const { definition } = parseCampaignFile(text, "c.yaml");
    expect(definition!.grey).toMatchObject({ share: 0.1, untilMs: Date.UTC(2026, 0, 2) });
    expect(definition!.grey!.salt).not.toBe(definition!.assignment.salt);
    expect(parseCampaignFile(FILE.replace("END", ""), "c.yaml").definition).not.toHaveProperty(
      "grey",
    );
  });
});

describe("of modes, verify finds", () => {
  async function found(more: Partial<CampaignDefinition>, forge: (forgery: Forgery) => void) {
    const drill = await opened(more);
    const { grant } = await drill.claim("ann");
    await drill.redeem(grant!);
    return drill.findings(forge);
  }
  const flip = (forgery: Forgery): void => {
    forgery.event("granted")[0]! ^= REHEARSED << 8;
  };

  it("nothing where all is as it was", async () => {
    expect(await found({}, () => {})).toEqual([]);
    expect(await found(REHEARSAL, () => {})).toEqual([]);
  });

  it("a rehearsal's grant that passes for money", async () => {
    expect(await found(REHEARSAL, flip)).toEqual(["rehearsals: the mark of a rehearsal"]);
  });

  it("a live grant that passes for a rehearsal's", async () => {
    expect(await found({}, flip)).toEqual(["rehearsals: no mark in a live campaign"]);
  });

  it("a redemption in a campaign that is made a rehearsal afterwards", async () => {
    const problems = await found({}, (forgery) => {
      forgery.reopen(({ definition }) => {
        definition.rehearsal = true;
      });
      flip(forgery);
    });
    expect(problems).toEqual(["rehearsals: no redemption in a rehearsal"]);
  });

  it("a revision that makes a rehearsal live", async () => {
    const drill = await opened(REHEARSAL);
    await drill.revise({ ...REHEARSAL, budgetMinor: 200 });
    const problems = await drill.findings((forgery) => {
      forgery.rewrite(forgery.event("revised"), (stated: { definition: CampaignDefinition }) => {
        delete stated.definition.rehearsal;
      });
    });
    expect(problems).toEqual(["revisions: only changes that are allowed"]);
  });

  async function foundOfGrey(forge: (forgery: Forgery) => void): Promise<string[]> {
    const drill = await opened(grey(0.3));
    await letIn(drill);
    await drill.revise(grey(0.6));
    await letIn(drill);
    return [...new Set(await drill.findings(forge))];
  }
  const revised = (change: (stated: CampaignDefinition) => void) => (forgery: Forgery) => {
    forgery.rewrite(forgery.event("revised"), (stated: { definition: CampaignDefinition }) =>
      change(stated.definition),
    );
  };

  it("nothing where a share was raised", async () => {
    expect(await foundOfGrey(() => {})).toEqual([]);
  });

  it("users let in above the share in force", async () => {
    const problems = await foundOfGrey(
      revised((stated) => {
        stated.grey!.share = 0.4;
      }),
    );
    expect(problems).toEqual(["letIn: a user below the share 0.4"]);
  });

  it.each<[string, (stated: CampaignDefinition) => void]>([
    ["lowers the share", (stated) => (stated.grey!.share = 0.1)],
    ["lets others in", (stated) => (stated.grey!.salt = "0c".repeat(16))],
    ["ends it in the past", (stated) => (stated.grey!.untilMs = START_MS - 5)],
  ])("a revision that %s", async (_, change) => {
    const problems = await foundOfGrey(revised(change as (stated: CampaignDefinition) => void));
    expect(problems).toContain("revisions: only changes that are allowed");
  });

  it("a share that tells who is held out", async () => {
    const problems = await foundOfGrey((forgery) => {
      forgery.reopen(({ definition }) => {
        definition.grey!.salt = definition.assignment.salt;
      });
    });
    expect(problems[0]).toMatch(/^openings/);
  });
});
