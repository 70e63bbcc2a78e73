// Split pots from the request to the journal: packets go out in order, come back whole and go out
// again unchanged, their money is nobody else's, and verify finds every way to cheat with them.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { RevisionAnswer } from "../src/contract/index.ts";
import type { CampaignDefinition, OfferDefinition, PotReward } from "../src/core/definition.ts";
import { GRANTED, RETURNED } from "../src/core/event.ts";
import { emptyLedger } from "../src/core/ledger-state.ts";
import { workingKey } from "../src/core/luck/luck.ts";
import { Engine, execute } from "../src/host/index.ts";
import { openCampaign } from "../src/host/open-campaign.ts";
import { FileSnapshots } from "../src/host/writer/file-snapshots.ts";
import { Drill } from "./drill.fixture.ts";
import { AuditedPot } from "./simulation/auditor-pots.ts";
import { CoreRun, namesOf } from "./simulation/core-run.ts";
import { SimulatedDisk } from "./simulation/disk.ts";
import { openSimulated } from "./simulation/journal-life.ts";
import { DAY_MS, HOUR_MS, plainCampaign, START_MS } from "./simulation/plain-campaign.ts";
import { potCaps } from "./simulation/some-pot.ts";
import { compareStates } from "./simulation/state-audit.ts";
import { type Forgery, spliced } from "./verify/forge.ts";

const POT: PotReward = { kind: "pot", totalMinor: 60, packets: 4, minMinor: 1, maxMinor: 40 };

/** A card of 10 and a pot of 60 in four packets, on a budget of 100. */
function potted(reward: PotReward = POT, more: Partial<CampaignDefinition> = {}) {
  const card = plainCampaign().offers[0]!;
  const offers: OfferDefinition[] = [card, { ...card, id: "packet", reward }];
  return plainCampaign({ offers, caps: potCaps(offers), ...more });
}

class PotDrill extends Drill {
  override claim(user: string, offer = "packet") {
    return super.claim(user, offer);
  }

  /** What the committed seed holds, drawn by the auditor. */
  packets(reward = POT): number[] {
    const key = new Uint8Array(workingKey(this.campaign.keys.seed!, null).buffer);
    const pot = new AuditedPot(reward, 1, key);
    return Array.from({ length: reward.packets }, (_, i) => {
      const { amountMinor } = pot.next()!;
      pot.take(i);
      return amountMinor;
    });
  }
}

