// Amounts, times, durations and shares, read from exactly what was written. Null: not of the form.
import { parseMajor } from "../../base/money.ts";

/** "25.00" to 2500. A third decimal is refused even where it is 0: 25.000 may mean thousands. */
export function readAmount(text: string, decimals: number): number | null {
  const fraction = text.split(".")[1] ?? "";
  if (!/^\d/.test(text) || fraction.length > decimals) return null;
  return parseMajor(text, decimals);
}

const INSTANT =
  /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d)(?::(\d\d)(?:\.(\d{1,3}))?)?(Z|[+-]\d\d:\d\d)$/;

/** An ISO time with zone to ms UTC; 30 February and 24:00 are refused, not carried over. */
export function readInstant(text: string): number | null {
  const match = INSTANT.exec(text);
  if (match === null) return null;
  const [year, month, day, hour, minute] = match.slice(1, 6).map(Number) as [
    number,
    number,
    number,
    number,
    number,
  ];
  const second = Number(match[6] ?? 0);
  const ms = Number((match[7] ?? "0").padEnd(3, "0"));
  const offset = offsetMinutes(match[8]!);
  if (hour > 23 || minute > 59 || second > 59 || offset === null || year < 1971) return null;
  const local = Date.UTC(year, month - 1, day, hour, minute, second, ms);
  const read = new Date(local);
  if (read.getUTCMonth() !== month - 1 || read.getUTCDate() !== day) return null;
  return local - offset * 60_000;
}

function offsetMinutes(text: string): number | null {
  if (text === "Z") return 0;
  const hours = Number(text.slice(1, 3));
  const minutes = Number(text.slice(4));
  if (hours > 14 || minutes > 59) return null;
  return (text.startsWith("-") ? -1 : 1) * (hours * 60 + minutes);
}

const UNITS_MS: Readonly<Record<string, number>> = {
  s: 1000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  w: 604_800_000,
};

/** "90m" to 5,400,000. */
export function readDuration(text: string): number | null {
  const match = /^(\d{1,6})([smhdw])$/.exec(text);
  return match === null ? null : Number(match[1]) * UNITS_MS[match[2]!]!;
}

/** 0.02 or "2 %" to 0.02. */
export function readShare(value: string | number): number | null {
  if (typeof value === "number") return value >= 0 && value <= 1 ? value : null;
  const match = /^(\d{1,3}(?:\.\d{1,6})?) ?%$/.exec(value);
  if (match === null) return null;
  // Dividing the decimal number once gives the nearest float; 2 / 100 is 0.02.
  const share = Number(match[1]) / 100;
  return share <= 1 ? share : null;
}
