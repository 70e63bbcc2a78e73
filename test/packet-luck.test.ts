// Packets and prizes told to whoever holds one: by the server, by the journal alone, and in words.
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { luckFromJournal } from "../src/cli/luck-journal.ts";
import { packetWords } from "../src/cli/packet-words.ts";
import type { PacketView } from "../src/contract/index.ts";
import { DrivenClock, Engine, execute, MemorySecrets } from "../src/host/index.ts";
import { openCampaign } from "../src/host/open-campaign.ts";
import { openDirectoryJournal } from "../src/journal/files/directory-journal.ts";
import { CLOSES_MS, drawn } from "./draw-drill.fixture.ts";
import { START_MS } from "./simulation/plain-campaign.ts";
import { potCaps } from "./simulation/some-pot.ts";

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), "hongbao-luck-"));
});
afterEach(() => rm(directory, { recursive: true }));

/** A card, a pot of 40 in four packets, and a draw with three prizes that eight users entered. */
async function lived(): Promise<{ packets: PacketView[]; ofCard: object; folder: string }> {
  const clock = new DrivenClock(START_MS);
  const journal = await openDirectoryJournal({ directory, durable: false });
  const secrets = new MemorySecrets(new Uint8Array(32).fill(3));
  const engine = await Engine.open({ journal, secrets, clock, ticking: false });
  const plain = drawn();
  const reward = { kind: "pot", totalMinor: 40, packets: 4, minMinor: 1, maxMinor: 30 } as const;
  const packet = { ...plain.offers[0]!, id: "packet", reward };
  const offers = [plain.offers[0]!, packet, ...plain.offers.slice(1)];
  await openCampaign(engine, { ...plain, offers, caps: potCaps(offers), budgetMinor: 200 });
  const claim = (id: string, offer: string) =>
    engine.money("claim", "drill", { id, user: id, offer });
  const card = (await claim("a", "card")).grant!;
  const second = [await claim("b", "packet"), await claim("c", "packet")][1]!.grant!;
  for (let i = 0; i < 8; i++) {
    const params = { campaign: "drill", draw: "sunday" };
    const body = { id: `e-${i}`, user: `user-${i}` };
    await execute(engine, "draw.enter", { params, query: null, body });
  }
  clock.set(CLOSES_MS);
  await engine.tick();
  const params = { campaign: "drill", draw: "sunday" };
  const { view } = await execute(engine, "draw.show", { params, query: {}, body: null });
  const luckOf = (grant: string) =>
    execute(engine, "grant.luck", {
      params: { campaign: "drill", grant },
      query: null,
      body: null,
    });
  const packets: PacketView[] = [];
  for (const grant of [second, ...view!.grants]) packets.push((await luckOf(grant)).packet!);
  const { luck, packet: none } = await luckOf(card);
  await engine.close();
  return { packets, ofCard: { luck, none }, folder: directory };
}

describe("a packet or a prize", () => {
  it("is told the same by the server and by the journal alone", async () => {
    const { packets, ofCard, folder } = await lived();
    expect(ofCard).toEqual({ luck: undefined, none: undefined });
    expect(packets[0]).toMatchObject({ offer: "packet", packet: 2, packets: 4, totalMinor: 40 });
    expect(packets[0]).not.toHaveProperty("win");
    const wins = packets.slice(1).map(({ win }) => win);
    expect(wins).toEqual([1, 2, 3].map((winner) => ({ draw: "sunday", winner, entries: 8 })));
    for (const packet of packets) {
      expect(await luckFromJournal(folder, "drill", packet.grant)).toEqual({ packet });
    }
    expect(await luckFromJournal(folder, "drill", "0")).toEqual({});
  });

  it("is told in one paragraph for whoever has never heard of hashes", async () => {
    const { packets } = await lived();
    const [ofPot, ofDraw] = packets.map(packetWords) as [string, string];
    for (const text of [ofPot, ofDraw]) {
      expect(text).not.toContain("\n");
      expect(text).toContain("hongbao verify");
    }
    expect(ofPot).toContain("is packet 2 of 4 into which 0.40 CNY were split");
    expect(ofDraw).toContain("is the prize of winner 1 in draw sunday, which 8 entries");
    expect(ofDraw).toContain("No public number was mixed in");
    const mixed = packetWords({ ...packets[1]!, win: { ...packets[1]!.win!, round: 4711 } });
    expect(mixed).toContain("Round 4,711 of drand");
    expect(mixed).not.toContain("No public number");
  });
});
