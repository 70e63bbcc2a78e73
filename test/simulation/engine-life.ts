// One life of an engine on the simulated disk, driven by hand: requests go in, turns are taken when
// the schedule says so, and every line that is decided is foretold by the auditor first.
import { HongbaoError } from "../../src/base/error.ts";
import type { RevisionAnswer } from "../../src/contract/index.ts";
import type { Operation } from "../../src/contract/operation.ts";
import { OPERATIONS } from "../../src/contract/operations.ts";
import { compensate } from "../../src/host/compensate.ts";
import type { Engine } from "../../src/host/engine.ts";
import { execute } from "../../src/host/operations.ts";
import { approveRevision, rejectRevision, reviseChecked } from "../../src/host/revise-campaign.ts";
import { changeBlocks } from "../../src/host/suspicion/blocks.ts";
import { suspectGrant } from "../../src/host/suspicion/suspicion.ts";
import { type Ask, isMoney, laneOf } from "./asks.ts";
import type { Auditor } from "./auditor.ts";
import { Disagreement, difference, show } from "./disagreement.ts";
import { foreseenFault } from "./foreseen.ts";
import { Lanes, type Request } from "./lanes.ts";
import { putList } from "./put-list.ts";
import { auditState } from "./state-audit.ts";

/** Errors with which the writer refuses before it decides; nothing happened. */
const NOT_DECIDED = ["deadline_exceeded", "disk_full", "shutting_down", "writer_stopped"];
/** Errors after which a decided line may or may not be in the journal. */
const FATE_UNKNOWN = ["journal_failed", "clock_stepped", "shutting_down"];

/** An answer that came, to be held against the journal when that is read again. */
export interface Acknowledged {
  events: number;
  wrote: boolean;
  sequence: number;
}

export interface LifeOptions {
  engine: Engine;
  auditor: Auditor;
  /** Functions that the engine wants run soon. */
  soon: (() => void)[];
  /** The instant with which the writer stamps a decision now. */
  nowMs: () => number;
  visit: (cell: string) => void;
}

export class EngineLife {
  readonly engine: Engine;
  readonly acknowledged: Acknowledged[] = [];
  /** Of lines that heard that they were not decided: how many events there would be with theirs. */
  readonly denied: number[] = [];
  private readonly options: LifeOptions;
  private readonly lanes = new Lanes();
  private readonly arrived: Request[] = [];
  private decided: number;
  /** Requests without an answer. */
  outstanding = 0;
  /** Lines ever decided. */
  commands = 0;
  /** Whether the disk was ever full. */
  private lackedRoom = false;

  constructor(options: LifeOptions) {
    this.options = options;
    this.engine = options.engine;
    this.decided = options.engine.load.decided;
    options.engine.room.listeners.add(() => {
      this.lackedRoom = true;
    });
  }

  /** Sends lines of one operation as one request. */
  send(asks: Ask[], timeoutMs?: number): void {
    const late = asks[0]!.op !== "phase" && timeoutMs !== undefined && timeoutMs < 0;
    const request: Request = {
      asks,
      verdicts: [],
      taken: 0,
      results: null,
      late,
      sentAt: this.commands,
      judgedTo: asks.length,
    };
    const done = (results: unknown[]): void => {
      if (request.results !== null) throw new Disagreement("one request was answered twice");
      // As it left: what is changed afterwards nobody was told.
      request.results = results.map((one) => (one instanceof Error ? one : { ...(one as object) }));
      this.arrived.push(request);
    };
    this.outstanding += 1;
    this.lanes.push(request);
    const { engine } = this;
    const ask = asks[0]!;
    if (isMoney(ask)) {
      const inputs = (asks as (typeof ask)[]).map(({ input }) => input);
      engine.submit(ask.op, ask.campaign, inputs as never, done, timeoutMs);
    } else {
      sendOne(engine, ask, timeoutMs).then(
        (answer) => done([answer]),
        (error: unknown) => done([error]),
      );
    }
  }

  /** A sweep, as the host's timer would start it: it asks first whether anything is due. */
  sweep(due: boolean): void {
    if (this.engine.failure !== null) return;
    const ask: Ask = { op: "sweep", campaign: this.options.auditor.definition.id };
    const request: Request = {
      asks: [ask],
      verdicts: [],
      taken: 0,
      results: null,
      late: false,
      sentAt: 0,
      judgedTo: 1,
    };
    if (due) {
      this.lanes.push(request);
      this.outstanding += 1;
    }
    this.engine.tick().then(
      () => due && this.finishSweep(request, null),
      (error: unknown) => this.finishSweep(request, error),
    );
  }

  /** Seals the journal if nothing is going on, as the host's timer does. */
  seal(): void {
    this.engine.seal().catch((error: unknown) => {
      if (!(error instanceof HongbaoError)) throw error;
    });
  }

  /** Holds the engine's state against the books. */
  audit(): void {
    const { auditor, nowMs } = this.options;
    auditState(this.engine.state, auditor.books, nowMs());
  }

