// The campaigns in which plans are held against plays: budgets and caps that bind in some and not
// in others, on a small crowd, so that chance has something to say.
import { checkCampaignSource, requireCampaign } from "../../src/contract/index.ts";
import type { CampaignDefinition } from "../../src/core/definition.ts";
import { type CrowdShape, scaledShape } from "../../src/crowd/shape.ts";
import type { PlannedMoney } from "./plan-crowd.ts";
import type { Asked } from "./plan-quantities.ts";

export interface Design {
  readonly id: string;
  readonly title: string;
  readonly shape: CrowdShape;
  readonly campaign: CampaignDefinition;
  readonly money: PlannedMoney;
  readonly asks: readonly Asked[];
  /** Of these, intervals that are too narrow must be found out. */
  readonly narrow: readonly Asked[];
  /** On these bears something that the plan leaves out here, and it must be seen to fail. */
  readonly leftOut: readonly Asked[];
}

/** Of the published campaign: 2,600 people. */
const RATIO = 0.02;

/** As many orders as are wanted can be taken, and every known user comes once contacted. */
const SHAPE: CrowdShape = {
  ...scaledShape(RATIO),
  existingComeContacted: 1,
  ordersFirstHours: Math.round(60_000 * RATIO),
  ordersFirstDays: Math.round(1_200_000 * RATIO),
};

/** So that all of them pay back, some months sooner or later. */
const MONEY: PlannedMoney = { margin: 60, marketing: 20_000 };

interface Limits {
  readonly cards: number;
  readonly envelopes: number;
  readonly perUser: number;
  readonly holdout: string;
}

function campaignOf(id: string, { cards, envelopes, perUser, holdout }: Limits) {
  const yaml = `
campaign: ${id}
title: ${id}
currency: CNY
timeZone: Asia/Shanghai
budget: ${cards + envelopes}.00
starts: 2026-02-06T00:00:00+08:00
ends: 2026-02-24T00:00:00+08:00
closes: 2026-03-15T00:00:00+08:00
settlingLag: 72h
waves:
  - id: cards
    from: 2026-02-06T00:00:00+08:00
    to: 2026-02-13T00:00:00+08:00
    budget: ${cards}.00
  - id: envelopes
    from: 2026-02-13T00:00:00+08:00
    to: 2026-02-24T00:00:00+08:00
    budget: ${envelopes}.00
offers:
  - { id: card, title: Card, wave: cards, reward: { fixed: 25.00 },
      expires: { at: 2026-03-01T00:00:00+08:00 } }
  - id: envelope
    title: Envelope
    wave: envelopes
    reward:
      table:
        - { amount: 288.00, odds: 720 }
        - { amount: 88.00, odds: 6000 }
        - { amount: 28.00, odds: 50000 }
        - { amount: 18.00, odds: 120000 }
        - { amount: 8.80, odds: 300000 }
        - { amount: 2.88, odds: 523280 }
    expires: { at: 2026-03-01T00:00:00+08:00 }
attributes: [device, ip, merchant]
caps:
  - { id: user-rewards, of: user, counts: grants, limit: ${perUser} }
holdout: { share: ${holdout} }
`;
  return requireCampaign(checkCampaignSource({ yaml }));
}

const ALWAYS: readonly Asked[] = [
  ...(["grants", "granted", "spent", "spentOfCards", "orders", "peak"] as const),
  ...(["active", "kept", "costOfKept", "net", "payback"] as const),
];

const PLENTY = { cards: 200_000, envelopes: 100_000 };

export const DESIGNS: readonly Design[] = [
  {
    id: "roomy",
    title: "money for all",
    shape: SHAPE,
    campaign: campaignOf("roomy", { ...PLENTY, perUser: 21, holdout: "0 %" }),
    money: MONEY,
    // Everybody who comes is rewarded: there is no chance in how many.
    asks: [...ALWAYS, "spentOfEnvelopes"],
    narrow: ["grants", "kept"],
    leftOut: [],
  },
  {
    id: "tight",
    title: "both waves run out",
    shape: SHAPE,
    campaign: campaignOf("tight", {
      ...{ cards: 50_000, envelopes: 4_000, perUser: 21, holdout: "0 %" },
    }),
    money: MONEY,
    asks: [...ALWAYS, "spentOfEnvelopes", "rewarded", "runOutOfCards", "runOutOfEnvelopes"],
    narrow: ["runOutOfCards"],
    leftOut: [],
  },
  {
    id: "capped",
    title: "three a user, a tenth held out",
    shape: SHAPE,
    campaign: campaignOf("capped", { ...PLENTY, perUser: 3, holdout: "10 %" }),
    money: MONEY,
    asks: [...ALWAYS, "spentOfEnvelopes", "rewarded"],
    narrow: ["rewarded"],
    leftOut: [],
  },
  {
    id: "full",
    title: "kitchens are full",
    shape: { ...scaledShape(RATIO), existingComeContacted: 1 },
    campaign: campaignOf("full", { ...PLENTY, perUser: 21, holdout: "0 %" }),
    money: MONEY,
    asks: [],
    narrow: [],
    // Orders wait for kitchens that open and close with the day.
    leftOut: ["spent", "orders"],
  },
];
