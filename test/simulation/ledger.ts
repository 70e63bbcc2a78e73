// One ledger on a simulated disk, as it is opened again and again: what its journal holds is held
// against the auditor's books each time.
import { HongbaoError } from "../../src/base/error.ts";
import { LIMITS } from "../../src/base/limits.ts";
import { Engine } from "../../src/host/engine.ts";
import { openCampaign } from "../../src/host/open-campaign.ts";
import { MemorySecrets } from "../../src/host/secrets.ts";
import { FileSnapshots } from "../../src/host/writer/file-snapshots.ts";
import type { FileJournal } from "../../src/journal/files/file-journal.ts";
import { nodeSha256 } from "../../src/journal/index.ts";
import { verifyRecords } from "../../src/journal/verify/verify.ts";
import { Auditor } from "./auditor.ts";
import { AuditorNames } from "./auditor-names.ts";
import { moveRound } from "./beacons.ts";
import { someCampaign } from "./campaigns.ts";
import { Chance } from "./chance.ts";
import { SimulatedClock } from "./clock.ts";
import { Disagreement, difference } from "./disagreement.ts";
import { SimulatedDisk } from "./disk.ts";
import { type Acknowledged, EngineLife } from "./engine-life.ts";
import { withInvites } from "./invites.ts";
import { openSimulated } from "./journal-life.ts";
import { DrillLists } from "./put-list.ts";
import { readBack } from "./read-back.ts";
import { auditState, compareStates } from "./state-audit.ts";

const SEGMENT_BYTES = 32_768;

export class Ledger {
  readonly disk: SimulatedDisk;
  readonly clock: SimulatedClock;
  readonly drill: ReturnType<typeof someCampaign>;
  readonly soon: (() => void)[] = [];
  readonly cells: Map<string, number> = new Map();
  auditor: Auditor | null = null;
  journal: FileJournal | null = null;
  life: EngineLife | null = null;
  private readonly entropy: Chance;
  private readonly secrets: MemorySecrets;
  private readonly lists = new DrillLists();
  /** The 32-byte secrets handed out, in order. */
  private readonly minted: Uint8Array[] = [];
  /** Of the campaign's luck. */
  private seed: Uint8Array | null = null;
  private readonly hashBits: number;
  private readonly snapshots: boolean;
  /** Events that some answer rested on: they must never be lost. */
  private promised = 0;
  private openingPromised = false;
  /** Of the last event found when the journal was opened: time goes on from it. */
  private lastEventAtMs = 0;
  private pending: Acknowledged[] = [];
  /** Event counts that the journal must not reach: see EngineLife. */
  private readonly denied: number[] = [];
  /** The last life's state, and how many events it had seen. */
  private last: { state: Engine["state"]; events: number } | null = null;

  constructor(seed: number, chance: Chance) {
    this.entropy = new Chance(seed ^ 0x2c1b3c6d);
    this.disk = new SimulatedDisk({ seed: seed ^ 0x5bd1e995 });
    this.drill = withInvites(someCampaign(chance), new Chance(seed ^ 0x1c69b3f7));
    this.hashBits = chance.pick([32, 8, 2]);
    this.snapshots = chance.yes(0.5);
    const { startsAtMs } = this.drill.definition;
    const atMs = startsAtMs + chance.pick([-1, 0, 1, 1]);
    this.clock = new SimulatedClock(atMs, chance.yes(0.7));
    this.secrets = new MemorySecrets(this.entropy.bytes(32));
  }

  /** The instant with which the writer stamps a decision now. */
  nowMs(): number {
    return Math.max(this.clock.wallMs(), this.journal!.lastAtMs, this.lastEventAtMs);
  }

  /** Opens the directory as the next process would, and judges what is there. */
  async open(): Promise<void> {
    const snapshots = this.snapshots ? new FileSnapshots(this.disk) : null;
    const known = await snapshots?.known();
    this.journal = await openSimulated(this.disk, {
      segmentBytes: SEGMENT_BYTES,
      ...(known ? { known: [{ source: "the snapshot", ...known }] } : {}),
    });
    const engine = await this.openEngine(snapshots);
    const found = await readBack(engine.journal);
    this.lastEventAtMs = Number(found.events.at(-1)?.atMs ?? 0);
    if (found.openings === 0) {
      if (this.openingPromised) throw new Disagreement("the opening of the campaign was lost");
      await this.openDrill(engine);
    } else {
      if (this.auditor === null) this.meet(engine);
      this.recognise(engine, found.events, found.sequences);
      await this.verify();
    }
    this.openingPromised = true;
    const auditor = this.auditor!;
    this.life = new EngineLife({
      engine,
      auditor,
      soon: this.soon,
      nowMs: () => this.nowMs(),
      visit: (cell) => this.cells.set(cell, (this.cells.get(cell) ?? 0) + 1),
    });
    auditState(engine.state, auditor.books, this.nowMs());
  }

