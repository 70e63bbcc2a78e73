// An engine on a real directory with its log service beside it, in this process.
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { dataPaths } from "../src/host/data-directory.ts";
import { DrivenClock, type Engine, execute, open } from "../src/host/index.ts";
import { grantTarget, redemptionTarget } from "../src/host/receipt-target.ts";
import type { Receipt } from "../src/journal/index.ts";
import type { LogFollower } from "../src/transparency/log-follower.ts";
import { LogService } from "../src/transparency/log-service.ts";
import type { LogPlace } from "../src/transparency/transparency-log.ts";
import type { WitnessAddress } from "../src/transparency/witness-list.ts";
import { CAMPAIGN, campaignYaml, STARTS_AT_MS } from "./contract/campaign.ts";

const MASTER = new Uint8Array(32).fill(9);
const PATIENCE_MS = 10_000;

export class LoggedLedger {
  readonly directory: string;
  readonly notices: string[] = [];
  engine!: Engine;
  service: LogService | null = null;
  readonly clock: DrivenClock = new DrivenClock(STARTS_AT_MS);
  private users = 0;

  private constructor(directory: string) {
    this.directory = directory;
  }

  static async make(yaml: string = campaignYaml()): Promise<LoggedLedger> {
    const ledger = new LoggedLedger(await mkdtemp(join(tmpdir(), "hongbao-log-")));
    await ledger.open();
    const body = { yaml };
    await execute(ledger.engine, "campaign.open", { params: {}, query: null, body });
    return ledger;
  }

  get place(): LogPlace {
    const { journal, log, secrets } = dataPaths(this.directory);
    return { journal, log, secrets, ledgerId: this.engine.journal.ledgerId, masterKey: MASTER };
  }

  async open(): Promise<void> {
    this.engine = await open({
      directory: this.directory,
      masterKey: MASTER,
      clock: this.clock,
      trustClock: true,
      segmentBytes: 262_144,
    });
  }

  follow(witnesses: WitnessAddress[] = [], intervalMs = 20): LogService {
    const onNotice = (text: string): void => {
      this.notices.push(text);
    };
    const options = { place: this.place, intervalMs, witnesses, onNotice };
    this.service = new LogService(options, this.engine.journal.lastSequence);
    this.engine.durableListeners.add((sequence) => this.service?.durable(sequence));
    return this.service;
  }

  /** Grants so many cards, one a record at the least, and returns their ids. */
  async grant(count: number): Promise<string[]> {
    const grants: string[] = [];
    for (let i = 0; i < count; i++) {
      this.users += 1;
      const body = { id: `c-${this.users}`, user: `u-${this.users}`, offer: "card" };
      const answer = await this.engine.money("claim", CAMPAIGN, body);
      if (answer.status !== "granted") throw new Error(answer.status);
      grants.push(answer.grant!);
    }
    return grants;
  }

  /** The receipt, as soon as a checkpoint covers it. */
  async receipt(grant: string): Promise<Receipt> {
    const { target } = await grantTarget(this.engine, CAMPAIGN, grant);
    return await this.settled(() => this.service!.receipt(target!));
  }

  /** The same from a log that somebody else runs over this ledger. */
  async receiptOf(log: LogFollower, grant: string): Promise<Receipt> {
    const { target } = await grantTarget(this.engine, CAMPAIGN, grant);
    return await this.settled(() => log.ask("receipt", target!));
  }

  async redemptionReceipt(redemption: string): Promise<Receipt> {
    const { target } = await redemptionTarget(this.engine, CAMPAIGN, redemption, null);
    return await this.settled(() => this.service!.receipt(target!));
  }

  /** A checkpoint that covers all of now. */
  async covered(): Promise<string> {
    const upTo = this.engine.journal.lastSequence;
    return await eventually(async () => {
      const { note, size } = this.service!.checkpoint();
      return size >= upTo ? note : null;
    });
  }

  async stopFollowing(): Promise<void> {
    await this.service?.close(this.engine.journal.lastSequence);
    this.service = null;
  }

  async close(): Promise<void> {
    await this.engine.close();
    await this.stopFollowing();
  }

  async remove(): Promise<void> {
    await this.close();
    await rm(this.directory, { recursive: true, force: true });
  }

  private settled(ask: () => ReturnType<LogService["receipt"]>): Promise<Receipt> {
    return eventually(async () => {
      const answer = await ask();
      return "receipt" in answer ? answer.receipt : null;
    });
  }
}

/** Asks until there is an answer; failures count as none until patience ends. */
export async function eventually<T>(ask: () => Promise<T | null>): Promise<T> {
  const untilMs = performance.now() + PATIENCE_MS;
  let last: unknown = new Error("no answer in time");
  while (performance.now() < untilMs) {
    try {
      const found = await ask();
      if (found !== null) return found;
    } catch (error) {
      last = error;
    }
    await sleep(10);
  }
  throw last;
}
