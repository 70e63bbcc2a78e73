// A drill with a draw: a card of 10, one prize of 30 and two of 5, on a budget of 100.
import type { AnswerOf } from "../src/contract/index.ts";
import type { DrawView } from "../src/contract/schema/draw.ts";
import type {
  CampaignDefinition,
  DrawDefinition,
  OfferDefinition,
} from "../src/core/definition.ts";
import { execute } from "../src/host/index.ts";
import { Drill } from "./drill.fixture.ts";
import { DAY_MS, HOUR_MS, plainCampaign, START_MS } from "./simulation/plain-campaign.ts";
import { potCaps } from "./simulation/some-pot.ts";

export const CLOSES_MS: number = START_MS + DAY_MS;
export const TAKE_UP_MS: number = 2 * HOUR_MS;

const DRAW = { campaign: "drill", draw: "sunday" };

function prize(id: string, amountMinor: number, packets: number): OfferDefinition {
  const equal = { minMinor: amountMinor, maxMinor: amountMinor };
  return {
    ...{ id, title: id, wave: 0, audience: null, draw: 0 },
    reward: { kind: "pot", totalMinor: amountMinor * packets, packets, ...equal },
    expiry: { kind: "after", afterMs: TAKE_UP_MS },
  };
}

export function drawn(
  more: Partial<DrawDefinition> = {},
  other: Partial<CampaignDefinition> = {},
): CampaignDefinition {
  const offers = [plainCampaign().offers[0]!, prize("grand", 30, 1), prize("small", 5, 2)];
  const draw: DrawDefinition = {
    ...{ id: "sunday", title: "Sunday", opensAtMs: START_MS, closesAtMs: CLOSES_MS },
    ...{ audience: null, entriesPerUser: 1, winsPerUser: 1 },
    ...more,
  };
  const lag = { settlingLagMs: HOUR_MS };
  return plainCampaign({ offers, draws: [draw], caps: potCaps(offers), ...lag, ...other });
}

export class DrawDrill extends Drill {
  enter(user: string, more: object = {}): Promise<AnswerOf<"draw.enter">> {
    const body = { id: this.freshId("e"), user, ...more };
    return execute(this.engine, "draw.enter", { params: DRAW, query: null, body });
  }

  async enterAll(users: number): Promise<void> {
    for (let i = 0; i < users; i++) await this.enter(`user-${i}`);
  }

  async block(...values: string[]): Promise<void> {
    const body = { by: "user" as const, values, why: "bots" };
    await execute(this.engine, "block.add", { params: { campaign: "drill" }, query: null, body });
  }

  async show(): Promise<DrawView> {
    return (await execute(this.engine, "draw.show", { params: DRAW, query: {}, body: null })).view!;
  }

  /** The users of the winners' grants, by ordinal. */
  winners(): number[] {
    const { lots, grantUser } = this.campaign;
    const lot = lots[0]!;
    return Array.from({ length: lot.winners }, (_, i) => grantUser.get(lot.winnerGrant.get(i)));
  }

  override verify(seeds = true): ReturnType<Drill["verify"]> {
    return super.verify(seeds);
  }
}