  /** A clock far from the journal is refused unless it is trusted. */
  private async openEngine(snapshots: FileSnapshots | null): Promise<Engine> {
    const journal = this.journal!;
    const aheadMs = journal.lastAtMs === 0 ? 0 : this.clock.wallMs() - journal.lastAtMs;
    const expected =
      aheadMs > LIMITS.clockAheadMs
        ? "clock_ahead"
        : aheadMs < -LIMITS.clockBehindMs
          ? "clock_behind"
          : null;
    const options = {
      journal,
      secrets: this.secrets,
      clock: this.clock,
      entropy: (bytes: number) => this.mint(bytes),
      soon: (run: () => void) => this.soon.push(run),
      ticking: false,
      lists: this.lists,
      sliceMs: Number.POSITIVE_INFINITY,
      hashBits: this.hashBits,
      ...(snapshots === null ? {} : { snapshots }),
    };
    if (expected === null) return await Engine.open(options);
    const refusal = await Engine.open(options).then(
      () => "nothing",
      (error: unknown) => {
        if (error instanceof HongbaoError && error.code === expected) return error.code;
        throw error;
      },
    );
    if (refusal !== expected) {
      throw new Disagreement(`a clock ${aheadMs} ms ahead: expected ${expected}, got ${refusal}`);
    }
    return await Engine.open({ ...options, trustClock: true });
  }

  private mint(bytes: number): Uint8Array {
    const minted = this.entropy.bytes(bytes);
    if (bytes === 32) this.minted.push(minted);
    return minted;
  }

  private async openDrill(engine: Engine): Promise<void> {
    let opened: unknown = null;
    // The one that was promised before may be due by now.
    moveRound(this.drill.definition, this.nowMs());
    openCampaign(engine, this.drill.definition).then(
      (answer) => {
        opened = answer;
      },
      (error: unknown) => {
        opened = error;
      },
    );
    for (let hops = 0; opened === null && hops < 5000; hops++) {
      this.soon.shift()?.();
      await Promise.resolve();
    }
    if (opened instanceof Error) throw opened;
    if (opened === null) throw new Disagreement("the opening was never answered");
    this.meet(engine);
  }

  private meet(engine: Engine): void {
    const [seed, key] = this.minted.slice(-2) as [Uint8Array, Uint8Array];
    this.seed = seed;
    const { definition } = this.drill;
    const { names } = engine.find(definition.id)!;
    this.auditor = new Auditor(definition, new AuditorNames(seed, key), names);
  }

  /** Holds the journal against the books, which forget what was lost and never promised. */
  private recognise(engine: Engine, events: readonly object[], sequences: readonly number[]): void {
    const auditor = this.auditor!;
    if (events.length < this.promised) {
      throw new Disagreement(`${this.promised} events were promised, ${events.length} are there`);
    }
    const differs = difference(auditor.events.slice(0, events.length), events);
    if (differs !== null) throw new Disagreement(`the journal's events: ${differs}`);
    if (!auditor.rewind(events.length)) throw new Disagreement("part of a line survived");
    this.checkSequences(sequences);
    const kept = this.denied.splice(0).find((count) => events.length >= count);
    if (kept !== undefined) {
      throw new Disagreement(`a line heard that it was not decided, and event ${kept} is there`);
    }
    this.promised = events.length;
    const { last } = this;
    if (last?.events === events.length) compareStates(last.state, engine.state, "reread");
  }

  /** What an honest engine wrote is sound to `verify`, which shares no rule with it. */
  private async verify(): Promise<void> {
    const { journal, seed } = this;
    const { id } = this.drill.definition;
    const { ledgerId } = journal!;
    const options = { ledgerId, sha256: nodeSha256, seeds: { [id]: seed! } };
    const { ok, problems } = await verifyRecords(journal!.read(), options);
    if (ok) return;
    const { check, expected, found, sequence, index } = problems[0]!;
    const where = `record ${sequence}, event ${index}`;
    throw new Disagreement(`verify: ${where}: ${check}: expected ${expected}, found ${found}`);
  }

  /** An answer names the record that it rests on. */
  private checkSequences(sequences: readonly number[]): void {
    for (const { events, wrote, sequence } of this.pending.splice(0)) {
      const last = sequences[events - 1] ?? 0;
      if (wrote ? sequence === last : sequence >= last) continue;
      throw new Disagreement(`an answer names record ${sequence}, its events stand in ${last}`);
    }
  }

  /** The process is gone: what it promised stays. Says how many lines it decided. */
  forgetLife(): number {
    const { life } = this;
    if (life === null) return 0;
    for (const { events } of life.acknowledged) this.promised = Math.max(this.promised, events);
    this.pending.push(...life.acknowledged);
    this.denied.push(...life.denied);
    this.last = { state: life.engine.state, events: this.auditor!.events.length };
    this.soon.length = 0;
    this.life = null;
    this.journal = null;
    return life.commands;
  }
}