describe("a split pot", () => {
  it("hands out its packets in order, then refuses by its cap", async () => {
    const drill = await new PotDrill().open(potted());
    const amounts: unknown[] = [];
    for (const user of ["a", "b", "c", "d"]) amounts.push((await drill.claim(user)).amountMinor);
    expect(amounts).toEqual(drill.packets());
    expect(amounts.reduce((sum: number, one) => sum + (one as number), 0)).toBe(60);
    const empty = await drill.claim("e");
    expect([empty.status, empty.cap]).toEqual(["cap_reached", "pot:packet"]);
    expect(await drill.verify(true)).toMatchObject({ ok: true, problems: [] });
  });

  it("keeps its money from every other offer, and takes no more than its own", async () => {
    const drill = await new PotDrill().open(potted());
    const cards: string[] = [];
    for (const user of ["a", "b", "c", "d", "e"]) {
      cards.push((await drill.claim(user, "card")).status);
    }
    expect(cards).toEqual(["granted", "granted", "granted", "granted", "budget_exhausted"]);
    for (const user of ["a", "b", "c", "d"]) {
      expect((await drill.claim(user)).status).toBe("granted");
    }
    const { books } = drill.campaign;
    expect([books.reservedMinor, books.setAsideMinor]).toEqual([100, 0]);
    expect(await drill.verify()).toMatchObject({ ok: true });
  });

  it("takes back a cancelled packet at once and re-issues it after the fresh ones", async () => {
    const drill = await new PotDrill().open(potted());
    const first = await drill.claim("a");
    await drill.cancel(first.grant!);
    expect(drill.campaign.books.setAsideMinor).toBe(60);
    const [, second] = drill.packets();
    expect((await drill.claim("a")).amountMinor).toBe(second);
    await drill.claim("b");
    await drill.claim("c");
    const again = await drill.claim("d");
    expect([again.status, again.amountMinor]).toEqual(["granted", first.amountMinor]);
    expect((await drill.claim("e")).status).toBe("cap_reached");
    expect(await drill.verify(true)).toMatchObject({ ok: true });
  });

  it("pool exhausted, packets returned afterwards: each goes out once more", async () => {
    const drill = await new PotDrill().open(potted());
    const grants: string[] = [];
    for (const user of ["a", "b", "c", "d"]) grants.push((await drill.claim(user)).grant!);
    expect((await drill.claim("e")).status).toBe("cap_reached");
    // In the same millisecond, the later packet first; one of them is cancelled twice.
    const [first, , third] = drill.packets();
    await Promise.all([
      drill.cancel(grants[2]!),
      drill.cancel(grants[0]!),
      drill.cancel(grants[0]!),
    ]);
    expect(drill.campaign.books.setAsideMinor).toBe(first! + third!);
    const again = await Promise.all(["e", "f", "g"].map((user) => drill.claim(user)));
    expect(again.map(({ status, amountMinor }) => [status, amountMinor])).toEqual([
      ["granted", third],
      ["granted", first],
      ["cap_reached", undefined],
    ]);
    expect(drill.campaign.books).toMatchObject({ reservedMinor: 60, setAsideMinor: 0 });
    expect(await drill.verify(true)).toMatchObject({ ok: true });
  });

  it("takes back an expired packet only when its money has settled", async () => {
    const drill = await new PotDrill().open(potted());
    for (const user of ["a", "b", "c", "d"]) await drill.claim(user);
    await drill.wait(DAY_MS);
    expect(drill.campaign.books.settlingMinor).toBe(60);
    expect((await drill.claim("e")).status).toBe("cap_reached");
    await drill.wait(DAY_MS - 1);
    expect((await drill.claim("e")).status).toBe("cap_reached");
    await drill.wait(1);
    expect(drill.campaign.books).toMatchObject({ settlingMinor: 0, setAsideMinor: 60 });
    expect((await drill.claim("e")).amountMinor).toBe(drill.packets()[0]);
    expect(await drill.verify(true)).toMatchObject({ ok: true });
  });

  it("never takes back a packet of which something was spent: its rest is money", async () => {
    const drill = await new PotDrill().open(potted());
    const [a, b] = [await drill.claim("a"), await drill.claim("b")];
    await drill.redeem(a.grant!, 1);
    await drill.redeem(b.grant!, 1);
    await drill.cancel(a.grant!);
    const bound = a.amountMinor! + b.amountMinor!;
    expect(drill.campaign.books.setAsideMinor).toBe(60 - bound);
    await drill.wait(DAY_MS);
    await drill.wait(DAY_MS);
    expect(drill.campaign.books).toMatchObject({ spentMinor: 2, setAsideMinor: 60 - bound });
    expect(drill.campaign.grantableMinor).toBe(40 + bound - 2);
    await drill.claim("c");
    await drill.claim("d");
    expect((await drill.claim("e")).cap).toBe("pot:packet");
    expect(await drill.verify(true)).toMatchObject({ ok: true });
  });

  it("gives no count back to the user's caps: cancelling is no way to another packet", async () => {
    const definition = potted();
    const once = { dimension: "user", counts: "grants", per: "total", limit: 1 } as const;
    const own = { id: "once", ...once, on: "claim", refund: true, missing: "refuse" } as const;
    const drill = await new PotDrill().open({ ...definition, caps: [own, ...definition.caps] });
    const first = await drill.claim("a");
    await drill.cancel(first.grant!);
    expect((await drill.claim("a")).cap).toBe("once");
    expect((await drill.claim("b")).status).toBe("granted");
  });

  it("goes on after a restart with the packet that comes next", async () => {
    const drill = await new PotDrill().open(potted());
    const first = await drill.claim("a");
    await drill.claim("b");
    await drill.cancel(first.grant!);
    await drill.again();
    const amounts = [];
    for (const user of ["c", "d", "e"]) amounts.push((await drill.claim(user)).amountMinor);
    const packets = drill.packets();
    expect(amounts).toEqual([packets[2], packets[3], packets[0]]);
    expect(await drill.verify(true)).toMatchObject({ ok: true });
  });

  it("is there again after a start from a snapshot, also one that a revision added", async () => {
    const disk = new SimulatedDisk({ seed: 1 });
    const drill = new PotDrill();
    const start = async (): Promise<void> => {
      drill.engine = await Engine.open({
        ...{ journal: await openSimulated(disk), snapshots: new FileSnapshots(disk) },
        ...{ secrets: drill.secrets, clock: drill.clock, ticking: false },
      });
    };
    await start();
    await openCampaign(drill.engine, potted());
    const first = await drill.claim("a");
    await drill.cancel(first.grant!);
    const { offers, ...rest } = drill.campaign.definition;
    const more = [...offers, { ...offers[1]!, id: "two", reward: { ...POT, totalMinor: 40 } }];
    const definition = { ...rest, offers: more, caps: potCaps(more) };
    const body = { definition, version: 1, why: "a test" };
    const call = { params: { campaign: "drill" }, query: null, body };
    expect((await execute(drill.engine, "campaign.revise", call)).status).toBe("revised");
    await drill.claim("b", "two");
    await drill.claim("b");
    const before = drill.engine.state;
    await drill.engine.close();
    const loaded = await new FileSnapshots(disk).load(emptyLedger(), await openSimulated(disk));
    expect(loaded.sequence).toBeGreaterThan(0);
    await start();
    compareStates(before, drill.engine.state, "restored");
    expect(drill.campaign.version).toBe(1);
    for (const user of ["c", "d", "e"]) {
      expect((await drill.claim(user)).status, user).toBe("granted");
    }
    expect((await drill.claim("f")).cap).toBe("pot:packet");
    await drill.engine.close();
  });

  it("tells the held-out's next packet without taking it", async () => {
    const { assignment } = plainCampaign();
    const drill = await new PotDrill().open(
      potted(POT, { assignment: { ...assignment, holdoutShare: 0.5 } }),
    );
    for (let i = 0; i < 20; i++) await drill.claim(`user-${i}`);
    const { counts } = drill.campaign;
    expect(counts.granted).toBe(4);
    expect(counts.withheld).toBeGreaterThan(4);
    const report = await drill.verify(true);
    expect(report).toMatchObject({ ok: true });
    expect(report.checks.find(({ name }) => name === "draws")!.count).toBeGreaterThan(4);
  });

  it("may not be changed by a revision, and a new one needs free money", async () => {
    const drill = await new PotDrill().open(potted());
    const before = drill.campaign.definition;
    const revise = (offers: OfferDefinition[], more: Partial<CampaignDefinition> = {}) => {
      const own = before.caps.filter(({ id }) => !id.startsWith("pot:"));
      const definition = { ...before, offers, caps: [...own, ...potCaps(offers)], ...more };
      const body = { definition, version: 1, why: "a test" };
      const call = { params: { campaign: "drill" }, query: null, body };
      return execute(drill.engine, "campaign.revise", call) as Promise<RevisionAnswer>;
    };
    const [card, packet] = before.offers as [OfferDefinition, OfferDefinition];
    const more = { ...packet, reward: { ...POT, totalMinor: 61 } };
    await expect(revise([card, more])).rejects.toThrow("its packets are fixed");
    await drill.claim("z", "card");
    const lower = revise(before.offers, { budgetMinor: 69 });
    await expect(lower).rejects.toThrow("at least 0.70 CNY, which is given out or set aside");
    const fresh = (totalMinor: number) => ({
      ...packet,
      id: "two",
      reward: { ...POT, totalMinor },
    });
    await expect(revise([card, packet, fresh(31)])).rejects.toThrow("set aside");
    expect((await revise([card, packet, fresh(30)])).status).toBe("revised");
    expect(drill.campaign.grantableMinor).toBe(0);
    expect((await drill.claim("a", "two")).status).toBe("granted");
    await drill.again();
    expect((await drill.claim("b", "two")).status).toBe("granted");
    expect(await drill.verify(true)).toMatchObject({ ok: true });
  });

  it("survives races: the last packet claimed, and another cancelled, in one record", async () => {
    const drill = await new PotDrill().open(potted());
    const first = await drill.claim("a");
    for (const user of ["b", "c"]) await drill.claim(user);
    const [last, none, back] = await Promise.all([
      drill.claim("d"),
      drill.claim("e"),
      drill.cancel(first.grant!),
    ]);
    expect([last.status, back.status]).toEqual(["granted", "cancelled"]);
    // A cancellation is decided before a claim that waits: what it gave back is there for "e".
    expect(none).toMatchObject({ status: "granted", amountMinor: first.amountMinor });
    expect((await drill.claim("f")).status).toBe("cap_reached");
    expect(await drill.verify(true)).toMatchObject({ ok: true });
  });

  it("can be closed with packets inside: what nobody took was never spent", async () => {
    const drill = await new PotDrill().open(potted());
    const a = await drill.claim("a");
    await drill.redeem(a.grant!);
    await drill.claim("b");
    await drill.wait(15 * DAY_MS);
    await drill.wait(2 * DAY_MS);
    expect((await drill.close()).status).toBe("ok");
    const report = await drill.verify();
    expect(report).toMatchObject({ ok: true, problems: [] });
    expect(report.campaigns[0]).toMatchObject({ packetsWaiting: 0, spentMinor: a.amountMinor });
  });
});

