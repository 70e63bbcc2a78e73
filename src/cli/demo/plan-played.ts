// The plan held against the campaign as it was played: the same numbers, at the plan's size. The
// crowd is simulated, so this shows whether the plan was ready for such a campaign; whether it was
// for the real one is what `hongbao plan back-test` asks.
import type { CampaignBooks } from "../../contract/index.ts";
import type { OutputId, OutputUnit } from "../../plan/model/outputs.ts";
import type { PlannedNumber } from "../../plan/monte-carlo/campaign-sample.ts";
import type { PlanStudy } from "../../plan/study/plan-study.ts";
import type { KnownTruth } from "./known-truth.ts";
import type { LedgerReading } from "./ledger-reading.ts";
import type { RunFacts } from "./result.ts";

export interface PlanPlayed {
  /** How many times the played campaign the planned one is. */
  readonly scale: number;
  readonly rows: readonly PlayedNumber[];
  /** Intervals of the plan in which the played number lies. */
  readonly inside: number;
  /** Money spent by hours since the start, at the plan's size. */
  readonly spending: readonly { readonly at: number; readonly spent: number }[];
}

export interface PlayedNumber {
  readonly id: string;
  readonly title: string;
  readonly unit: OutputUnit;
  readonly planned: PlannedNumber;
  /** At the plan's size; Infinity: it never came to that. */
  readonly played: number;
  readonly isInside: boolean;
}

export interface PlayedInputs {
  readonly study: Pick<PlanStudy, "numbers" | "waves">;
  readonly scale: number;
  readonly run: {
    readonly books: Pick<CampaignBooks, "startsAtMs" | "decimals" | "waves">;
    readonly dry: RunFacts["dry"];
  };
  readonly ledger: Pick<LedgerReading, "money" | "grantedMinor" | "spentMinor" | "spentOfWave">;
  readonly truth: Pick<KnownTruth, "came" | "keptWith" | "keptWithout">;
}

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

export function planPlayed(inputs: PlayedInputs): PlanPlayed {
  const { scale, run, ledger } = inputs;
  const { startsAtMs } = run.books;
  const rows = [...peopleRows(inputs), ...moneyRows(inputs)];
  return {
    scale,
    rows,
    inside: rows.filter(({ isInside }) => isInside).length,
    spending: ledger.money
      .filter(({ atMs }) => atMs >= startsAtMs)
      .map(({ atMs, spentMinor }) => ({
        at: (atMs - startsAtMs) / HOUR_MS,
        spent: amountOf(inputs, spentMinor),
      })),
  };
}

function peopleRows({ study, scale, truth }: PlayedInputs): PlayedNumber[] {
  return [
    rowOf(study, "people", scale * truth.came),
    rowOf(study, "kept", scale * (truth.keptWith - truth.keptWithout)),
  ];
}

function moneyRows(inputs: PlayedInputs): PlayedNumber[] {
  const { study, ledger, run } = inputs;
  const { grantedMinor, spentMinor } = ledger;
  return [
    rowOf(study, "breakage", 1 - spentMinor / grantedMinor),
    ...study.waves.flatMap(({ id, spent, runOutDays }) => {
      const wave = run.books.waves.find((one) => one.wave === id);
      if (wave === undefined) return [];
      const dry = run.dry.find((one) => one.wave === id);
      const days = dry === undefined ? Number.POSITIVE_INFINITY : (dry.atMs - wave.fromMs) / DAY_MS;
      const paid = amountOf(inputs, ledger.spentOfWave.get(id) ?? 0);
      return [
        compared({ id: `spent.${id}`, title: `spent on ${id}`, unit: "money" }, spent, paid),
        compared(
          { id: `runOut.${id}`, title: `${id} gone after, days`, unit: "days" },
          runOutDays,
          days,
        ),
      ];
    }),
  ];
}

function rowOf({ numbers }: PlayedInputs["study"], id: OutputId, played: number): PlayedNumber {
  const { title, unit, ...planned } = numbers.find((number) => number.id === id)!;
  return compared({ id, title, unit }, planned, played);
}

function compared(
  named: Pick<PlayedNumber, "id" | "title" | "unit">,
  { point, median, lower, upper }: PlannedNumber,
  played: number,
): PlayedNumber {
  const planned = { point, median, lower, upper };
  return { ...named, planned, played, isInside: lower <= played && played <= upper };
}

/** Played money at the plan's size. */
function amountOf({ scale, run }: PlayedInputs, minor: number): number {
  return (minor * scale) / 10 ** run.books.decimals;
}
