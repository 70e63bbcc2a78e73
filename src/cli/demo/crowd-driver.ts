// Drives the crowd through a campaign: sends what it intends slice by slice, repeats what impatient
// users and machines repeat, skips what became impossible, and keeps every answer.
import type {
  AcceptAnswer,
  CancelInput,
  ClaimAnswer,
  RedeemAnswer,
  ReverseInput,
} from "../../contract/index.ts";
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
import { CrowdBooks } from "./crowd-books.ts";
import {
  chunks,
  claimInput,
  emptyRound,
  firstRedemption,
  of,
  type Round,
  redeemInput,
} from "./crowd-requests.ts";
import { type Acceptance, Invitations } from "./invitations.ts";
import { type Slice, slicesOf } from "./slices.ts";

export interface DriverOptions {
  readonly crowd: Crowd;
  readonly port: CampaignPort;
  readonly log: AnswerLog;
  /** False for members of the audience who are held out, and so are not contacted. */
  readonly contacted: (user: number) => boolean;
  /** Merchants with a key of their own. */
  readonly merchants: ReadonlySet<string>;
  /** The invite of the campaign file, and the offer of whoever invites. */
  readonly invites: { readonly invite: string; readonly offer: string };
  /** Called before each slice; what it does is done before the slice's requests leave. */
  readonly before: (slice: Slice, done: number) => Promise<void>;
  /** Called with each slice; runs while its requests are under way. */
  readonly during: (slice: Slice, done: number) => Promise<void>;
}

/** Every so many-th claim and visit goes alone, as an app would send it. */
const SINGLE_EVERY = 40;

export class CrowdDriver {
  readonly books: CrowdBooks;
  /** Requests that were never sent, since what they need was refused before. */
  skipped = 0;
  /** Users whom somebody else serves from now on: an assistant. */
  readonly taken: Set<number> = new Set();
  private readonly options: DriverOptions;
  readonly invitations: Invitations;
  private late: ClaimAction[] = [];
  /** Orders that were refused since the reward was held. */
  private turnedAway: RedeemAction[] = [];
  /** What is to be sent with the next slice, and the ones after. */
  private readonly rounds: Round[] = [];

  constructor(options: DriverOptions) {
    this.options = options;
    this.books = new CrowdBooks(options.crowd.size, options.log);
    const { crowd, port, invites } = options;
    this.invitations = new Invitations({
      ...invites,
      port,
      isRewarded: (user) => this.books.rewarded[user] === 1,
      isNewcomer: (user) => user >= crowd.audience && user < crowd.people,
    });
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
    this.books.grant("claim", { ...claim, cause: "assistant" }, answer);
    if (redemption.answer === null) return;
    const order = { id: redemption.id, user: claim.user, cause: "assistant" };
    this.books.redemption(order, redemption.answer);
  }

  /** Lets everybody try again whose reward was held: how many of them are people. */
  comeAgain(): number {
    const { crowd } = this.options;
    const orders = this.turnedAway;
    this.turnedAway = [];
    this.round(0).redeems.push(...orders);
    return new Set(orders.map(({ user }) => user).filter((user) => user < crowd.people)).size;
  }

  /** A slice's claims together with what the rounds before have made possible. */
  private async send(slice: Slice): Promise<void> {
    const due = this.rounds.shift() ?? emptyRound();
    const actions = slice.actions.filter((action) => !this.taken.has(action.user));
    const { claims, acceptances, acceptedAgain } = await this.invitations.divert(
      of(actions, "claim"),
    );
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
      ...[acceptances, acceptedAgain].flatMap(chunks).map((some) => this.acceptAll(some)),
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
    const spending = [...round.redeems, ...round.cancels].map(({ claim }) => claim);
    const found = await this.invitations.lookUp(spending);
    for (const [claim, held] of found) this.books.held.set(claim, held);
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
    this.books.grant("claim", claim, answer);
    const { cause } = claim;
    const later = statusEntry(answer.status).retry === "later";
    if (nowMs === null || cause === "duplicate" || !later) return;
    // Somebody taps again: the same claim with a new patience.
    const again = this.options.crowd.retries(claim);
    this.round(0).retries.push(...again.map((one) => ({ ...one, notAfterMs: null })));
  }

  private async acceptAll(acceptances: Acceptance[]): Promise<void> {
    const { port } = this.options;
    const answers = await port.acceptances(acceptances.map((one) => this.invitations.input(one)));
    acceptances.forEach((one, i) => {
      this.takeAcceptance(one, answers[i]!);
    });
  }

  /** Whose friend has no more to give takes his card alone. */
  private takeAcceptance(acceptance: Acceptance, answer: AcceptAnswer): void {
    const { claim } = acceptance;
    this.books.grant("accept", claim, answer);
    this.invitations.take(acceptance, answer);
    if (claim.cause === "duplicate" || answer.side !== "inviter") return;
    const alone = this.options.crowd.retries(claim).slice(0, 1);
    this.round(0).retries.push(...alone.map((one) => ({ ...one, notAfterMs: null })));
  }

  private async redeemAll(actions: RedeemAction[]): Promise<void> {
    const ready = actions.flatMap((action) => {
      const held = this.books.held.get(action.claim);
      const reversed = action.cause !== "again" || !this.books.spent.has(firstRedemption(action));
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
            this.books.redemption(action, answers[i]!);
            if (answers[i]!.status === "held") this.turnedAway.push(action);
          });
        }),
      ),
    );
  }

  private async cancelAll(actions: CancelAction[]): Promise<void> {
    const ready = actions.flatMap((action): { action: CancelAction; input: CancelInput }[] => {
      const held = this.books.held.get(action.claim);
      if (held !== undefined) return [{ action, input: { id: action.id, grant: held.grant } }];
      this.skipped += 1;
      return [];
    });
    if (ready.length === 0) return;
    const answers = await this.options.port.cancellations(ready.map(({ input }) => input));
    ready.forEach(({ action }, i) => {
      this.books.cancellation(action.id, answers[i]!);
    });
  }

  private async reverseAll(actions: ReverseAction[]): Promise<void> {
    const ready = actions.flatMap((action): { action: ReverseAction; input: ReverseInput }[] => {
      const { id, redemption } = action;
      if (this.books.spent.has(redemption)) return [{ action, input: { id, redemption } }];
      this.skipped += 1;
      return [];
    });
    if (ready.length === 0) return;
    const answers = await this.options.port.reversals(
      ready.map(({ input }) => input),
      null,
    );
    ready.forEach(({ action }, i) => {
      this.books.reversal(action.id, action.user, action.redemption, answers[i]!);
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
