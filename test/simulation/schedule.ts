// One seeded schedule: several lives of one ledger on one failing disk, each judged against the
// auditor's books, and at last a calm one in which everything must add up.
import { HongbaoError } from "../../src/base/error.ts";
import { DrivenClock } from "../../src/host/clock.ts";
import { Engine } from "../../src/host/engine.ts";
import { FileSnapshots } from "../../src/host/file-snapshots.ts";
import { openCampaign } from "../../src/host/open-campaign.ts";
import { MemorySecrets } from "../../src/host/secrets.ts";
import type { FileJournal } from "../../src/journal/file-journal.ts";
import type { Ask } from "./asks.ts";
import { isMoney } from "./asks.ts";
import { Auditor } from "./auditor.ts";
import { sweepIsDue } from "./auditor-grants.ts";
import { AuditorNames } from "./auditor-names.ts";
import { someCampaign } from "./campaigns.ts";
import { Chance } from "./chance.ts";
import { Disagreement, difference } from "./disagreement.ts";
import { PowerLoss, SimulatedDisk } from "./disk.ts";
import { type Acknowledged, EngineLife } from "./engine-life.ts";
import { openSimulated } from "./journal-life.ts";
import { readBack } from "./read-back.ts";
import { auditState, compareStates } from "./state-audit.ts";
import { Workload } from "./workload.ts";

const SEGMENT_BYTES = 32_768;

export interface ScheduleReport {
  commands: number;
  crashes: number;
  cells: Map<string, number>;
}

export class Schedule {
  readonly report: ScheduleReport = { commands: 0, crashes: 0, cells: new Map() };
  private readonly chance: Chance;
  private readonly disk: SimulatedDisk;
  private readonly clock: DrivenClock;
  private readonly secrets: MemorySecrets;
  private readonly entropy: Chance;
  /** The 32-byte secrets handed out, in order. */
  private readonly minted: Uint8Array[] = [];
  private readonly hashBits: number;
  private readonly drill: ReturnType<typeof someCampaign>;
  private readonly snapshots: boolean;
  private readonly soon: (() => void)[] = [];
  private auditor: Auditor | null = null;
  private workload: Workload | null = null;
  private journal: FileJournal | null = null;
  private life: EngineLife | null = null;
  /** Events that some answer rested on: they must never be lost. */
  private promised = 0;
  private openingPromised = false;
  private pending: Acknowledged[] = [];
  private faulty = false;
  /** The state at a clean stop, to compare with what the next life reads. */
  private stopped: Engine["state"] | null = null;

  constructor(seed: number) {
    this.chance = new Chance(seed * 2 + 1);
    this.entropy = new Chance(seed ^ 0x2c1b3c6d);
    this.disk = new SimulatedDisk({ seed: seed ^ 0x5bd1e995 });
    this.drill = someCampaign(this.chance);
    this.hashBits = this.chance.pick([32, 8, 2]);
    this.snapshots = this.chance.yes(0.5);
    const { startsAtMs } = this.drill.definition;
    this.clock = new DrivenClock(startsAtMs + this.chance.pick([-60_001, -1, 0, 1]));
    this.secrets = new MemorySecrets(this.entropy.bytes(32));
  }

  async run(): Promise<ScheduleReport> {
    const lives = this.chance.int(0, 3);
    for (let life = 0; life < lives; life++) {
      this.armFaults();
      await this.live(this.chance.int(3, 14));
    }
    this.calm();
    await this.live(this.chance.int(3, 14));
    await this.open();
    await this.stop();
    if (this.stopped === null) throw new Disagreement("a calm engine could not be stopped");
    return this.report;
  }

  private armFaults(): void {
    const { chance, disk } = this;
    this.calm();
    disk.faults = chance.pick([
      {},
      {},
      { writesShort: 0.3 },
      { writeFails: 0.03, syncFails: 0.05, writesShort: 0.1 },
    ]);
    if (chance.yes(0.6)) disk.crashAtChange = disk.changes + chance.int(0, 60);
    else if (chance.yes(0.3)) disk.failAtChange = disk.changes + chance.int(0, 60);
    else if (chance.yes(0.3)) disk.capacityBytes = disk.usedBytes() + chance.int(0, 120_000);
    this.faulty = true;
  }

  private calm(): void {
    const { disk } = this;
    disk.faults = {};
    disk.crashAtChange = Number.POSITIVE_INFINITY;
    disk.failAtChange = Number.POSITIVE_INFINITY;
    disk.capacityBytes = Number.POSITIVE_INFINITY;
    this.faulty = false;
  }

  private async live(steps: number): Promise<void> {
    try {
      await this.open();
      for (let step = 0; step < steps && this.life?.engine.failure === null; step++) {
        await this.step();
      }
      await this.life?.drain();
      if (this.life?.engine.failure === null && this.chance.yes(0.5)) await this.stop();
    } catch (error) {
      if (error instanceof Disagreement) throw error;
      this.excuse(error);
    }
    await this.endLife();
  }

  /** Only a failing disk excuses a failure, and only with the codes that say so. */
  private excuse(error: unknown): void {
    if (error instanceof PowerLoss) return;
    if (this.faulty && (error as { code?: string }).code === "EIO") return;
    if (!(error instanceof HongbaoError)) throw error;
    if (this.faulty && ["journal_failed", "disk_full"].includes(error.code)) return;
    throw new Disagreement(`the engine failed with ${error.code}: ${error.message}`);
  }