  private finishSweep(request: Request, error: unknown): void {
    if (error !== null && !(error instanceof HongbaoError)) throw error;
    request.results = [error];
    this.arrived.push(request);
  }

  /** Runs what the engine wanted run soon, and foretells what that decided. */
  turn(): void {
    const { soon } = this.options;
    for (let run = soon.shift(); run !== undefined; run = soon.shift()) {
      run();
      this.foretell();
    }
    this.receive();
  }

  /** Lets everything come to rest: until all is answered, or the engine has stopped. */
  async drain(): Promise<void> {
    for (let quiet = 0; quiet < 5000; quiet++) {
      if (this.options.soon.length > 0) {
        this.turn();
        quiet = 0;
      }
      this.receive();
      if (this.outstanding === 0) return;
      await Promise.resolve();
    }
    if (this.engine.failure !== null) return;
    throw new Disagreement(`${this.outstanding} requests were never answered`);
  }

  /** Lets pending writes go on for so many steps, no further. */
  async spin(steps: number): Promise<void> {
    for (let step = 0; step < steps; step++) await Promise.resolve();
    this.receive();
  }

  private foretell(): void {
    const { decided } = this.engine.load;
    while (this.decided < decided) {
      const request = this.lanes.next();
      if (request === null) throw new Disagreement("the writer decided a line that nobody sent");
      if (request.late) {
        this.lanes.drop(request);
        continue;
      }
      this.decide(request);
      this.decided += 1;
    }
  }

  /**
   * What is answered although the disk is full, outside the writer's turns: reads, repetitions and
   * refusals. They are foretold only where nothing was decided since they were sent.
   */
  private foretellUnwritten(request: Request): void {
    const { asks, results, sentAt } = request;
    for (let line = request.taken; line < asks.length; line++) {
      const answer = results![line];
      const failed = this.engine.failure !== null;
      if (answer instanceof HongbaoError && (failed || NOT_DECIDED.includes(answer.code))) return;
      if (failed || sentAt !== this.commands) {
        request.judgedTo = line;
        return;
      }
      const atMs = answer instanceof HongbaoError ? undefined : (answer as { atMs: number }).atMs;
      this.decide(request, atMs);
      this.commands -= 1; // the writer does not count them, and nothing changed
      if (request.verdicts[line]!.wrote) {
        throw new Disagreement(`${show(asks[line]!)}: answered without room, yet it must write`);
      }
    }
  }

  private decide(request: Request, atMs: number = this.options.nowMs()): void {
    const { auditor, visit } = this.options;
    const before = auditor.events.length;
    const verdict = auditor.decide(request.asks[request.taken]!, atMs);
    const events = auditor.events.length;
    request.verdicts.push({ ...verdict, atMs, events, wrote: events > before });
    visit(verdict.cell);
    this.lanes.took(request);
    this.commands += 1;
  }

  /** Judges what has come back. */
  private receive(): void {
    for (const request of this.arrived.splice(0)) {
      this.outstanding -= 1;
      const isRead = request.taken === 0 && laneOf(request.asks[0]!) === 2;
      if (isRead || (this.lackedRoom && isMoney(request.asks[0]!))) this.foretellUnwritten(request);
      this.lanes.drop(request);
      for (let index = 0; index < request.judgedTo; index++) this.judge(request, index);
    }
  }

  private judge(request: Request, index: number): void {
    const ask = request.asks[index]!;
    const result = request.results![index];
    const verdict = request.verdicts[index];
    const stopped = this.engine.failure !== null;
    if (result instanceof HongbaoError) {
      const { code } = result;
      if (verdict === undefined ? NOT_DECIDED.includes(code) : verdict.error === code) return;
      if (stopped && FATE_UNKNOWN.includes(code)) return;
      if (stopped && code === "writer_stopped") {
        if (verdict?.wrote === true) this.denied.push(verdict.events);
        return;
      }
      throw new Disagreement(`${show(ask)}: error ${code} (${result.message})`);
    }
    if (verdict === undefined) throw new Disagreement(`${show(ask)}: answered, yet never decided`);
    if (ask.op !== "sweep") {
      if (verdict.answer === null) {
        throw new Disagreement(`${show(ask)}: expected ${verdict.error}, got ${show(result)}`);
      }
      const { status } = result as { status: string };
      const declared: readonly string[] = operationOf(ask)?.outcomes ?? [];
      if (declared.length > 0 && !declared.includes(status)) {
        throw new Disagreement(`${show(ask)}: ${status} is none of the operation's outcomes`);
      }
      const { sequence, ...answer } = seen(ask, result as Record<string, unknown>);
      const differs = difference({ ...verdict.answer, durable: true }, answer);
      if (differs !== null) throw new Disagreement(`${show(ask)}: ${differs}`);
      const { events, wrote } = verdict;
      this.acknowledged.push({ events, wrote, sequence: sequence as number });
    }
    const { sequence } = this.acknowledged.at(-1) ?? { sequence: 0 };
    if (!(sequence <= this.engine.journal.lastSequence)) {
      throw new Disagreement(`${show(ask)}: answered before record ${sequence} was written`);
    }
  }
}

