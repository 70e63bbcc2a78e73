// Drives the crowd through a campaign: sends what it intends slice by slice, repeats what impatient
// users and machines repeat, skips what became impossible, and keeps every answer.
import type { CancelInput, ClaimAnswer, RedeemAnswer, ReverseInput } from "../../contract/index.ts";
import { statusEntry } from "../../contract/index.ts";
import type {
  Action,
  CancelAction,
  ClaimAction,
  RedeemAction,
  ReverseAction,
} from "../../crowd/actions.ts";
import type { Crowd } from "../../crowd/crowd.ts";
import type { AnswerLog } from "./answer-log.ts";
import type { CampaignPort, Redeemer } from "./campaign-port.ts";
import {
  chunks,
  claimInput,
  emptyRound,
  firstRedemption,
  type Held,
  of,
  type Round,
  redeemInput,
} from "./crowd-requests.ts";
import { type Slice, slicesOf } from "./slices.ts";

export interface DriverOptions {
  readonly crowd: Crowd;
  readonly port: CampaignPort;
  readonly log: AnswerLog;
  /** False for members of the audience who are held out, and so are not contacted. */
  readonly contacted: (user: number) => boolean;
  /** Merchants with a key of their own. */
  readonly merchants: ReadonlySet<string>;
  /** Called before each slice; what it does is done before the slice's requests leave. */
  readonly before: (slice: Slice, done: number) => Promise<void>;
  /** Called with each slice; runs while its requests are under way. */
  readonly during: (slice: Slice, done: number) => Promise<void>;
}

/** What the answers taught the driver about one cap. */
export interface CapFacts {
  firstAtMs: number;
  refused: number;
}

/** What the books of the crowd need of a request. */
interface Sent {
  readonly id: string;
  readonly user: number;
  readonly cause: string;
}

/** Every so many-th claim and visit goes alone, as an app would send it. */
const SINGLE_EVERY = 40;

export class CrowdDriver {
  /** 1 for users who hold or held a reward. */
  readonly rewarded: Uint8Array;
  /** Orders with a card that stand: redeemed and not reversed. */
  readonly cardOrders: Uint8Array;
  readonly caps: Map<string, CapFacts> = new Map();
  /** Requests that were never sent, since what they need was refused before. */
  skipped = 0;
  /** Users whom somebody else serves from now on: an assistant. */
  readonly taken: Set<number> = new Set();
  private readonly options: DriverOptions;
  private readonly held = new Map<string, Held>();
  private readonly spent = new Set<string>();
  private late: ClaimAction[] = [];
  /** What is to be sent with the next slice, and the ones after. */
  private readonly rounds: Round[] = [];

  constructor(options: DriverOptions) {
    this.options = options;
    this.rewarded = new Uint8Array(options.crowd.size);
    this.cardOrders = new Uint8Array(options.crowd.size);
  }

  async run(): Promise<void> {
    const { crowd, port, contacted } = this.options;
    let done = 0;
    for (const slice of slicesOf(crowd.schedule({ contacted }), crowd.shape.dayZeroMs)) {
      await this.options.before(slice, done);
      await port.setClock(slice.atMs);
      await Promise.all([this.send(slice), this.options.during(slice, done)]);
      done += slice.actions.length;
    }
    while (this.rounds.length > 0) await this.sendRound(this.rounds.shift()!);
  }

  /** Takes over what somebody else did for a user of the crowd: an assistant. */
  takeVisit(
    claim: { readonly id: string; readonly user: number },
    answer: ClaimAnswer,
    redemption: { readonly id: string; readonly answer: RedeemAnswer | null },
  ): void {
    this.noteClaim({ ...claim, cause: "assistant" }, answer);
    if (redemption.answer === null) return;
    const order = { id: redemption.id, user: claim.user, cause: "assistant" };
    this.noteRedeem(order, redemption.answer);
  }

