// The campaign that the tests of this folder alter, and how they alter it.

export const BASE = `campaign: spring
title: Spring
currency: CNY
timeZone: Asia/Shanghai
budget: 1000.00
starts: 2026-03-01T00:00:00+08:00
ends: 2026-03-11T00:00:00+08:00
closes: 2026-04-01T00:00:00+08:00
settlingLag: 24h
waves:
  - id: one
    from: 2026-03-01T00:00:00+08:00
    to: 2026-03-06T00:00:00+08:00
    budget: 600.00
  - id: two
    from: 2026-03-06T00:00:00+08:00
    to: 2026-03-11T00:00:00+08:00
    budget: 400.00
offers:
  - id: card
    wave: one
    reward:
      fixed: 25.00
    expires:
      at: 2026-03-20T00:00:00+08:00
  - id: luck
    wave: two
    reward:
      table:
        - amount: 88.00
          odds: 1
        - amount: 2.88
          odds: 999
    expires:
      after: 7d
    audience: known
attributes: [device, merchant]
caps:
  - id: per-user
    of: user
    counts: money
    limit: 100.00
  - id: per-device
    of: device
    counts: grants
    per: hour
    limit: 3
holdout:
  share: 2 %
audiences:
  - id: known
    holdout: 0.05
`;

/** The base with its n-th line (from 1) replaced; `null` takes the line out. */
export function withLine(line: number, text: string | null): string {
  const lines = BASE.split("\n");
  lines.splice(line - 1, 1, ...(text === null ? [] : [text]));
  return lines.join("\n");
}
