// What a play keeps count of while the engine answers: the numbers that a plan foretells, counted
// from the answers and from what the crowd knows of its people. Nothing of the plan is used here.

import { type CampaignDefinition, leastOf } from "../../src/core/definition.ts";
import type { ClaimAction, RedeemAction } from "../../src/crowd/actions.ts";
import type { Crowd } from "../../src/crowd/crowd.ts";
import { dayMs } from "../../src/crowd/shape.ts";
import type { MoneyAnswers } from "../../src/host/writer/money-job.ts";

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
  readonly spentOfWave: readonly number[];
  /** Days from its start until a wave had less left than its least reward; Infinity: never. */
  readonly runOutDays: readonly number[];
}

interface Held {
  readonly grant: string;
  readonly amountMinor: number;
  readonly wave: number;
}

export class Books {
  private readonly crowd: Crowd;
  private readonly campaign: CampaignDefinition;
  /** Grants by the id of their claim. */
  private readonly held = new Map<string, Held>();
  /** Money and wave of redemptions that stand, by id. */
  private readonly redeemed = new Map<string, { readonly minor: number; readonly wave: number }>();
  private readonly rewarded: Uint8Array;
  /** By hour of the campaign. */
  private readonly claims = new Map<number, number>();
  private readonly leftMinor: number[];
  private readonly runOutDays: number[];
  private grants = 0;
  private grantedMinor = 0;
  /** Second parts of an order that was paid in two. */
  private rests = 0;

  constructor(crowd: Crowd, campaign: CampaignDefinition) {
    this.crowd = crowd;
    this.campaign = campaign;
    this.rewarded = new Uint8Array(crowd.size);
    this.leftMinor = campaign.waves.map(({ budgetMinor }) => budgetMinor ?? campaign.budgetMinor);
    this.runOutDays = campaign.waves.map(() => Number.POSITIVE_INFINITY);
  }

  heldOf(claim: string): Held | undefined {
    return this.held.get(claim);
  }

  stands(redemption: string): boolean {
    return this.redeemed.has(redemption);
  }

  noteClaim(claim: ClaimAction, answer: MoneyAnswers["claim"]): void {
    const hour = Math.floor((claim.atMs - this.campaign.startsAtMs) / HOUR_MS);
    this.claims.set(hour, (this.claims.get(hour) ?? 0) + 1);
    if (answer.status === "granted" && !answer.replayed) this.noteGrant(claim, answer);
  }

  private noteGrant(claim: ClaimAction, answer: MoneyAnswers["claim"]): void {
    const amountMinor = answer.amountMinor!;
    const { wave, reward } = this.campaign.offers.find(({ id }) => id === claim.offer)!;
    this.held.set(claim.id, { grant: answer.grant!, amountMinor, wave });
    this.rewarded[claim.user] = 1;
    this.grants += 1;
    this.grantedMinor += amountMinor;
    this.leftMinor[wave] = this.leftMinor[wave]! - amountMinor;
    const least = leastOf(reward);
    if (this.leftMinor[wave]! >= least || this.runOutDays[wave] !== Number.POSITIVE_INFINITY)
      return;
    this.runOutDays[wave] = (claim.atMs - this.campaign.waves[wave]!.fromMs) / dayMs;
  }

  noteRedeemed(
    action: RedeemAction,
    { status, replayed, ...answer }: MoneyAnswers["redeem"],
  ): void {
    if (status !== "redeemed" || replayed) return;
    const { wave } = this.held.get(action.claim)!;
    this.redeemed.set(action.id, { minor: answer.redeemedMinor!, wave });
    if (action.cause === "rest") this.rests += 1;
  }

  noteReversed(redemption: string, { status }: MoneyAnswers["reverse"]): void {
    if (status === "reversed") this.redeemed.delete(redemption);
  }

  noteCancelled(claim: string, answer: MoneyAnswers["cancel"]): void {
    const { status, replayed, returnedMinor = 0 } = answer;
    if (status !== "cancelled" || replayed) return;
    const { wave } = this.held.get(claim)!;
    this.leftMinor[wave] = this.leftMinor[wave]! + returnedMinor;
  }

  result(): Played {
    const scale = 10 ** this.campaign.decimals;
    const spentOfWave = this.campaign.waves.map(() => 0);
    for (const { minor, wave } of this.redeemed.values()) {
      spentOfWave[wave] = spentOfWave[wave]! + minor / scale;
    }
    return {
      grants: this.grants,
      granted: this.grantedMinor / scale,
      spent: spentOfWave.reduce((sum, each) => sum + each, 0),
      orders: this.redeemed.size - this.rests,
      ...this.people(),
      claimsOfBusiestHour: Math.max(...this.claims.values()),
      spentOfWave,
      runOutDays: this.runOutDays,
    };
  }

  /** What became of everybody, and what would have become of them without the campaign. */
  private people(): Pick<Played, "rewarded" | "active30" | "kept"> {
    const { crowd } = this;
    let [rewarded, active30, kept] = [0, 0, 0];
    for (let user = 0; user < crowd.people; user++) {
      const treated = this.rewarded[user] === 1;
      const active = crowd.metric(user, { contacted: true, treated }, "d30");
      rewarded += treated ? 1 : 0;
      kept += active - crowd.metric(user, { contacted: false, treated: false }, "d30");
      if (user >= crowd.shape.audienceExisting) active30 += active;
    }
    return { rewarded, active30, kept };
  }
}