  /** A slice's claims together with what the rounds before have made possible. */
  private async send(slice: Slice): Promise<void> {
    const due = this.rounds.shift() ?? emptyRound();
    const actions = slice.actions.filter((action) => !this.taken.has(action.user));
    const claims = of(actions, "claim");
    const ready = claims.filter(({ cause }) => cause !== "stale");
    this.late.push(...claims.filter(({ cause }) => cause === "stale"));
    const ripe = this.late.filter((claim) => claim.notAfterMs! < slice.atMs);
    this.late = this.late.filter((claim) => claim.notAfterMs! >= slice.atMs);
    this.planRounds(actions);
    const looks = of(actions, "offers").filter(({ user }) => user % SINGLE_EVERY === 0);
    // A repetition travels in a batch of its own: it may overtake what it repeats.
    const repeated = ready.filter(({ cause }) => cause === "duplicate");
    const first = ready.filter(({ cause }) => cause !== "duplicate");
    const alone = first.filter((_, i) => i % SINGLE_EVERY === 0);
    const together = first.filter((_, i) => i % SINGLE_EVERY !== 0);
    await Promise.all([
      ...looks.map((look) => this.options.port.offers(look.userId)),
      ...alone.map((claim) => this.claimAlone(claim, slice.atMs)),
      ...[together, repeated, ripe].flatMap(chunks).map((some) => this.claimAll(some, slice.atMs)),
      this.sendRound(due),
    ]);
  }

  /** Nobody redeems in the moment of the claim, nor reverses in that of the redemption. */
  private planRounds(actions: readonly Action[]): void {
    const [first, second, third] = [this.round(0), this.round(1), this.round(2)];
    first.cancels.push(...of(actions, "cancel"));
    second.reversals.push(...of(actions, "reverse"));
    for (const redeem of of(actions, "redeem")) {
      const round = { fresh: first, duplicate: first, rest: second, again: third }[redeem.cause];
      round.redeems.push(redeem);
    }
  }

  private async sendRound(round: Round): Promise<void> {
    await Promise.all([
      ...chunks(round.retries).map((some) => this.claimAll(some, null)),
      this.redeemAll(round.redeems),
      this.cancelAll(round.cancels),
      this.reverseAll(round.reversals),
    ]);
  }

  private round(after: number): Round {
    while (this.rounds.length <= after) this.rounds.push(emptyRound());
    return this.rounds[after]!;
  }

  private async claimAlone(claim: ClaimAction, nowMs: number): Promise<void> {
    this.takeClaim(claim, await this.options.port.claim(claimInput(claim)), nowMs);
  }

  /** @param nowMs null: who is refused does not ask again */
  private async claimAll(claims: ClaimAction[], nowMs: number | null): Promise<void> {
    const answers = await this.options.port.claims(claims.map(claimInput));
    claims.forEach((claim, i) => {
      this.takeClaim(claim, answers[i]!, nowMs);
    });
  }

  private takeClaim(claim: ClaimAction, answer: ClaimAnswer, nowMs: number | null): void {
    this.noteClaim(claim, answer);
    const { cause } = claim;
    const later = statusEntry(answer.status).retry === "later";
    if (nowMs === null || cause === "duplicate" || !later) return;
    // Somebody taps again: the same claim with a new patience.
    const again = this.options.crowd.retries(claim);
    this.round(0).retries.push(...again.map((one) => ({ ...one, notAfterMs: null })));
  }

  private noteClaim(claim: Sent, answer: ClaimAnswer): void {
    const { status, replayed, grant = null, amountMinor = 0, cap = null } = answer;
    const { id, user, cause } = claim;
    const operation = "claim" as const;
    this.options.log.add({ operation, cause, id, status, replayed, grant, amountMinor, cap });
    if (cap !== null) this.noteCap(cap, answer.atMs);
    if (status !== "granted") return;
    this.held.set(id, { grant: grant!, amountMinor });
    this.rewarded[user] = 1;
  }

