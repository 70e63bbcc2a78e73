// verify passes what the engine wrote, arrives at its books, and says where its proof ends. Forged
// journals are tried in verify-claims, verify-grants and verify-records.
import { beforeAll, describe, expect, it } from "vitest";
import { EVENT_KINDS, type EventKind } from "../src/core/event.ts";
import { openCampaign } from "../src/host/open-campaign.ts";
import {
  type VerifyOptions,
  type VerifyReport,
  verifyRecords,
} from "../src/journal/verify/verify.ts";
import { Drill } from "./drill.fixture.ts";
import { plainCampaign } from "./simulation/plain-campaign.ts";
import { Forgery } from "./verify/forge.ts";
import { LEDGER, type Lived, liveInMemory } from "./verify/live-in-memory.ts";

let lived: Lived;

beforeAll(async () => {
  lived = await liveInMemory();
});

function verify(forgery: Forgery, options: Partial<VerifyOptions> = {}): Promise<VerifyReport> {
  return verifyRecords(forgery.encode(), { ledgerId: LEDGER, ...options });
}

describe("verify of an honest journal", () => {
  it("finds nothing", async () => {
    const report = await verifyRecords(lived.records, { ledgerId: LEDGER });
    expect(report.problems).toEqual([]);
    expect(report.ok).toBe(true);
  });

  it("makes every check", async () => {
    const report = await verifyRecords(lived.records, { ledgerId: LEDGER });
    const never = report.checks.filter((check) => check.count === 0).map(({ name }) => name);
    // Of checkpoints that are given beside the records: test/receipts.test.ts
    expect(never).toEqual(["checkpoints", "signatures"]);
  });

  it("meets every kind of event", () => {
    const forgery = new Forgery(lived.records);
    const kinds = Object.keys(EVENT_KINDS) as EventKind[];
    const campaigns = [...lived.life.engine.state.campaigns.keys()];
    const isMet = (kind: EventKind): boolean =>
      campaigns.some((campaign) => forgery.all(kind, campaign).length > 0);
    expect(kinds.filter((kind) => !isMet(kind))).toEqual([]);
  });

  it("arrives at the engine's own books", async () => {
    const report = await verifyRecords(lived.records, { ledgerId: LEDGER });
    for (const [i, campaign] of lived.life.engine.state.campaigns.entries()) {
      expect(report.campaigns[i]).toMatchObject({ ...campaign.books, ...campaign.counts });
    }
  });

  it("says what it does not show", async () => {
    const { notes } = await verifyRecords(lived.records, { ledgerId: LEDGER });
    expect(notes.some((note) => note.includes("outside the journal"))).toBe(true);
    expect(notes).toContain(
      "spring: no public beacon took part, so the operator could have chosen the seed.",
    );
  });

  it("says which lucky amounts wait for the seed of an open campaign", async () => {
    const open = lived.records.slice(0, 60);
    const report = await verifyRecords(open, { ledgerId: LEDGER });
    expect(report.ok).toBe(true);
    expect(report.campaigns[0]!.drawsWaiting).toBeGreaterThan(0);
    expect(report.checks.find((check) => check.name === "draws")!.count).toBe(0);
    expect(report.notes.some((note) => note.includes("until the seed is revealed"))).toBe(true);
  });

  it("draws them again as soon as a seed is given", async () => {
    const open = lived.records.slice(0, 60);
    const seeds = { spring: lived.seed };
    const report = await verifyRecords(open, { ledgerId: LEDGER, seeds });
    expect(report.ok).toBe(true);
    expect(report.campaigns[0]!.drawsWaiting).toBe(0);
    expect(report.checks.find((check) => check.name === "draws")!.count).toBeGreaterThan(0);
  });

  it("refuses a given seed that was not committed to", async () => {
    const seeds = { spring: new Uint8Array(32).fill(7) };
    const report = await verifyRecords(lived.records, { ledgerId: LEDGER, seeds });
    expect(report.problems[0]).toMatchObject({ check: "draws", event: "opened" });
  });

  it("takes no property of every object for the seed of a campaign that is called so", async () => {
    const drill = await new Drill().open(null);
    await openCampaign(drill.engine, plainCampaign({ id: "constructor" }));
    const report = await verifyRecords(await drill.records(), { ledgerId: LEDGER });
    expect(report.problems).toEqual([]);
    expect(report.campaigns.map(({ id }) => id)).toEqual(["constructor"]);
  });

  it("tells how far it is", async () => {
    const seen: number[] = [];
    const onProgress = ({ sequence }: { sequence: number }): number => seen.push(sequence);
    await verifyRecords(lived.records, { ledgerId: LEDGER, onProgress });
    expect(seen.at(-1)).toBe(lived.records.length);
  });

  it("control: taking the journal apart and encoding it anew changes nothing", async () => {
    const report = await verify(new Forgery(lived.records));
    expect(report.problems).toEqual([]);
    expect(report.lastChain).toBe(Buffer.from(lived.records.at(-1)!.chain).toString("hex"));
  });
});