describe("in any order of claims, cancellations, redemptions and expiries", () => {
  it("every packet is held once at most, and all together are the total", () => {
    const definition = potted({ ...POT, packets: 3, totalMinor: 12, maxMinor: 12 });
    const names = namesOf(definition);
    const moves = fc.array(
      fc.oneof(
        { weight: 4, arbitrary: fc.constant("claim" as const) },
        { weight: 2, arbitrary: fc.nat({ max: 5 }).map((grant) => ({ cancel: grant })) },
        { weight: 1, arbitrary: fc.nat({ max: 5 }).map((grant) => ({ redeem: grant })) },
        { weight: 2, arbitrary: fc.constantFrom(HOUR_MS, DAY_MS, DAY_MS - 1) },
      ),
      { maxLength: 25 },
    );
    fc.assert(
      fc.property(moves, (list) => {
        const run = new CoreRun(definition, names);
        let atMs = START_MS;
        for (const [i, move] of list.entries()) {
          const campaign = "drill";
          const id = `i${i}`;
          if (typeof move === "number") atMs += move;
          else if (move === "claim") {
            run.ask({ op: "claim", campaign, input: { id, user: `u${i}`, offer: "packet" } }, atMs);
          } else if ("cancel" in move) {
            run.ask({ op: "cancel", campaign, input: { id, grant: run.grant(move.cancel) } }, atMs);
          } else {
            const input = { id, grant: run.grant(move.redeem), amountMinor: 1 };
            run.ask({ op: "redeem", campaign, input }, atMs);
          }
          run.ask({ op: "sweep", campaign: "drill" }, atMs);
        }
        run.replay();
        const { pots, grantCount, grantPacket, grantState } = run.state.campaigns[0]!;
        const held = new Set<number>();
        for (let grant = 0; grant < grantCount; grant++) {
          if (grantState.get(grant) > 1) continue;
          expect(held.has(grantPacket.get(grant))).toBe(false);
          held.add(grantPacket.get(grant));
        }
        expect(pots[1]!.taken).toBeLessThanOrEqual(3);
      }),
      { numRuns: 300 },
    );
  });
});