/** The row of the operation table; undefined where the drill asks below it. */
function operationOf({ op }: Ask): Operation | undefined {
  const name = op === "enter" ? "draw.enter" : op === "offers" ? "offers.list" : op;
  return (OPERATIONS as Partial<Record<string, Operation>>)[name];
}

/** The answer as the auditor knows it: offers by their ids, revisions without what they list. */
function seen(ask: Ask, answer: Record<string, unknown>): Record<string, unknown> {
  if (ask.op === "revise" || ask.op === "approve") {
    const { changes: _, problems: __, outlook: ___, ...rest } = answer;
    const fault = foreseenFault(answer as unknown as RevisionAnswer);
    if (fault !== null) throw new Disagreement(`${show(ask)}: ${fault}`);
    return rest;
  }
  if (ask.op !== "offers") return answer;
  const offers = answer.offers as { offer: string }[];
  return { ...answer, offers: offers.map(({ offer }) => offer) };
}

const NOWHERE = { file: "drill", line: 0, column: 0, path: "" };

/** What is asked of many users at once. */
function sendLines(
  engine: Engine,
  ask: Extract<Ask, { op: "compensate" | "see" | "list" }>,
  timeoutMs: number | undefined,
): Promise<unknown> {
  switch (ask.op) {
    case "compensate": {
      const { op: _, campaign, by, ...input } = ask;
      return compensate(engine, campaign, input, by, timeoutMs);
    }
    case "see": {
      const params = { campaign: ask.campaign, surface: ask.surface };
      const call = { params, query: null, body: { lines: ask.lines } };
      return execute(engine, "exposure.import", call, timeoutMs);
    }
    case "list":
      return putList(engine, ask, timeoutMs);
  }
}

function sendOne(engine: Engine, ask: Ask, timeoutMs: number | undefined): Promise<unknown> {
  const params = { campaign: ask.campaign };
  const variant = "variant" in ask ? { variant: ask.variant } : {};
  switch (ask.op) {
    case "offers": {
      const call = { params: { ...params, user: ask.user }, query: variant, body: null };
      return execute(engine, "offers.list", call as never, timeoutMs);
    }
    case "enter": {
      const call = { params: { ...params, draw: ask.draw }, query: null, body: ask.entry };
      return execute(engine, "draw.enter", call as never, timeoutMs);
    }
    case "draw.show": {
      const call = { params: { ...params, draw: ask.draw }, query: {}, body: null };
      return execute(engine, "draw.show", call as never, timeoutMs);
    }
    case "assign": {
      const body = { users: ask.users, ...variant };
      const call = { params: { ...params, audience: ask.audience }, query: null, body };
      return execute(engine, "audience.assign", call as never, timeoutMs);
    }
    case "phase": {
      const call = { params, query: null, body: null };
      return execute(engine, `campaign.${ask.change}`, call as never);
    }
    case "invite.show": {
      const call = { params: { ...params, user: ask.user }, query: null, body: null };
      return execute(engine, "invite.show", call as never, timeoutMs);
    }
    case "grant.show": {
      const call = { params: { ...params, grant: ask.grant }, query: null, body: null };
      return execute(engine, "grant.show", call as never, timeoutMs);
    }
    case "user.grants": {
      const call = { params: { ...params, user: ask.user }, query: {}, body: null };
      return execute(engine, "user.grants", call as never, timeoutMs);
    }
    case "compensate":
    case "see":
    case "list":
      return sendLines(engine, ask, timeoutMs);
    case "beacon": {
      const call = { params, query: null, body: ask.value };
      return execute(engine, "campaign.beacon", call as never, timeoutMs);
    }
    case "suspect":
      return suspectGrant(engine, ask.step, ask.campaign, ask.grant, ask.body, "a test", timeoutMs);
    case "block":
      return changeBlocks(engine, ask.step, ask.campaign, ask.body, "a test", timeoutMs);
    case "revise": {
      const { version, definition, moveExpiry, by, why, preview } = ask;
      const input = { version, definition, moveExpiry, why, preview };
      // The drill dares what the checks of a file would refuse.
      const check = { definition, problems: [], place: () => NOWHERE };
      return reviseChecked(engine, ask.campaign, check, input, by, timeoutMs);
    }
    case "approve": {
      const { version, digest, by, preview } = ask;
      const input = { version, ...(digest === null ? {} : { digest }), preview };
      return approveRevision(engine, ask.campaign, input, by, timeoutMs);
    }
    case "reject":
      return rejectRevision(engine, ask.campaign, ask, ask.by, timeoutMs);
    case "campaign.show":
      return showBooks(engine, ask.campaign, timeoutMs);
    default:
      throw new Disagreement(`${ask.op} is not sent alone`);
  }
}

function showBooks(engine: Engine, campaign: string, timeoutMs?: number): Promise<object> {
  const call = { params: { campaign }, query: null, body: null };
  return execute(engine, "campaign.show", call, timeoutMs);
}
