// The crowd played through the embedded engine, with a clock that is set: every visitor looks at
// the offers first, as apps do, and a given part of them never claims.
import { type CampaignBooks, parseCampaignFile, requireCampaign } from "../src/contract/index.ts";
import type { Action, CancelAction, ClaimAction, RedeemAction } from "../src/crowd/actions.ts";
import type { Crowd } from "../src/crowd/crowd.ts";
import { dayMs } from "../src/crowd/shape.ts";
import { DrivenClock, type Engine, execute, HongbaoError, open } from "../src/host/index.ts";

export interface PlayOptions {
  readonly directory: string;
  readonly crowd: Crowd;
  readonly yaml: string;
  /** Whether a user ever claims. */
  readonly claims: (user: number) => boolean;
}

export interface Played {
  /** By offer: grants, how many of them were ever spent, hours until then. */
  readonly offers: ReadonlyMap<string, OfferFacts>;
  /** By user the first offer that was granted, and how many grants he has. */
  readonly refused: number;
  readonly books: CampaignBooks;
}

export interface OfferFacts {
  grants: number;
  spent: number;
  hours: number;
  /** Given back. */
  cancelled: number;
  readonly users: Map<number, number>;
}

const SLICE_MS = 600_000;
const MEMBERS_AT_ONCE = 10_000;

export async function playCrowd(options: PlayOptions): Promise<Played> {
  const clock = new DrivenClock(options.crowd.shape.dayZeroMs - dayMs);
  const engine = await open({ directory: options.directory, clock });
  try {
    return await new Player(engine, clock, options).play();
  } finally {
    await engine.close();
  }
}

interface Held {
  readonly grant: string;
  readonly amountMinor: number;
  readonly atMs: number;
  readonly facts: OfferFacts;
}

class Player {
  private readonly engine: Engine;
  private readonly clock: DrivenClock;
  private readonly options: PlayOptions;
  private readonly campaign: string;
  private readonly offers = new Map<string, OfferFacts>();
  private readonly held = new Map<string, Held>();
  private readonly spent = new Set<string>();
  private refused = 0;

  constructor(engine: Engine, clock: DrivenClock, options: PlayOptions) {
    this.engine = engine;
    this.clock = clock;
    this.options = options;
    this.campaign = requireCampaign(parseCampaignFile(options.yaml, "campaign.yaml")).id;
  }

  async play(): Promise<Played> {
    const { crowd, yaml } = this.options;
    await execute(this.engine, "campaign.open", { params: {}, query: null, body: { yaml } });
    const held = await this.assign();
    let slice: Action[] = [];
    let sliceMs = 0;
    for (const action of crowd.schedule({ contacted: (user) => !held.has(user) })) {
      if (action.atMs >= sliceMs + SLICE_MS) {
        await this.send(slice, sliceMs);
        slice = [];
        sliceMs = action.atMs;
      }
      slice.push(action);
    }
    await this.send(slice, sliceMs);
    const params = { campaign: this.campaign };
    const shown = await execute(this.engine, "campaign.show", { params, query: null, body: null });
    return { offers: this.offers, refused: this.refused, books: shown.books! };
  }

  private async assign(): Promise<Set<number>> {
    const { crowd } = this.options;
    const held = new Set<number>();
    for (let from = 0; from < crowd.audience; from += MEMBERS_AT_ONCE) {
      const count = Math.min(MEMBERS_AT_ONCE, crowd.audience - from);
      const users = Array.from({ length: count }, (_, i) => crowd.user(from + i).id);
      const answer = await execute(this.engine, "audience.assign", {
        params: { campaign: this.campaign, audience: "existing" },
        query: null,
        body: { users },
      });
      answer.members!.forEach(({ arm }, i) => {
        if (arm === "holdout") held.add(from + i);
      });
    }
    return held;
  }

  private async send(slice: readonly Action[], atMs: number): Promise<void> {
    if (slice.length === 0) return;
    this.clock.set(Math.max(atMs, this.clock.wallMs()));
    const { engine, campaign } = this;
    const is = <K extends Action["kind"]>(kind: K) =>
      slice.filter((one): one is Extract<Action, { kind: K }> => one.kind === kind);
    await Promise.all(
      is("offers").map(({ userId }) =>
        execute(engine, "offers.list", {
          params: { campaign, user: userId },
          query: {},
          body: null,
        } as never),
      ),
    );
    const claims = is("claim").filter(
      ({ cause, user }) => cause !== "duplicate" && cause !== "stale" && this.options.claims(user),
    );
    await this.claim(claims);
    await this.cancel(is("cancel"));
    await this.redeem(is("redeem").filter(({ cause }) => cause === "fresh" || cause === "rest"));
  }

  private async claim(claims: readonly ClaimAction[]): Promise<void> {
    const inputs = claims.map(({ id, userId, offer, device, ip }) => ({
      ...{ id, user: userId, offer },
      attributes: { device, ip },
    }));
    const answers = await this.engine.batch("claim", this.campaign, inputs);
    answers.forEach((answer, i) => {
      if (answer instanceof HongbaoError) throw answer;
      const { offer, user, id } = claims[i]!;
      if (answer.status !== "granted") {
        if (answer.status !== "held_out") this.refused += 1;
        return;
      }
      const facts = this.factsOf(offer);
      facts.grants += 1;
      facts.users.set(user, (facts.users.get(user) ?? 0) + 1);
      const { atMs } = answer;
      this.held.set(id, { grant: answer.grant!, amountMinor: answer.amountMinor!, atMs, facts });
    });
  }

  private async redeem(actions: readonly RedeemAction[]): Promise<void> {
    const ready = actions.filter(({ claim }) => this.held.has(claim));
    const inputs = ready.map(({ id, claim, merchant, partRatio }) => {
      const { grant, amountMinor } = this.held.get(claim)!;
      const part = partRatio === null ? {} : { amountMinor: Math.ceil(amountMinor * partRatio) };
      return { id, grant, attributes: { merchant }, ...part };
    });
    const answers = await this.engine.batch("redeem", this.campaign, inputs);
    answers.forEach((answer, i) => {
      if (answer instanceof HongbaoError) throw answer;
      const { claim } = ready[i]!;
      if (answer.status !== "redeemed" || this.spent.has(claim)) return;
      this.spent.add(claim);
      const { facts, atMs } = this.held.get(claim)!;
      facts.spent += 1;
      facts.hours += (answer.atMs - atMs) / 3_600_000;
    });
  }

  private async cancel(actions: readonly CancelAction[]): Promise<void> {
    const ready = actions.filter(({ claim }) => this.held.has(claim));
    const inputs = ready.map(({ id, claim }) => ({ id, grant: this.held.get(claim)!.grant }));
    const answers = await this.engine.batch("cancel", this.campaign, inputs);
    answers.forEach((answer, i) => {
      if (answer instanceof HongbaoError) throw answer;
      if (answer.status === "cancelled") this.held.get(ready[i]!.claim)!.facts.cancelled += 1;
    });
  }

  private factsOf(offer: string): OfferFacts {
    const known = this.offers.get(offer);
    if (known !== undefined) return known;
    const made: OfferFacts = { grants: 0, spent: 0, hours: 0, cancelled: 0, users: new Map() };
    this.offers.set(offer, made);
    return made;
  }
}
