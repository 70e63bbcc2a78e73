// Ours in the draw bench: a draw of millions of entries closes while claims go on. Entries are
// decided one by one before, without a journal, since what is measured begins with the close.
import { createHash, randomBytes } from "node:crypto";
import { concatBytes } from "../../src/base/bytes.ts";
import { emptyCommand, ID_AT, USER_AT } from "../../src/core/command.ts";
import type { CampaignDefinition, OfferDefinition } from "../../src/core/definition.ts";
import { decideEnter } from "../../src/core/draws/decide-entry.ts";
import { EventWriter } from "../../src/core/event.ts";
import { DrivenClock } from "../../src/host/clock.ts";
import { Engine } from "../../src/host/engine.ts";
import { openCampaign } from "../../src/host/open-campaign.ts";
import { MemorySecrets } from "../../src/host/secrets.ts";
import { createMemoryJournal } from "../../src/journal/memory-journal.ts";
import { benchCampaign, CARD } from "../campaign.ts";
import { watchPauses } from "../pauses.ts";

export interface DrawFigures {
  /** The longest that the writer was kept by one slice of the close or of the drawing. */
  sliceMs: number;
  /** The longest time between two turns while the draw closes and is drawn. */
  pauseMs: number;
  /** The same with claims alone. */
  claimsPauseMs: number;
  /** From the close to the last winner. */
  closingMs: number;
  bytesPerEntry: number;
}

const BATCH = 500;
const STEPS = 40;

export async function run(entries: number, winners: number): Promise<DrawFigures> {
  const startMs = Date.now();
  const clock = new DrivenClock(startMs);
  const journal = createMemoryJournal({ ledgerId: "bench", sha256: nodeSha256 });
  const secrets = new MemorySecrets(new Uint8Array(randomBytes(32)));
  const engine = await Engine.open({ journal, secrets, clock, ticking: false });
  const campaign = drawCampaign(startMs, winners);
  await openCampaign(engine, campaign);
  clock.set(startMs + 1000);
  await claims(engine, campaign.id, 0, BATCH);
  global.gc?.();
  const before = process.memoryUsage().rss;
  enter(engine, entries, clock.wallMs());
  global.gc?.();
  const bytesPerEntry = (process.memoryUsage().rss - before) / entries;
  const lot = engine.state.campaigns[0]!.lots[0]!;
  let made = BATCH;
  const moreClaims = async (): Promise<void> => {
    for (let step = 0; step < STEPS; step++) {
      await claims(engine, campaign.id, made, BATCH);
      made += BATCH;
    }
  };
  const claimsPauses = watchPauses();
  await moreClaims();
  const claimsPauseMs = claimsPauses();
  clock.set(campaign.draws![0]!.closesAtMs);
  const fromMs = performance.now();
  let closingMs = 0;
  let sliceMs = 0;
  const { single } = engine;
  // Nothing else is decided singly meanwhile: each such turn is a slice of the sweep.
  engine.single = (lane, decide, describe, timeoutMs) => {
    const timed: typeof decide = (atMs, out) => {
      const beganAtMs = performance.now();
      const answer = decide(atMs, out);
      sliceMs = Math.max(sliceMs, performance.now() - beganAtMs);
      return answer;
    };
    return single.call(engine, lane, timed as never, describe, timeoutMs) as never;
  };
  const pauses = watchPauses();
  const closing = engine.tick().then(() => {
    closingMs = performance.now() - fromMs;
  });
  await moreClaims();
  await closing;
  const pauseMs = pauses();
  if (lot.winners !== winners) throw new Error(`expected ${winners}, got ${lot.winners}`);
  await engine.close();
  return { sliceMs, pauseMs, claimsPauseMs, closingMs, bytesPerEntry };
}

/** Users of their own, one entry each; their keys are numbers, which hashes would be. */
function enter(engine: Engine, entries: number, atMs: number): void {
  const campaign = engine.state.campaigns[0]!;
  const command = emptyCommand();
  const out = new EventWriter();
  for (let i = 0; i < entries; i++) {
    if (i % BATCH === 0) out.reset(atMs);
    const mixed = Math.imul(i, 0x9e3779b1) >>> 0;
    command.keys.set([mixed, i, 1, 1], ID_AT);
    command.keys.set([mixed, i, 2, 2], USER_AT);
    decideEnter(campaign, command, 0, atMs, out);
    engine.apply(out);
  }
}

function nodeSha256(...parts: Uint8Array[]): Uint8Array {
  return new Uint8Array(
    createHash("sha256")
      .update(concatBytes(...parts))
      .digest(),
  );
}

function drawCampaign(startMs: number, winners: number): CampaignDefinition {
  const plain = benchCampaign(startMs);
  const equal = { totalMinor: winners, packets: winners, minMinor: 1, maxMinor: 1 };
  const prize: OfferDefinition = {
    ...{ id: "prize", title: "Prize", wave: 0, audience: null, draw: 0 },
    reward: { kind: "pot", ...equal },
    expiry: { kind: "after", afterMs: 3_600_000 },
  };
  const stock = {
    dimension: "offer:prize",
    counts: "grants",
    per: "total",
    limit: winners,
  } as const;
  const rest = { on: "claim", refund: true, missing: "refuse" } as const;
  return {
    ...plain,
    offers: [...plain.offers, prize],
    caps: [
      ...plain.caps.filter(({ dimension }) => dimension !== "ip"),
      { id: "pot:prize", ...stock, ...rest },
    ],
    assignment: { ...plain.assignment, holdoutShare: 0 },
    draws: [
      {
        ...{ id: "draw", title: "Draw", opensAtMs: startMs, closesAtMs: startMs + 60_000 },
        ...{ audience: null, entriesPerUser: 1, winsPerUser: 1 },
      },
    ],
  };
}

async function claims(engine: Engine, campaign: string, from: number, count: number) {
  const inputs = Array.from({ length: count }, (_, i) => {
    const attributes = { device: `device-${from + i}`, ip: "10.0.0.1" };
    return { id: `c-${from + i}`, user: `user-${from + i}`, offer: CARD, attributes };
  });
  await engine.batch("claim", campaign, inputs);
}
