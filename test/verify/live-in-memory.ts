// The campaigns of campaign-life.ts on a journal in memory, with secrets and entropy from a seed,
// so that every run writes the same bytes.

import { sha256 } from "../../src/base/hash.ts";
import { randomStream } from "../../src/base/keystream.ts";
import { EventWriter } from "../../src/core/event.ts";
import { writeTotals } from "../../src/core/money/totals.ts";
import { DrivenClock, Engine, MemorySecrets } from "../../src/host/index.ts";
import type { JournalRecord } from "../../src/journal/codec.ts";
import { createMemoryJournal } from "../../src/journal/memory-journal.ts";
import type { Journal } from "../../src/journal/port.ts";
import { CampaignLife, firstHalf, revisions, secondHalf } from "./campaign-life.ts";
import { greyLife } from "./grey-life.ts";
import { inviteLife } from "./invite-life.ts";
import { listLife } from "./list-life.ts";
import { mixedLuck } from "./mixed-luck.ts";
import { owedLife } from "./owed-life.ts";
import { pacedLife } from "./paced-life.ts";
import { potLife } from "./pot-life.ts";
import { rehearsedLife } from "./rehearsed-life.ts";
import { seenLife } from "./seen-life.ts";
import { shopLife } from "./shop-life.ts";
import { suspectedLife } from "./suspected-life.ts";

export const LEDGER = "golden";
export const BEGINS: number = Date.parse("2026-03-27T10:00:00+01:00");

export interface Lived {
  records: JournalRecord[];
  life: CampaignLife;
  /** The seed of campaign "spring". */
  seed: Uint8Array;
}

/** Lives through both halves and returns every record. */
export async function liveInMemory(): Promise<Lived> {
  const clock = new DrivenClock(BEGINS);
  const journal = createMemoryJournal({ ledgerId: LEDGER, sha256 });
  const stream = randomStream(1, "golden journal");
  const secrets = new MemorySecrets(stream.nextBytes(32));
  const entropy = (bytes: number): Uint8Array => stream.nextBytes(bytes);
  const engine = await Engine.open({ journal, secrets, clock, ticking: false, entropy });
  const life = new CampaignLife(engine, clock);
  await firstHalf(life);
  const seed = engine.state.campaigns[0]!.keys.seed!;
  await appendTotals(engine, journal, clock.wallMs(), entropy(16));
  await revisions(life);
  await secondHalf(life);
  await otherLives(life);
  await engine.close();
  const records: JournalRecord[] = [];
  for await (const record of journal.read()) records.push(record);
  return { records, life, seed };
}

/** A campaign for every mechanism that the first two do without. */
export async function otherLives(life: CampaignLife): Promise<void> {
  await mixedLuck(life);
  await potLife(life);
  await listLife(life);
  await owedLife(life);
  await rehearsedLife(life);
  await seenLife(life);
  await greyLife(life);
  await pacedLife(life);
  await suspectedLife(life);
  await inviteLife(life);
  await shopLife(life);
}

/** Totals come with every thousandth record; a journal that is kept in a repository is shorter. */
export async function appendTotals(
  engine: Engine,
  journal: Journal,
  atMs: number,
  blindingSeed: Uint8Array,
): Promise<void> {
  await engine.whenIdle();
  const out = new EventWriter();
  out.reset(atMs);
  for (const campaign of engine.state.campaigns) writeTotals(campaign, atMs, out);
  const payload = new Uint8Array(out.words.buffer, 0, 4 * out.length);
  await journal.append({ atMs, eventCount: out.count, payload, blindingSeed, totals: true });
}
