// One seeded schedule: several lives of one ledger on one failing disk, each judged against the
// auditor's books, and at last a calm one in which everything must add up.
import { HongbaoError } from "../../src/base/error.ts";
import type { CampaignDefinition } from "../../src/core/definition.ts";
import { type Ask, isMoney } from "./asks.ts";
import { sweepIsDue } from "./auditor-grants.ts";
import { Chance } from "./chance.ts";
import { flipSomeBit, loseSector } from "./damage.ts";
import { Disagreement } from "./disagreement.ts";
import { PowerLoss } from "./disk.ts";
import { Ledger } from "./ledger.ts";
import { TRAITS, type Trait } from "./traits.ts";
import { Workload } from "./workload.ts";

export interface ScheduleReport {
  commands: number;
  crashes: number;
  /** Visits by cell of the coverage table. */
  cells: ReadonlyMap<string, number>;
}

const DISK_CODES = ["journal_failed", "writer_stopped", "disk_full", "EIO"];
const FULL = ["disk_full"];
const DAY = 86_400_000;

export class Schedule {
  private readonly chance: Chance;
  private readonly ledger: Ledger;
  private readonly workload: Workload;
  private commands = 0;
  private crashes = 0;
  /** Codes that the present life's faults excuse. */
  private excused: readonly string[] = [];

  constructor(seed: number) {
    this.chance = new Chance(seed * 2 + 1);
    this.ledger = new Ledger(seed, this.chance);
    this.workload = new Workload(this.chance, this.ledger.drill, new Chance(seed ^ 0x3c6ef372));
  }

  has(trait: Trait): boolean {
    const { isRevisedOften } = this.workload;
    return TRAITS[trait]({ definition: this.ledger.drill.definition, isRevisedOften });
  }

  /** Of its campaign, as it was to be opened and as it is by now. */
  get definitions(): CampaignDefinition[] {
    const { drill, auditor } = this.ledger;
    return [drill.definition, ...(auditor === null ? [] : [auditor.books.definition])];
  }

  async run(): Promise<ScheduleReport> {
    const lives = this.chance.int(0, 3);
    for (let life = 0; life < lives; life++) {
      this.armFaults();
      await this.live(this.chance.int(3, 14));
      this.stepClock();
    }
    this.calm();
    await this.live(this.chance.int(3, 14));
    if (this.chance.yes(0.4)) await this.damage();
    else {
      await this.ledger.open();
      await this.stop();
      await this.endLife();
    }
    const { commands, crashes } = this;
    return { commands, crashes, cells: this.ledger.cells };
  }

  private armFaults(): void {
    const { chance } = this;
    const { disk } = this.ledger;
    this.calm();
    disk.faults = chance.pick([
      {},
      {},
      { writesShort: 0.3 },
      { writeFails: 0.03, syncFails: 0.05, writesShort: 0.1 },
    ]);
    const what = chance.weighted({ crash: 6, fail: 1.5, full: 1.5, nothing: 1 });
    const changes = disk.changes + chance.int(0, 60);
    if (what === "crash") disk.crashAtChange = changes;
    if (what === "fail") disk.failAtChange = changes;
    if (what === "full") disk.capacityBytes = disk.usedBytes() + chance.int(0, 120_000);
    // A disk that is only full is met before anything is decided: it must not stop the writer.
    this.excused = what === "full" && disk.faults.writeFails === undefined ? FULL : DISK_CODES;
  }

  private calm(): void {
    const { disk } = this.ledger;
    disk.faults = {};
    disk.crashAtChange = Number.POSITIVE_INFINITY;
    disk.failAtChange = Number.POSITIVE_INFINITY;
    disk.capacityBytes = Number.POSITIVE_INFINITY;
    this.excused = [];
  }

  /** While nothing runs: a clock set back, or a long holiday. */
  private stepClock(): void {
    const { chance } = this;
    const { clock } = this.ledger;
    if (!clock.driven || !chance.yes(0.1)) return;
    clock.step(chance.pick([-1, -299_999, -300_001, -DAY, 7 * DAY + 1]));
  }

  private async live(steps: number): Promise<void> {
    const { ledger, chance } = this;
    try {
      await ledger.open();
      for (let step = 0; step < steps && this.running(); step++) await this.step();
      await ledger.life!.drain();
      if (chance.yes(0.5)) await this.stop();
    } catch (error) {
      if (error instanceof Disagreement) throw error;
      this.excuse(error);
    }
    await this.endLife();
  }

