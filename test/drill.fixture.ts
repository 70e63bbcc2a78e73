// One engine on a memory journal whose clock the test drives, with the campaign `drill`. Tests of a
// mechanism extend it by what that mechanism asks.
import { expect } from "vitest";
import { sha256 } from "../src/base/hash.ts";
import { randomStream } from "../src/base/keystream.ts";
import type { AnswerOf } from "../src/contract/index.ts";
import type { CampaignDefinition } from "../src/core/definition.ts";
import { violations } from "../src/core/invariants.ts";
import type { CampaignState } from "../src/core/state.ts";
import { DrivenClock, Engine, execute, MemorySecrets } from "../src/host/index.ts";
import { openCampaign } from "../src/host/open-campaign.ts";
import type { JournalRecord } from "../src/journal/codec.ts";
import { createMemoryJournal } from "../src/journal/memory-journal.ts";
import type { Journal } from "../src/journal/port.ts";
import type { VerifyProblem } from "../src/journal/verify/findings.ts";
import { type VerifyReport, verifyRecords } from "../src/journal/verify/verify.ts";
import { START_MS } from "./simulation/plain-campaign.ts";
import { Forgery } from "./verify/forge.ts";
import { LEDGER } from "./verify/live-in-memory.ts";

const CALL = { params: { campaign: "drill" }, query: null };

export class Drill {
  readonly clock: DrivenClock = new DrivenClock(START_MS);
  readonly journal: Journal = createMemoryJournal({ ledgerId: LEDGER, sha256 });
  readonly secrets: MemorySecrets = new MemorySecrets(new Uint8Array(32).fill(3));
  engine!: Engine;
  private readonly stream = randomStream(1, "drill");
  private ids = 0;

  /** @param definition null: the campaign is in the journal already */
  async open(definition: CampaignDefinition | null): Promise<this> {
    this.engine = await Engine.open({
      ...{ journal: this.journal, secrets: this.secrets, clock: this.clock, ticking: false },
      entropy: (bytes) => this.stream.nextBytes(bytes),
    });
    if (definition !== null) await openCampaign(this.engine, definition);
    return this;
  }

  /** As after a restart: everything from the journal. */
  async again(): Promise<void> {
    await this.engine.whenIdle();
    await this.open(null);
  }

  /** Such as r-2: the letter of what is asked, and how many asks there were. */
  freshId(letter: string): string {
    this.ids += 1;
    return `${letter}-${this.ids}`;
  }

  claim(user: string, offer = "card", more: object = {}): Promise<AnswerOf<"claim">> {
    return this.engine.money("claim", "drill", { id: this.freshId("c"), user, offer, ...more });
  }

  /** The id of a grant that must be given. */
  async grant(user: string, offer = "card", more: object = {}): Promise<string> {
    const { status, grant } = await this.claim(user, offer, more);
    expect(status).toBe("granted");
    return grant!;
  }

  redeem(grant: string, amountMinor?: number, id?: string): Promise<AnswerOf<"redeem">> {
    const amount = amountMinor === undefined ? {} : { amountMinor };
    const input = { id: id ?? this.freshId("r"), grant, ...amount };
    return this.engine.money("redeem", "drill", input);
  }

  cancel(grant: string): Promise<AnswerOf<"cancel">> {
    return this.engine.money("cancel", "drill", { id: this.freshId("x"), grant });
  }

  reverse(redemption: string): Promise<AnswerOf<"reverse">> {
    return this.engine.money("reverse", "drill", { id: this.freshId("v"), redemption });
  }

  end(): Promise<AnswerOf<"campaign.end">> {
    return execute(this.engine, "campaign.end", { ...CALL, body: {} });
  }

  close(): Promise<AnswerOf<"campaign.close">> {
    return execute(this.engine, "campaign.close", { ...CALL, body: {} });
  }

  async books(): Promise<NonNullable<AnswerOf<"campaign.show">["books"]>> {
    return (await execute(this.engine, "campaign.show", { ...CALL, body: null })).books!;
  }

  /** Moves the clock, and lets the engine do what is due. */
  async at(ms: number): Promise<void> {
    this.clock.set(ms);
    await this.engine.tick();
  }

  /** So long after the campaign's start. */
  after(ms: number): Promise<void> {
    return this.at(START_MS + ms);
  }

  wait(ms: number): Promise<void> {
    return this.at(this.clock.wallMs() + ms);
  }

  /** The campaign, with every invariant checked. */
  get campaign(): CampaignState {
    expect(violations(this.engine.state)).toEqual([]);
    return this.engine.state.campaigns[0]!;
  }

  async records(): Promise<JournalRecord[]> {
    await this.engine.whenIdle();
    const records: JournalRecord[] = [];
    for await (const record of this.journal.read()) records.push(record);
    return records;
  }

  /** @param seeds whether the seed is known before the campaign reveals it */
  async verify(seeds = false): Promise<VerifyReport> {
    const drill = this.campaign.keys.seed!;
    const options = seeds ? { ledgerId: LEDGER, seeds: { drill } } : { ledgerId: LEDGER };
    return verifyRecords(await this.records(), options);
  }

  /** As `verify`, where nothing may be wrong. */
  async verified(seeds = false): Promise<VerifyReport> {
    const report = await this.verify(seeds);
    expect(report.problems).toEqual([]);
    return report;
  }

  /** What verify finds in the journal, also as somebody forged it. */
  async problems(forge: (forgery: Forgery) => void = () => {}): Promise<VerifyProblem[]> {
    const forgery = new Forgery(await this.records());
    forge(forgery);
    return (await verifyRecords(forgery.encode(), { ledgerId: LEDGER })).problems;
  }

  /** As `problems`: each check, and what it expected. */
  async findings(forge: (forgery: Forgery) => void): Promise<string[]> {
    return (await this.problems(forge)).map(({ check, expected }) => `${check}: ${expected}`);
  }

  /**
   * The journal is sound, and once it is forged no more so.
   * @param wanted the check that must fail, or check and event: "winners", "winners draw_won"
   */
  async expectFound(wanted: string, forge: (forgery: Forgery) => void): Promise<void> {
    expect(await this.problems()).toEqual([]);
    const found = await this.problems(forge);
    expect(found.flatMap(({ check, event }) => [check, `${check} ${event}`])).toContain(wanted);
  }
}
