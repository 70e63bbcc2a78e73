// A crowd plays its campaign against the real engine, in this process and in campaign time: what
// came of it, as the numbers that a plan foretells. Nothing of the plan is used here.
import { createHash } from "node:crypto";
import { randomStream } from "../../src/base/keystream.ts";
import { statusEntry } from "../../src/contract/index.ts";
import type { CampaignDefinition } from "../../src/core/definition.ts";
import type { Action, ClaimAction, RedeemAction } from "../../src/crowd/actions.ts";
import { type Crowd, createCrowd } from "../../src/crowd/crowd.ts";
import { type CrowdShape, dayMs } from "../../src/crowd/shape.ts";
import { DrivenClock, Engine, HongbaoError, MemorySecrets } from "../../src/host/index.ts";
import { openCampaign } from "../../src/host/open-campaign.ts";
import type { MoneyAnswers, MoneyInputs, MoneyOperation } from "../../src/host/writer/money-job.ts";
import { createMemoryJournal } from "../../src/journal/memory-journal.ts";
import { Books, type Played } from "./plan-books.ts";

const HOUR_MS = 3_600_000;

export async function playCampaign(
  shape: CrowdShape,
  campaign: CampaignDefinition,
  seed: string,
): Promise<Played> {
  const play = await Play.open(createCrowd({ seed, shape }), campaign, seed);
  try {
    return await play.run();
  } finally {
    await play.close();
  }
}

class Play {
  private readonly crowd: Crowd;
  private readonly campaign: CampaignDefinition;
  private readonly engine: Engine;
  private readonly clock: DrivenClock;
  private readonly books: Books;
  private late: ClaimAction[] = [];

  private constructor(
    crowd: Crowd,
    campaign: CampaignDefinition,
    engine: Engine,
    clock: DrivenClock,
  ) {
    this.crowd = crowd;
    this.campaign = campaign;
    this.engine = engine;
    this.clock = clock;
    this.books = new Books(crowd, campaign);
  }

  static async open(crowd: Crowd, campaign: CampaignDefinition, seed: string): Promise<Play> {
    const sha256 = (bytes: Uint8Array) =>
      new Uint8Array(createHash("sha256").update(bytes).digest());
    const stream = randomStream(seed, "calibrate/plan/engine");
    const bytes = (count: number): Uint8Array =>
      Uint8Array.from({ length: count }, () => stream.nextInt(256));
    const clock = new DrivenClock(campaign.startsAtMs - dayMs);
    const engine = await Engine.open({
      journal: createMemoryJournal({ ledgerId: "plan", sha256 }),
      secrets: new MemorySecrets(bytes(32)),
      ...{ clock, entropy: bytes, ticking: false },
    });
    const { status } = await openCampaign(engine, campaign);
    if (status !== "opened") throw new Error(`the campaign was not opened: ${status}`);
    return new Play(crowd, campaign, engine, clock);
  }

  async run(): Promise<Played> {
    const { crowd, clock } = this;
    let hour: Action[] = [];
    let endsMs = crowd.shape.dayZeroMs + HOUR_MS;
    for (const action of crowd.schedule()) {
      if (action.atMs >= endsMs) {
        clock.set(endsMs - HOUR_MS);
        await this.playHour(hour);
        hour = [];
        endsMs += HOUR_MS * (1 + Math.floor((action.atMs - endsMs) / HOUR_MS));
      }
      hour.push(action);
    }
    clock.set(endsMs - HOUR_MS);
    await this.playHour(hour);
    return this.books.result();
  }

  close(): Promise<void> {
    return this.engine.close();
  }

  /** Claims first, then what they make possible. */
  private async playHour(actions: readonly Action[]): Promise<void> {
    const claims = of(actions, "claim");
    // Too late by design: sent when their time is over.
    const stale = this.late;
    this.late = claims.filter(({ cause }) => cause === "stale");
    const refused = await this.claim([
      ...stale,
      ...claims.filter(({ cause }) => cause !== "stale"),
    ]);
    await this.claim(refused.flatMap((claim) => crowdRetries(this.crowd, claim)));
    const redeems = of(actions, "redeem");
    await this.redeem(redeems.filter(({ cause }) => cause === "fresh" || cause === "duplicate"));
    await this.redeem(redeems.filter(({ cause }) => cause === "rest"));
    await this.reverse(of(actions, "reverse"));
    await this.redeem(redeems.filter(({ cause }) => cause === "again"));
    await this.cancel(of(actions, "cancel"));
  }

  /** Returns the claims that may be tried again. */
  private async claim(claims: readonly ClaimAction[]): Promise<ClaimAction[]> {
    const answers = await this.send("claim", claims.map(claimInput));
    return claims.filter((claim, i) => {
      const answer = answers[i]!;
      this.books.noteClaim(claim, answer);
      const isFirst = claim.cause === "fresh" || claim.cause === "bot";
      return isFirst && statusEntry(answer.status).retry === "later";
    });
  }

  private async redeem(actions: readonly RedeemAction[]): Promise<void> {
    const { books } = this;
    const ready = actions.filter(({ claim, cause, id }) => {
      const isReversed = !books.stands(id.slice(0, id.indexOf(".")));
      return books.heldOf(claim) !== undefined && (cause !== "again" || isReversed);
    });
    const inputs = ready.map(({ id, claim, partRatio }) => {
      const { grant, amountMinor } = books.heldOf(claim)!;
      if (partRatio === null) return { id, grant };
      return { id, grant, amountMinor: Math.max(1, Math.round(amountMinor * partRatio)) };
    });
    const answers = await this.send("redeem", inputs);
    ready.forEach((action, i) => {
      books.noteRedeemed(action, answers[i]!);
    });
  }

  private async reverse(actions: readonly Extract<Action, { kind: "reverse" }>[]): Promise<void> {
    const ready = actions.filter(({ redemption }) => this.books.stands(redemption));
    const inputs = ready.map(({ id, redemption }) => ({ id, redemption }));
    const answers = await this.send("reverse", inputs);
    ready.forEach(({ redemption }, i) => {
      this.books.noteReversed(redemption, answers[i]!);
    });
  }

  private async cancel(actions: readonly Extract<Action, { kind: "cancel" }>[]): Promise<void> {
    const { books } = this;
    const ready = actions.filter(({ claim }) => books.heldOf(claim) !== undefined);
    const inputs = ready.map(({ id, claim }) => ({ id, grant: books.heldOf(claim)!.grant }));
    const answers = await this.send("cancel", inputs);
    ready.forEach(({ claim }, i) => {
      books.noteCancelled(claim, answers[i]!);
    });
  }

  private async send<N extends MoneyOperation>(
    operation: N,
    inputs: readonly MoneyInputs[N][],
  ): Promise<MoneyAnswers[N][]> {
    if (inputs.length === 0) return [];
    const answers = await this.engine.batch(operation, this.campaign.id, inputs);
    return answers.map((answer) => {
      if (answer instanceof HongbaoError) throw answer;
      return answer;
    });
  }
}

function crowdRetries(crowd: Crowd, claim: ClaimAction): ClaimAction[] {
  return crowd.retries(claim).map((again) => ({ ...again, notAfterMs: null }));
}

function of<K extends Action["kind"]>(
  actions: readonly Action[],
  kind: K,
): Extract<Action, { kind: K }>[] {
  return actions.filter((action): action is Extract<Action, { kind: K }> => action.kind === kind);
}

function claimInput({ id, userId, offer, device, ip, notAfterMs }: ClaimAction) {
  const input = { id, user: userId, offer, attributes: { device, ip } };
  return notAfterMs === null ? input : { ...input, notAfterMs };
}
