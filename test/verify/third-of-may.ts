// The beginning of a campaign file that takes claims on one day and has 100.00 to give.

export function thirdOfMay(campaign: string, title: string): string {
  return `campaign: ${campaign}
title: ${title}
currency: EUR
timeZone: UTC
budget: 100.00
starts: 2026-05-03T00:00:00Z
ends: 2026-05-04T00:00:00Z
closes: 2026-05-06T00:00:00Z
`;
}