  private async endLife(): Promise<void> {
    const { life, disk } = this;
    if (life !== null) {
      const { failure } = life.engine;
      if (failure !== null && failure.code !== "shutting_down") this.excuse(failure);
      this.report.commands += life.commands;
      this.note(life.acknowledged);
    }
    // Whatever the dead process was doing ends here.
    disk.crashAtChange = 0;
    for (let hops = 0; hops < 300; hops++) await Promise.resolve();
    this.soon.length = 0;
    this.life = null;
    this.journal = null;
    if (this.chance.yes(0.75)) disk.crash();
    else disk.kill();
    this.report.crashes += 1;
  }

  private note(acknowledged: readonly Acknowledged[]): void {
    for (const { events } of acknowledged) this.promised = Math.max(this.promised, events);
    this.pending.push(...acknowledged);
  }

  private async open(): Promise<void> {
    const snapshots = this.snapshots ? { snapshots: new FileSnapshots(this.disk) } : {};
    const known = await snapshots.snapshots?.known();
    this.journal = await openSimulated(this.disk, {
      segmentBytes: SEGMENT_BYTES,
      ...(known ? { known: [{ source: "the snapshot", ...known }] } : {}),
    });
    const engine = await Engine.open({
      journal: this.journal,
      secrets: this.secrets,
      clock: this.clock,
      entropy: (bytes) => this.mint(bytes),
      soon: (run) => this.soon.push(run),
      ticking: false,
      hashBits: this.hashBits,
      ...snapshots,
    });
    await this.recognise(engine);
    const auditor = this.auditor!;
    this.life = new EngineLife({
      engine,
      auditor,
      soon: this.soon,
      nowMs: () => this.nowMs(),
      visit: (cell) => this.report.cells.set(cell, (this.report.cells.get(cell) ?? 0) + 1),
    });
    auditState(engine.state, auditor.books, this.nowMs());
  }

  private nowMs(): number {
    return Math.max(this.clock.wallMs(), this.journal!.lastAtMs);
  }

  private mint(bytes: number): Uint8Array {
    const minted = this.entropy.bytes(bytes);
    if (bytes === 32) this.minted.push(minted);
    return minted;
  }

  /** Holds the journal against the books, which forget what was lost and never promised. */
  private async recognise(engine: Engine): Promise<void> {
    const found = await readBack(engine.journal);
    if (found.openings === 0) {
      if (this.openingPromised) throw new Disagreement("the opening of the campaign was lost");
      await this.openDrill(engine);
      return;
    }
    if (this.auditor === null) this.meet(engine);
    const auditor = this.auditor!;
    const { events, sequences } = found;
    if (events.length < this.promised) {
      throw new Disagreement(`${this.promised} events were promised, ${events.length} are there`);
    }
    const differs = difference(auditor.events.slice(0, events.length), events);
    if (differs !== null) throw new Disagreement(`the journal's events: ${differs}`);
    if (!auditor.rewind(events.length)) throw new Disagreement("part of a line survived");
    this.checkSequences(sequences);
    this.openingPromised = true;
    this.promised = events.length;
    if (this.stopped !== null) compareStates(this.stopped, engine.state, "reread");
    this.stopped = null;
  }

  /** An answer names the record that it rests on. */
  private checkSequences(sequences: readonly number[]): void {
    for (const { events, wrote, sequence } of this.pending.splice(0)) {
      const last = sequences[events - 1] ?? 0;
      if (wrote ? sequence === last : sequence >= last) continue;
      throw new Disagreement(`an answer names record ${sequence}, its events stand in ${last}`);
    }
  }

  private async openDrill(engine: Engine): Promise<void> {
    let opened: unknown = null;
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
    this.openingPromised = true;
    this.meet(engine);
  }

  private meet(engine: Engine): void {
    const [seed, key] = this.minted.slice(-2) as [Uint8Array, Uint8Array];
    const { definition, unit } = this.drill;
    const { grantIds } = engine.find(definition.id)!.names;
    this.auditor = new Auditor(definition, new AuditorNames(seed, key), grantIds);
    this.workload = new Workload(this.chance, definition, unit);
  }

  private async step(): Promise<void> {
    const { chance, clock } = this;
    const life = this.life!;
    const auditor = this.auditor!;
    this.send(this.workload!.together(auditor, this.nowMs()));
    if (chance.yes(0.12)) life.sweep(sweepIsDue(auditor.books, this.nowMs()));
    const how = chance.weighted({ drain: 60, turn: 15, spin: 15, wait: 10 });
    if (how === "drain") await life.drain();
    else if (how === "turn") life.turn();
    else if (how === "spin") {
      life.turn();
      await life.spin(chance.int(1, 40));
    }
    if (life.engine.failure !== null) return;
    auditState(life.engine.state, auditor.books, this.nowMs());
    if (life.outstanding === 0 && chance.yes(0.05)) await this.journal!.writeHead();
    clock.set(this.workload!.advance(auditor, clock.wallMs()));
  }

  /** Neighbours of one operation go as one request, as often as alone. */
  private send(asks: readonly Ask[]): void {
    const { chance } = this;
    const life = this.life!;
    for (let from = 0; from < asks.length; ) {
      const first = asks[from]!;
      let to = from + 1;
      while (to < asks.length && isMoney(first) && alike(first, asks[to]!) && chance.yes(0.7)) to++;
      life.send(asks.slice(from, to), chance.yes(0.03) ? chance.pick([-1, 60_000]) : undefined);
      from = to;
    }
  }

  private async stop(): Promise<void> {
    const life = this.life!;
    await life.engine.close();
    this.stopped = life.engine.state;
  }
}

function alike(a: Ask, b: Ask): boolean {
  return a.op === b.op && a.campaign === b.campaign;
}

/** Runs one schedule; throws Disagreement when a promise was broken. */
export function runSchedule(seed: number): Promise<ScheduleReport> {
  return new Schedule(seed).run();
}
