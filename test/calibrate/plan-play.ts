// A crowd plays its campaign against the real engine, in this process and in campaign time: what
// came of it, as the numbers that a plan foretells.
import { createHash } from "node:crypto";
import { randomStream } from "../../src/base/keystream.ts";
import { statusEntry } from "../../src/contract/index.ts";
import type { CampaignDefinition } from "../../src/core/definition.ts";
import type { Action, ClaimAction, RedeemAction } from "../../src/crowd/actions.ts";
import { type Crowd, createCrowd } from "../../src/crowd/crowd.ts";
import { type CrowdShape, dayMs } from "../../src/crowd/shape.ts";
import { DrivenClock, Engine, HongbaoError, MemorySecrets } from "../../src/host/index.ts";
import type { MoneyAnswers, MoneyInputs, MoneyOperation } from "../../src/host/money-job.ts";
import { openCampaign } from "../../src/host/open-campaign.ts";
import { createMemoryJournal } from "../../src/journal/memory-journal.ts";

const HOUR_MS = 3_600_000;

export interface Played {
  readonly grants: number;
  readonly granted: number;
  readonly spent: number;
  readonly orders: number;
  readonly rewarded: number;
  readonly active30: number;
  /** Because of the campaign; the crowd knows. */
  readonly kept: number;
  readonly claimsOfBusiestHour: number;
  readonly grantedOfWave: readonly number[];
  readonly spentOfWave: readonly number[];
  /** Days from its start until a wave had less left than its least reward; Infinity: never. */
  readonly runOutDays: readonly number[];
}

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

interface Held {
  readonly grant: string;
  readonly amountMinor: number;
  readonly offer: number;
}