  private running(): boolean {
    return this.ledger.life?.engine.failure === null;
  }

  /** Only a failing disk excuses a failure, and only with the codes that say so. */
  private excuse(error: unknown): void {
    if (error instanceof PowerLoss) return;
    const { code } = error as { code?: string };
    if (code !== undefined && this.excused.includes(code)) return;
    if (!(error instanceof HongbaoError)) throw error;
    throw new Disagreement(`the engine failed with ${error.code}: ${error.message}`);
  }

  private async endLife(): Promise<void> {
    const { ledger } = this;
    const failure = ledger.life?.engine.failure ?? null;
    if (failure !== null && failure.code !== "shutting_down") this.excuse(failure);
    this.commands += ledger.forgetLife();
    // Whatever the dead process was doing ends here.
    ledger.disk.crashAtChange = 0;
    for (let hops = 0; hops < 300; hops++) await Promise.resolve();
    ledger.soon.length = 0;
    if (this.chance.yes(0.75)) ledger.disk.crash();
    else ledger.disk.kill();
    this.crashes += 1;
  }

  private async step(): Promise<void> {
    const { chance, ledger } = this;
    const { clock } = ledger;
    const life = ledger.life!;
    const auditor = ledger.auditor!;
    if (chance.yes(0.08)) life.seal();
    const asks = this.workload.together(auditor, ledger.nowMs());
    if (asks.length > 10 && this.excused.length > 0 && chance.yes(0.8)) {
      ledger.disk.failAtChange = ledger.disk.changes + chance.int(0, 2);
      this.excused = [...this.excused, ...DISK_CODES];
    }
    this.send(asks);
    if (chance.yes(0.12)) life.sweep(sweepIsDue(auditor.books, ledger.nowMs()));
    const how = chance.weighted({ drain: 60, turn: 15, spin: 15, wait: 10 });
    if (how === "drain") await life.drain();
    else if (how === "turn") life.turn();
    else if (how === "spin") {
      life.turn();
      await life.spin(chance.int(1, 40));
    }
    if (!this.running()) return;
    life.audit();
    if (life.outstanding === 0 && chance.yes(0.05)) await ledger.journal!.writeHead();
    clock.moveTo(this.workload.advance(auditor, clock.wallMs()));
    if (!clock.driven && chance.yes(0.01)) {
      clock.step(60_001);
      this.excused = [...this.excused, "clock_stepped"];
    }
  }

  /** Neighbours of one operation go as one request, as often as alone. */
  private send(asks: readonly Ask[]): void {
    const { chance } = this;
    const life = this.ledger.life!;
    const together = asks.length > 10 ? 0.998 : 0.7;
    for (let from = 0; from < asks.length; ) {
      const first = asks[from]!;
      let to = from + 1;
      while (to < asks.length && isMoney(first) && alike(first, asks[to]!) && chance.yes(together))
        to++;
      life.send(asks.slice(from, to), chance.yes(0.03) ? chance.pick([-1, 60_000]) : undefined);
      from = to;
    }
  }

  private async stop(): Promise<void> {
    const { engine } = this.ledger.life!;
    let closed: unknown = null;
    engine.close().then(
      () => {
        closed = "closed";
      },
      (error: unknown) => {
        closed = error;
      },
    );
    for (let hops = 0; closed === null && hops < 5000; hops++) {
      this.ledger.life!.turn();
      await Promise.resolve();
    }
    if (closed === null) throw new Disagreement("the engine never closed");
    if (closed !== "closed") throw closed;
  }

  /** Damage after the fact: opening refuses it by name, or everything is there all the same. */
  private async damage(): Promise<void> {
    const { chance, ledger } = this;
    this.calm();
    const names = await ledger.disk.list();
    const name = chance.pick(names.filter((one) => /journal$|^head$|^snapshot$/.test(one)));
    const hole = chance.yes(0.5) && loseSector(chance, ledger.disk, names);
    if (!hole) flipSomeBit(chance, ledger.disk, name);
    try {
      await ledger.open();
    } catch (error) {
      const refused = error instanceof HongbaoError && error.code.startsWith("journal_");
      if (refused && (hole || name !== "snapshot")) return;
      throw error;
    }
  }
}

function alike(a: Ask, b: Ask): boolean {
  return a.op === b.op && a.campaign === b.campaign;
}

/** Runs one schedule; throws Disagreement when a promise was broken. */
export function runSchedule(seed: number): Promise<ScheduleReport> {
  return new Schedule(seed).run();
}