  private noteCap(cap: string, atMs: number): void {
    const facts = this.caps.get(cap);
    if (facts === undefined) this.caps.set(cap, { firstAtMs: atMs, refused: 1 });
    else facts.refused += 1;
  }

  private async redeemAll(actions: RedeemAction[]): Promise<void> {
    const ready = actions.flatMap((action) => {
      const held = this.held.get(action.claim);
      const reversed = action.cause !== "again" || !this.spent.has(firstRedemption(action));
      if (held !== undefined && reversed) return [{ action, input: redeemInput(action, held) }];
      this.skipped += 1;
      return [];
    });
    await Promise.all(
      this.byRedeemer(ready, ({ action }) => action.merchant).flatMap(([by, all]) =>
        chunks(all).map(async (some) => {
          const inputs = some.map(({ input }) => input);
          const answers = await this.options.port.redemptions(inputs, by);
          some.forEach(({ action }, i) => {
            this.noteRedeem(action, answers[i]!);
          });
        }),
      ),
    );
  }

  private noteRedeem(sent: Sent, answer: RedeemAnswer): void {
    const { status, replayed, grant, redeemedMinor: amountMinor = 0, cap = null } = answer;
    const { id, user, cause } = sent;
    const operation = "redeem" as const;
    this.options.log.add({ operation, cause, id, status, replayed, grant, amountMinor, cap });
    if (cap !== null) this.noteCap(cap, answer.atMs);
    if (status !== "redeemed" || replayed) return;
    this.spent.add(id);
    if (cause !== "rest") this.noteOrder(user, 1);
  }

  private noteOrder(user: number, by: 1 | -1): void {
    this.cardOrders[user] = this.cardOrders[user]! + by;
  }

  private async cancelAll(actions: CancelAction[]): Promise<void> {
    const ready = actions.flatMap((action): { action: CancelAction; input: CancelInput }[] => {
      const held = this.held.get(action.claim);
      if (held !== undefined) return [{ action, input: { id: action.id, grant: held.grant } }];
      this.skipped += 1;
      return [];
    });
    if (ready.length === 0) return;
    const answers = await this.options.port.cancellations(ready.map(({ input }) => input));
    ready.forEach(({ action }, i) => {
      const { status, replayed, grant, returnedMinor = 0 } = answers[i]!;
      this.options.log.add({
        ...{ operation: "cancel", cause: "fresh", id: action.id, status, replayed, grant },
        ...{ amountMinor: returnedMinor, cap: null },
      });
    });
  }

  private async reverseAll(actions: ReverseAction[]): Promise<void> {
    const ready = actions.flatMap((action): { action: ReverseAction; input: ReverseInput }[] => {
      const { id, redemption } = action;
      if (this.spent.has(redemption)) return [{ action, input: { id, redemption } }];
      this.skipped += 1;
      return [];
    });
    if (ready.length === 0) return;
    const answers = await this.options.port.reversals(
      ready.map(({ input }) => input),
      null,
    );
    ready.forEach(({ action }, i) => {
      const { status, replayed, grant = null, reversedMinor = 0 } = answers[i]!;
      this.options.log.add({
        ...{ operation: "reverse", cause: "fresh", id: action.id, status, replayed, grant },
        ...{ amountMinor: reversedMinor, cap: null },
      });
      if (status !== "reversed" || replayed) return;
      this.spent.delete(action.redemption);
      this.noteOrder(action.user, -1);
    });
  }

  private byRedeemer<T>(all: readonly T[], merchantOf: (one: T) => string): [Redeemer, T[]][] {
    const groups = new Map<Redeemer, T[]>();
    for (const one of all) {
      const merchant = merchantOf(one);
      const by = this.options.merchants.has(merchant) ? merchant : null;
      const group = groups.get(by);
      if (group === undefined) groups.set(by, [one]);
      else group.push(one);
    }
    return [...groups];
  }
}