class Play {
  private readonly crowd: Crowd;
  private readonly campaign: CampaignDefinition;
  private readonly engine: Engine;
  private readonly clock: DrivenClock;
  private readonly held = new Map<string, Held>();
  /** Money and offer of redemptions that stand, by id. */
  private readonly redeemed = new Map<string, { readonly minor: number; readonly offer: number }>();
  private readonly rewarded: Uint8Array;
  private readonly claims = new Map<number, number>();
  private readonly grantedMinor: number[];
  private readonly leftMinor: number[];
  private readonly runOutDays: number[];
  private grants = 0;
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
    this.rewarded = new Uint8Array(crowd.size);
    this.grantedMinor = campaign.waves.map(() => 0);
    this.leftMinor = campaign.waves.map(({ budgetMinor }) => budgetMinor ?? campaign.budgetMinor);
    this.runOutDays = campaign.waves.map(() => Number.POSITIVE_INFINITY);
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
    return this.result();
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
    const again: ClaimAction[] = [];
    claims.forEach((claim, i) => {
      const answer = answers[i]!;
      const hour = Math.floor((claim.atMs - this.campaign.startsAtMs) / HOUR_MS);
      this.claims.set(hour, (this.claims.get(hour) ?? 0) + 1);
      if (answer.status === "granted" && !answer.replayed) this.noteGrant(claim, answer);
      const { retry } = statusEntry(answer.status);
      const isFirst = claim.cause === "fresh" || claim.cause === "bot";
      if (retry === "later" && isFirst) again.push(claim);
    });
    return again;
  }

  private noteGrant(claim: ClaimAction, answer: MoneyAnswers["claim"]): void {
    const amountMinor = answer.amountMinor!;
    const offer = this.campaign.offers.findIndex(({ id }) => id === claim.offer);
    const { wave, reward } = this.campaign.offers[offer]!;
    this.held.set(claim.id, { grant: answer.grant!, amountMinor, offer });
    this.rewarded[claim.user] = 1;
    this.grants += 1;
    this.grantedMinor[wave] = this.grantedMinor[wave]! + amountMinor;
    this.leftMinor[wave] = this.leftMinor[wave]! - amountMinor;
    const least =
      reward.kind === "fixed"
        ? reward.amountMinor
        : Math.min(...reward.entries.map((entry) => entry.amountMinor));
    if (this.leftMinor[wave]! >= least || this.runOutDays[wave] !== Number.POSITIVE_INFINITY)
      return;
    this.runOutDays[wave] = (claim.atMs - this.campaign.waves[wave]!.fromMs) / dayMs;
  }

  private async redeem(actions: readonly RedeemAction[]): Promise<void> {
    const ready = actions.filter(({ claim, cause, id }) => {
      const isReversed = !this.redeemed.has(id.slice(0, id.indexOf(".")));
      return this.held.has(claim) && (cause !== "again" || isReversed);
    });
    const answers = await this.send(
      "redeem",
      ready.map(({ id, claim, partRatio }) => {
        const { grant, amountMinor } = this.held.get(claim)!;
        if (partRatio === null) return { id, grant };
        return { id, grant, amountMinor: Math.max(1, Math.round(amountMinor * partRatio)) };
      }),
    );
    ready.forEach(({ id, claim, cause }, i) => {
      const { status, replayed, redeemedMinor } = answers[i]!;
      if (status !== "redeemed" || replayed) return;
      const { offer } = this.held.get(claim)!;
      this.redeemed.set(id, { minor: redeemedMinor!, offer });
      if (cause === "rest") this.rests += 1;
    });
  }

  /** Second parts of an order that was paid in two. */
  private rests = 0;

  private async reverse(
    actions: readonly { readonly id: string; readonly redemption: string }[],
  ): Promise<void> {
    const ready = actions.filter(({ redemption }) => this.redeemed.has(redemption));
    const inputs = ready.map(({ id, redemption }) => ({ id, redemption }));
    const answers = await this.send("reverse", inputs);
    ready.forEach(({ redemption }, i) => {
      if (answers[i]!.status === "reversed") this.redeemed.delete(redemption);
    });
  }

  private async cancel(
    actions: readonly { readonly id: string; readonly claim: string }[],
  ): Promise<void> {
    const ready = actions.filter(({ claim }) => this.held.has(claim));
    const inputs = ready.map(({ id, claim }) => ({ id, grant: this.held.get(claim)!.grant }));
    const answers = await this.send("cancel", inputs);
    ready.forEach(({ claim }, i) => {
      const { status, replayed, returnedMinor = 0 } = answers[i]!;
      if (status !== "cancelled" || replayed) return;
      const { wave } = this.campaign.offers[this.held.get(claim)!.offer]!;
      this.leftMinor[wave] = this.leftMinor[wave]! + returnedMinor;
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

  private result(): Played {
    const { crowd, campaign } = this;
    const scale = 10 ** campaign.decimals;
    const spentOfWave = campaign.waves.map(() => 0);
    for (const { minor, offer } of this.redeemed.values()) {
      const { wave } = campaign.offers[offer]!;
      spentOfWave[wave] = spentOfWave[wave]! + minor / scale;
    }
    let [rewarded, active30, kept] = [0, 0, 0];
    for (let user = 0; user < crowd.people; user++) {
      const treated = this.rewarded[user] === 1;
      const with_ = crowd.metric(user, { contacted: true, treated }, "d30");
      rewarded += treated ? 1 : 0;
      kept += with_ - crowd.metric(user, { contacted: false, treated: false }, "d30");
      if (user >= crowd.shape.audienceExisting) active30 += with_;
    }
    const grantedOfWave = this.grantedMinor.map((minor) => minor / scale);
    return {
      grants: this.grants,
      granted: sumOf(grantedOfWave),
      spent: sumOf(spentOfWave),
      orders: this.redeemed.size - this.rests,
      ...{ rewarded, active30, kept, grantedOfWave, spentOfWave },
      claimsOfBusiestHour: Math.max(...this.claims.values()),
      runOutDays: this.runOutDays,
    };
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

function sumOf(numbers: readonly number[]): number {
  return numbers.reduce((sum, each) => sum + each, 0);
}
