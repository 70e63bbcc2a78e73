// A campaign that suspicion is tried on, driven by hand.
import type { AnswerOf } from "../src/contract/index.ts";
import type { CampaignDefinition } from "../src/core/definition.ts";
import { execute } from "../src/host/index.ts";
import { Drill } from "./drill.fixture.ts";
import { HOUR_MS, plainCampaign } from "./simulation/plain-campaign.ts";

type Step = "hold" | "release" | "clawback";

export class SuspicionDrill extends Drill {
  claimOn(device: string, user: string): Promise<AnswerOf<"claim">> {
    return this.claim(user, "card", { attributes: { device } });
  }

  grantOn(device: string, user: string): Promise<string> {
    return this.grant(user, "card", { attributes: { device } });
  }

  /** Blocks for a while or for good; a time below zero unblocks. */
  block(by: string, values: string[], forMs?: number): Promise<AnswerOf<"block.add">> {
    const body = { by, values, why: "a farm", evidence: "case 8" };
    const call = { params: { campaign: "drill" }, query: null, by: "key-1" };
    if (forMs !== undefined && forMs < 0)
      return execute(this.engine, "block.remove", { ...call, body });
    const end = forMs === undefined ? {} : { forMs };
    return execute(this.engine, "block.add", { ...call, body: { ...body, ...end } });
  }

  suspect(
    step: Step,
    grant: string,
    id: string = this.freshId("s"),
    why = "a ring",
  ): Promise<AnswerOf<"grant.hold">> {
    const params = { campaign: "drill", grant };
    const body = { id, why, evidence: "case 7" };
    return execute(this.engine, `grant.${step}`, { params, query: null, body, by: "key-1" });
  }

  extend(
    grant: string,
    expiresAtMs: number,
    more: { id?: string; why?: string; preview?: true } = {},
  ): Promise<AnswerOf<"grant.extend">> {
    const params = { campaign: "drill", grant };
    const body = { id: more.id ?? this.freshId("s"), why: "shop closed", ...more, expiresAtMs };
    return execute(this.engine, "grant.extend", { params, query: null, body, by: "key-1" });
  }

  repay(
    grant: string,
    amountMinor: number,
    id: string = this.freshId("s"),
  ): Promise<AnswerOf<"grant.repay">> {
    const params = { campaign: "drill", grant };
    const body = { id, why: "paid back", amountMinor };
    return execute(this.engine, "grant.repay", { params, query: null, body });
  }

  async show(grant: string): Promise<NonNullable<AnswerOf<"grant.show">["grant"]>> {
    const params = { campaign: "drill", grant };
    return (await execute(this.engine, "grant.show", { params, query: null, body: null })).grant!;
  }
}

/** Grants of 10 that expire after a day; a release gives two hours. */
export function drill(more: Partial<CampaignDefinition> = {}): Promise<SuspicionDrill> {
  return new SuspicionDrill().open(plainCampaign({ releaseGraceMs: 2 * HOUR_MS, ...more }));
}
