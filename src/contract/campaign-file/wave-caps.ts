// Waves, and the caps that follow from them: one for each budget, one for each pacing.
import { ownOf } from "../../base/record.ts";
import type {
  CampaignDefinition,
  CapDefinition,
  CurveDefinition,
  CurvePoint,
  WaveDefinition,
} from "../../core/definition.ts";
import type { FilePath } from "./problems.ts";
import type { CurveWord, WaveEntry } from "./wave-schema.ts";

const HOUR_MS = 3_600_000;
const HOURS_A_DAY = 24;

/** What reads single values and notes what cannot be read. */
export interface ValueReader {
  instant(path: FilePath, text: string): number;
  amount(path: FilePath, value: number): number;
  share(path: FilePath, value: string | number): number;
  wrong(path: FilePath, expected: string, found: string): void;
}

/** The waves of a file; without any, one for the whole campaign. */
export function wavesOf(
  entries: readonly WaveEntry[] | undefined,
  { startsAtMs, endsAtMs }: Pick<CampaignDefinition, "startsAtMs" | "endsAtMs">,
  reader: ValueReader,
): WaveDefinition[] {
  if (entries === undefined) {
    return [{ id: "all", fromMs: startsAtMs, toMs: endsAtMs, budgetMinor: null }];
  }
  return entries.map((wave, i) => ({
    id: wave.id,
    fromMs: reader.instant(["waves", i, "from"], wave.from),
    toMs: reader.instant(["waves", i, "to"], wave.to),
    budgetMinor:
      wave.budget === undefined ? null : reader.amount(["waves", i, "budget"], wave.budget),
  }));
}

/** One cap a wave with a budget, since a cap has one limit. */
export function waveBudgets(waves: readonly WaveDefinition[]): CapDefinition[] {
  return waves.flatMap((wave) => {
    if (wave.budgetMinor === null) return [];
    return [{ ...capOfWave(wave, "budget", wave.budgetMinor), refund: true }];
  });
}

/** One cap a wave with pacing: it counts gross issue, so that nothing gives a place back. */
export function wavePaces(
  waves: readonly WaveDefinition[],
  dayStartsMs: readonly number[],
  entries: readonly WaveEntry[],
  reader: ValueReader,
): CapDefinition[] {
  return waves.flatMap((wave, i) => {
    const entry = entries[i];
    if (entry?.pacing === undefined) return [];
    const path = ["waves", i, "pacing"];
    if (wave.budgetMinor === null) reader.wrong(path, "a wave with a budget", "none");
    const curve = curveOf(entry.pacing, wave, dayStartsMs, path, reader);
    return [{ ...capOfWave(wave, "pacing", wave.budgetMinor ?? Number.NaN), curve }];
  });
}

function capOfWave({ id }: WaveDefinition, what: string, limit: number): CapDefinition {
  const counted = { counts: "money", per: "total", limit, on: "claim" } as const;
  return {
    id: `wave-${what}:${id}`,
    dimension: `wave:${id}`,
    ...counted,
    refund: false,
    missing: "refuse",
  };
}

function curveOf(
  pacing: NonNullable<WaveEntry["pacing"]>,
  wave: WaveDefinition,
  dayStartsMs: readonly number[],
  path: FilePath,
  reader: ValueReader,
): CurveDefinition {
  const entry = typeof pacing === "string" ? { curve: pacing } : pacing;
  const { curve, points, demand, unused = "now" } = entry;
  const given = [curve, points, demand].filter((one) => one !== undefined).length;
  if (given !== 1) reader.wrong(path, "exactly one of curve, points and demand", String(given));
  if (curve !== undefined) return { points: namedPoints(curve, wave), unused };
  if (points !== undefined) {
    const read = points.map(({ at, share }, j) => ({
      atMs: reader.instant([...path, "points", j, "at"], at),
      share: reader.share([...path, "points", j, "share"], share),
    }));
    return { points: read, unused };
  }
  if (typeof demand === "string") {
    const found = `${demand}: a CSV is read by the command line, beside the file`;
    reader.wrong([...path, "demand"], "a list of weights", found);
  }
  if (typeof demand !== "object") return { points: namedPoints("even", wave), unused };
  return { points: demandPoints(demand, wave, dayStartsMs, [...path, "demand"], reader), unused };
}

/** Shares of the time and of the money. */
const NAMED: Readonly<Record<CurveWord, readonly (readonly [time: number, share: number])[]>> = {
  even: [
    [0, 0],
    [1, 1],
  ],
  "front-loaded": [
    [0, 0],
    [1 / 4, 1 / 2],
    [1 / 2, 3 / 4],
    [1, 1],
  ],
};

/** The curve that a word stands for. */
export function namedPoints(word: CurveWord, { fromMs, toMs }: WaveDefinition): CurvePoint[] {
  // Another word is a problem of its own, told already.
  return (ownOf(NAMED, word) ?? NAMED.even).map(([time, share]) => {
    return { atMs: fromMs + Math.round(time * (toMs - fromMs)), share };
  });
}

function demandPoints(
  weights: readonly number[],
  { fromMs, toMs }: WaveDefinition,
  dayStartsMs: readonly number[],
  path: FilePath,
  reader: ValueReader,
): CurvePoint[] {
  const hours = Math.ceil((toMs - fromMs) / HOUR_MS);
  const isDay = weights.length === HOURS_A_DAY;
  if (!isDay && !(weights.length === hours)) {
    const expected = `24 weights for the hours of the day, or ${hours} for those of the wave`;
    reader.wrong(path, expected, String(weights.length));
    return [];
  }
  const ends: { atMs: number; weight: number }[] = [];
  for (let atMs = fromMs; atMs < toMs; atMs = ends.at(-1)!.atMs) {
    const day = dayStartsMs.findLastIndex((start) => start <= atMs);
    const from = isDay ? (dayStartsMs[day] ?? fromMs) : fromMs;
    const next = isDay ? (dayStartsMs[day + 1] ?? toMs) : toMs;
    const hour = Math.floor((atMs - from) / HOUR_MS);
    const endMs = Math.min(from + (hour + 1) * HOUR_MS, next, toMs);
    const weight = weights[Math.min(hour, weights.length - 1)]! * ((endMs - atMs) / HOUR_MS);
    ends.push({ atMs: endMs, weight });
  }
  const total = ends.reduce((sum, { weight }) => sum + weight, 0);
  if (!(total > 0 && total < Number.POSITIVE_INFINITY)) {
    const found = total > 0 ? "a sum that no number holds" : "none";
    reader.wrong(path, "some weight above 0 within the wave", found);
    return [];
  }
  let sum = 0;
  const points = ends.map(({ atMs, weight }) => {
    sum += weight;
    return { atMs, share: rounded(sum / total) };
  });
  points[points.length - 1]!.share = 1;
  return [{ atMs: fromMs, share: 0 }, ...points];
}

/** Nine digits are a billionth of the budget, and half the length in the journal. */
function rounded(share: number): number {
  return Math.min(1, Math.round(share * 1e9) / 1e9);
}