describe("verify finds in a pot:", () => {
  /** Two packets of which one is cancelled and one expires; all go out again. */
  async function lived(): Promise<Drill> {
    const drill = await new PotDrill().open(potted());
    const [a, b] = [await drill.claim("a"), await drill.claim("b")];
    await drill.cancel(a.grant!);
    await drill.wait(2 * DAY_MS);
    for (const user of ["c", "d", "e", "f"]) await drill.claim(user);
    expect(b.status).toBe("granted");
    await drill.wait(16 * DAY_MS);
    await drill.wait(2 * DAY_MS);
    expect((await drill.close()).status).toBe("ok");
    return drill;
  }

  async function expectFound(check: string, forge: (forgery: Forgery) => void): Promise<void> {
    await (await lived()).expectFound(check, forge);
  }

  it("a packet that the seed does not draw", () =>
    expectFound("draws", (forgery) => {
      const [one, two] = forgery.all("granted");
      const move = one![GRANTED.amount]! > 2 ? -1 : 1;
      one![GRANTED.amount]! += move;
      two![GRANTED.amount]! -= move;
    }));

  it("a packet beyond its bounds, before the seed is known", () =>
    expectFound("packets", (forgery) => {
      forgery.event("granted")[GRANTED.amount] = 40;
    }));

  it("a packet out of turn", () =>
    expectFound("packets", (forgery) => {
      forgery.event("granted", 1)[GRANTED.draw] = 3;
    }));

  it("a packet that came back and went out changed", () =>
    expectFound("packets", (forgery) => {
      forgery.event("granted", -1)[GRANTED.amount]! += 1;
    }));

  it("a packet that was kept back after its cancellation", () =>
    expectFound("packets", (forgery) => {
      forgery.replace(forgery.event("packet_returned"));
    }));

  it("a packet that came back twice", () =>
    expectFound("packets", (forgery) => {
      const event = forgery.event("packet_returned");
      forgery.replace(event, event, event.slice());
    }));

  it("a packet that came back before its money had settled", () =>
    expectFound("packets", (forgery) => {
      const returned = forgery.event("packet_returned", 1);
      const expired = forgery.event("expired");
      forgery.replace(returned);
      forgery.replace(expired, expired, returned);
    }));

  it("a packet that gave nothing back to the pot's cap", () =>
    expectFound("refunds", (forgery) => {
      const event = forgery.event("packet_returned");
      const short = spliced(event, RETURNED.tail, 2);
      short[RETURNED.counts] = 0;
      forgery.replace(event, short);
    }));

  it("an opening whose packets cannot add up", () =>
    expectFound("openings", (forgery) => {
      forgery.reopen(({ definition }) => {
        const { reward } = definition.offers[1]!;
        if (reward.kind === "pot") reward.maxMinor = 14;
      });
    }));

  it("an opening that sets aside more than the budget", () =>
    expectFound("money", (forgery) => {
      forgery.reopen(({ definition }) => {
        definition.budgetMinor = 59;
      });
    }));
});
