// The core without a disk or a queue: one line decided and applied at a time, beside the auditor.
// For tests that enumerate or shrink, where a whole engine would be too slow.
import { applyEvents } from "../../src/core/apply.ts";
import type { CampaignKeys } from "../../src/core/campaign-keys.ts";
import { decidePhase } from "../../src/core/decide-campaign.ts";
import type { CampaignDefinition } from "../../src/core/definition.ts";
import { EventWriter } from "../../src/core/event.ts";
import { decideSweep } from "../../src/core/grants/decide-sweep.ts";
import { emptyLedger, type LedgerState } from "../../src/core/ledger-state.ts";
import { workingKey } from "../../src/core/luck/luck.ts";
import { type Opening, writeOpening } from "../../src/core/opening.ts";
import { AnswerTally } from "../../src/host/live/answer-tally.ts";
import type { OpenCampaign } from "../../src/host/open-campaigns.ts";
import { NO_QUARANTINE } from "../../src/host/quarantine.ts";
import { decideBlocks } from "../../src/host/suspicion/blocks.ts";
import { decideStep } from "../../src/host/suspicion/suspicion.ts";
import { MoneyJob } from "../../src/host/writer/money-job.ts";
import { CampaignNames } from "../../src/host/writer/request.ts";
import { type Ask, type BlockAsk, type Expected, isMoney } from "./asks.ts";
import { Auditor } from "./auditor.ts";
import { AuditorNames } from "./auditor-names.ts";
import { Disagreement, difference, show } from "./disagreement.ts";
import { auditState, compareStates } from "./state-audit.ts";

const SEED: Uint8Array = new Uint8Array(32).fill(7);
const KEY: Uint8Array = new Uint8Array(32).fill(9);

const NOTHING_SEALED: Omit<Opening, "definition"> = {
  seedCommitment: "",
  sealedSeed: "",
  pseudonymCommitment: "",
};

interface Slice {
  words: Uint32Array;
  atMs: number;
}

export class CoreRun {
  readonly definition: CampaignDefinition;
  readonly state: LedgerState;
  readonly auditor: Auditor;
  readonly names: CampaignNames;
  private readonly answers = new AnswerTally();
  private readonly slices: Slice[] = [];

  constructor(definition: CampaignDefinition, names: RunNames = namesOf(definition)) {
    this.definition = definition;
    this.names = names.host;
    this.state = emptyLedger();
    this.auditor = new Auditor(definition, names.auditor, this.names);
    this.write(definition.startsAtMs, (out) => {
      writeOpening(0, { definition, ...NOTHING_SEALED }, definition.startsAtMs, out);
    });
  }

  /** Decides a line, holds the answer against the auditor's, and says whether anything happened. */
  ask(ask: Ask, atMs: number): { answer: Expected; wrote: boolean } {
    const { auditor } = this;
    const expected = auditor.decide(ask, atMs);
    let found: unknown = null;
    const words = this.write(atMs, (out) => {
      found = this.decide(ask, atMs, out);
    });
    if (ask.op !== "sweep") {
      const differs = difference(expected.answer ?? expected.error, found);
      if (differs !== null) throw new Disagreement(`${show(ask)}: ${differs}`);
    }
    if (words > 0) this.audit(atMs);
    return { answer: expected.answer!, wrote: words > 0 };
  }

  /** Does again what was judged before. */
  redo(ask: Ask, atMs: number): void {
    this.auditor.decide(ask, atMs);
    this.write(atMs, (out) => {
      this.decide(ask, atMs, out);
    });
  }

  /** Holds the state against the books; `ask` does it after everything that was written. */
  audit(atMs: number): void {
    auditState(this.state, this.auditor.books, atMs);
  }

  /** The id of a grant, there or to come. */
  grant(ordinal: number): string {
    return this.names.grantIds.encode(ordinal);
  }

  /** Applies everything once more to an empty ledger and compares. */
  replay(): void {
    const again = emptyLedger();
    for (const { words, atMs } of this.slices) {
      applyEvents(again, words, 0, words.length, atMs, keysOf);
    }
    compareStates(this.state, again, "replayed");
  }

  private get open(): OpenCampaign {
    return { state: this.state.campaigns[0]!, names: this.names, answers: this.answers };
  }

  private write(atMs: number, decide: (out: EventWriter) => void): number {
    const out = new EventWriter(64);
    out.reset(atMs);
    decide(out);
    if (out.length === 0) return 0;
    this.applySoFar(out);
    const words = out.words.slice(0, out.length);
    this.slices.push({ words, atMs });
    return words.length;
  }

  /** Applies what is written and not applied yet. */
  private applySoFar(out: EventWriter): void {
    const from = out.applied;
    out.applied = out.length;
    applyEvents(this.state, out.words, from, out.length, out.baseAtMs, keysOf);
  }

  private decide(ask: Ask, atMs: number, out: EventWriter): unknown {
    const campaign = this.state.campaigns[0]!;
    if (ask.op === "sweep")
      return decideSweep(campaign, atMs, 500, out, () => this.applySoFar(out));
    if (ask.op === "phase") {
      const { status, replayed, retryAtMs } = decidePhase(campaign, ask.change, atMs, out);
      const answer = { status, replayed, atMs, campaign: this.definition.id };
      return retryAtMs > 0 ? { ...answer, retryAtMs } : answer;
    }
    if (ask.op === "suspect") {
      const answer = decideStep(this.open, ask.step, ask.grant, ask.body, "a test", atMs, out);
      const { sequence: _, durable: __, ...seen } = answer;
      return seen;
    }
    if (ask.op === "block") return this.block(ask, atMs, out);
    if (!isMoney(ask)) throw new Disagreement(`${ask.op} needs an engine`);
    let found: unknown = null;
    const job = new MoneyJob({
      operation: ask.op,
      campaign: ask.campaign,
      inputs: [ask.input] as never,
      find: () => this.open,
      durable: true,
      deadlineMs: Number.POSITIVE_INFINITY,
      merchant: null,
      quarantine: NO_QUARANTINE,
      done: ([answer]) => {
        found = answer;
      },
    });
    job.decide(0, atMs, out);
    job.settle(0, 1, 1);
    const { sequence: _, durable: __, ...answer } = found as unknown as Record<string, unknown>;
    return answer;
  }

  private block(ask: BlockAsk, atMs: number, out: EventWriter): unknown {
    const { open } = this;
    const apply = (): void => this.applySoFar(out);
    const counts = decideBlocks(open, ask.step, ask.body, "a test", atMs, out, apply);
    const done = ask.step === "add" ? "block_placed" : "unblocked";
    const status = counts === null ? "campaign_closed" : done;
    return { status, replayed: false, atMs, ...(counts ?? { changed: 0, unchanged: 0 }) };
  }
}

const KEYS: CampaignKeys = { luck: workingKey(SEED, null), seed: SEED };
const keysOf = (): CampaignKeys => KEYS;

export interface RunNames {
  host: CampaignNames;
  auditor: AuditorNames;
}

/** Names cost key derivations: share them between runs of one definition. */
export function namesOf(definition: CampaignDefinition): RunNames {
  return { host: new CampaignNames(definition, KEY), auditor: new AuditorNames(SEED, KEY) };
}
