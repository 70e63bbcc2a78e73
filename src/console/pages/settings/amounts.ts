// Bytes and spans of time as people write them.
import { useIntl } from "react-intl";

const UNITS = ["byte", "kilobyte", "megabyte", "gigabyte", "terabyte"] as const;
const STEP = 1000;

/** 67,108,864 -> 67.1 MB */
export function useBytes(): (bytes: number) => string {
  const intl = useIntl();
  return (bytes) => {
    let unit = 0;
    let amount = bytes;
    while (amount >= STEP && unit < UNITS.length - 1) {
      amount /= STEP;
      unit += 1;
    }
    const digits = { maximumSignificantDigits: 3 };
    return intl.formatNumber(amount, { style: "unit", unit: UNITS[unit]!, ...digits });
  };
}

const SPANS = [
  ["day", 86_400_000],
  ["hour", 3_600_000],
  ["minute", 60_000],
  ["second", 1000],
] as const;

/** 93,784,000 -> 1 day 2 hr: the two largest units. */
export function useSpan(): (ms: number) => string {
  const intl = useIntl();
  return (ms) => {
    let rest = Math.max(0, ms);
    const parts: string[] = [];
    for (const [unit, unitMs] of SPANS) {
      const count = Math.floor(rest / unitMs);
      rest -= count * unitMs;
      if (count === 0 && parts.length === 0 && unit !== "second") continue;
      parts.push(intl.formatNumber(count, { style: "unit", unit }));
      if (parts.length === 2) break;
    }
    return parts.join(" ");
  };
}
