// The campaign whose journal and outcomes are made: two designs, two offers, money for everybody.
import {
  parseCampaignFile,
  requireCampaign,
} from "../../src/contract/campaign-file/parse-campaign.ts";
import type { CampaignDefinition } from "../../src/core/definition.ts";

const CAMPAIGN = `campaign: five-million
title: Five million users
currency: CNY
timeZone: Asia/Shanghai
budget: 900000000.00
starts: 2026-02-06T00:00:00+08:00
ends: 2026-02-24T00:00:00+08:00
closes: 2026-03-15T00:00:00+08:00
settlingLag: 72h
offers:
  - id: card
    reward: { fixed: 25.00 }
    expires: { at: 2026-03-01T00:00:00+08:00 }
  - id: envelope
    reward:
      table:
        - { amount: 88.00, odds: 10 }
        - { amount: 8.80, odds: 390 }
        - { amount: 2.88, odds: 600 }
    expires: { at: 2026-03-01T00:00:00+08:00 }
caps:
  - { id: user-rewards, of: user, counts: grants, limit: 31 }
holdout: { share: 2 % }
audiences:
  - { id: existing, holdout: 2 % }
`;

export function provenCampaign(): CampaignDefinition {
  return requireCampaign(parseCampaignFile(CAMPAIGN, "bench/prove/campaign.ts"));
}
