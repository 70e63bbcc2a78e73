// The campaign of the contract suite: small numbers, so that each limit is reached in a few steps.
export const CAMPAIGN = "suite";
export const STARTS_AT_MS: number = Date.parse("2026-02-06T08:00:00+08:00");
export const MINUTE_MS = 60_000;
export const DAY_MS = 86_400_000;

/** 1,000.00 in all; cards of 25.00 that expire after two days; at most three a user. */
export function campaignYaml(): string {
  return `
campaign: ${CAMPAIGN}
title: The contract suite
currency: CNY
timeZone: Asia/Shanghai
budget: 1000.00
starts: 2026-02-06T00:00:00+08:00
ends: 2026-02-20T00:00:00+08:00
closes: 2026-03-01T00:00:00+08:00
settlingLag: 24h
waves:
  - { id: first, from: 2026-02-06T00:00:00+08:00, to: 2026-02-13T00:00:00+08:00 }
  - { id: second, from: 2026-02-13T00:00:00+08:00, to: 2026-02-20T00:00:00+08:00 }
offers:
  - { id: card, title: A card, wave: first, reward: { fixed: 25.00 }, expires: { after: 2d } }
  - id: envelope
    title: An envelope
    wave: first
    reward: { table: [{ amount: 1.00, odds: 1 }, { amount: 2.00, odds: 1 }] }
    expires: { after: 2d }
  - { id: later, title: Later, wave: second, reward: { fixed: 25.00 }, expires: { after: 2d } }
  - id: members
    title: For members
    wave: first
    audience: club
    reward: { fixed: 10.00 }
    expires: { after: 2d }
attributes: [device, merchant]
caps:
  - { id: user-total, of: user, counts: grants, limit: 3 }
  - { id: device-total, of: device, counts: grants, limit: 2, missing: skip }
  - id: merchant-total
    of: merchant
    counts: money
    limit: 40.00
    on: redemption
    missing: skip
audiences:
  - { id: club, holdout: 0 }
`;
}

/** An id of the same form that is nobody's: ids begin with chance, so any end may be this one's. */
export function anotherId(id: string): string {
  return `${id.slice(0, -1)}${id.endsWith("0") ? "1" : "0"}`;
}
