// Numbers with what they are of: shares in per cent, units with a scale before them, factors.
import { ownOf } from "../../base/record.ts";
import type { Parameter } from "./parameters.ts";
import type { RawNumber } from "./raw-plan.ts";

const SCALES: Readonly<Record<string, number>> = { thousand: 1e3, million: 1e6, billion: 1e9 };

/** "million users" against users: 1e6. Null: another unit. */
export function unitFactor(text: string, unit: string): number | null {
  if (text === unit) return 1;
  const [scale, ...rest] = text.split(" ");
  return rest.join(" ") === unit ? (ownOf(SCALES, scale!) ?? null) : null;
}

/** "12.8 %" to 0.128; other text is null, a number stays. */
export function numberOf(raw: RawNumber): number | null {
  if (typeof raw === "number") return Number.isFinite(raw) ? raw : null;
  const match = /^([+-]?\d+(?:\.\d+)?) ?%$/.exec(raw);
  // Dividing the decimal number once gives the nearest float.
  return match === null ? null : Number(match[1]) / 100;
}

/** A number as it is, "12 %" of a share, or "3 billion CNY" in the unit. Null: none of them. */
export function quantityOf(raw: RawNumber, of: Pick<Parameter, "unit" | "isShare">): number | null {
  if (typeof raw === "number") return numberOf(raw);
  if (raw.endsWith("%")) return of.isShare ? numberOf(raw) : null;
  const match = /^([+-]?\d+(?:\.\d+)?) (.+)$/.exec(raw);
  const factor = match === null ? null : unitFactor(match[2]!, of.unit);
  return factor === null ? null : Number(match![1]) * factor;
}

/** "x0.5" to 0.5. */
export function factorOf(raw: RawNumber): number | null {
  const match = typeof raw === "string" ? /^x ?(\d+(?:\.\d+)?)$/.exec(raw) : null;
  return match === null ? null : Number(match[1]);
}
