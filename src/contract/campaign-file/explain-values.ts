// Money and time in the words of a campaign.
import { formatMinor } from "../../base/money.ts";
import type { CampaignDefinition } from "../../core/definition.ts";

/** `1,000.00 CNY` */
export function explainMoney(definition: CampaignDefinition, minor: number): string {
  const [units, decimals] = formatMinor(minor, definition.decimals).split(".") as [string, string?];
  const grouped = units.replace(/\B(?=(\d{3})+$)/g, ",");
  return `${grouped}${decimals === undefined ? "" : `.${decimals}`} ${definition.currency}`;
}

/** `2026-02-06 00:00` in the campaign's zone. */
export function explainTime(definition: CampaignDefinition, atMs: number): string {
  const parts = new Intl.DateTimeFormat("en-CA", {
    timeZone: definition.timeZone,
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
  }).formatToParts(atMs);
  const part = (type: string): string => parts.find((one) => one.type === type)?.value ?? "";
  return `${part("year")}-${part("month")}-${part("day")} ${part("hour")}:${part("minute")}`;
}
