// Where each number of a campaign stands in the row that a draw leaves behind.
import { ORIGINS } from "../model/cohort-money.ts";
import {
  type CampaignOutputs,
  OUTPUT_IDS,
  OUTPUTS,
  type OutputId,
  type OutputUnit,
} from "../model/outputs.ts";
import type { HourlyTerms } from "../model/terms.ts";

export interface Column {
  /** `kept`, `runOut.wave.cards`, `net.month.3` (of the fourth month). */
  readonly id: string;
  readonly title: string;
  readonly unit: OutputUnit;
}

const OF_WAVE = {
  runOut: ["days until the money was gone", "days", "runOutDays"],
  granted: ["granted", "money", "grantedOfWave"],
  spent: ["spent", "money", "spentOfWave"],
  kept: ["kept because of the campaign", "users", "keptOfWave"],
} as const;

const OF_MONTH = {
  active: ["kept users still active", "users", "activeOfMonth"],
  net: ["net so far", "money", "netOfMonth"],
} as const;

/** Kept in rows alone, for what is computed from draws afterwards. */
const OF_MONTH_IN_ROWS = {
  granted: ["granted", "money", "grantedOfMonth"],
  spent: ["spent", "money", "spentOfMonth"],
  otherCost: ["calls, fees and marketing", "money", "otherCostOfMonth"],
  displaced: ["margin of own orders displaced", "money", "displacedOfMonth"],
} as const;

const OF_WAVE_IN_ROWS = {
  otherCost: ["calls, fees and marketing", "money", "otherCostOfWave"],
  displaced: ["margin of own orders displaced", "money", "displacedOfWave"],
} as const;

const OF_ORIGIN_IN_ROWS = {
  cost: ["cost in all", "money", "costOfOrigin"],
  kept: ["kept because of the campaign", "users", "keptOfOrigin"],
} as const;

/** Columns of a row: first those that are summed up over all draws, then those of rows alone. */
export interface Columns {
  readonly list: readonly Column[];
  readonly summed: number;
}

/** The columns of a campaign with these waves and months, in the order of a row. */
export function columnsOf({ waves, months }: HourlyTerms): Columns {
  const list: Column[] = OUTPUT_IDS.map((id) => ({ id, ...OUTPUTS[id] }));
  const monthly = (of: typeof OF_MONTH | typeof OF_MONTH_IN_ROWS): void => {
    for (const [id, [title, unit]] of Object.entries(of)) {
      for (let month = 0; month < months; month++) {
        list.push({ id: `${id}.month.${month}`, title, unit });
      }
    }
  };
  const byWave = (of: typeof OF_WAVE | typeof OF_WAVE_IN_ROWS): void => {
    for (const [id, [title, unit]] of Object.entries(of)) {
      for (const wave of waves) list.push({ id: `${id}.wave.${wave.id}`, title, unit });
    }
  };
  byWave(OF_WAVE);
  monthly(OF_MONTH);
  const summed = list.length;
  monthly(OF_MONTH_IN_ROWS);
  byWave(OF_WAVE_IN_ROWS);
  for (const [id, [title, unit]] of Object.entries(OF_ORIGIN_IN_ROWS)) {
    for (const origin of ORIGINS) list.push({ id: `${id}.origin.${origin}`, title, unit });
  }
  return { list, summed };
}

/** Writes one campaign as a row, from `at` on. */
export function writeRow(from: Readonly<CampaignOutputs>, into: Float64Array, at = 0): void {
  let next = at;
  for (let i = 0; i < OUTPUT_IDS.length; i++) into[next++] = from[OUTPUT_IDS[i] as OutputId];
  for (let i = 0; i < ARRAYS.length; i++) {
    const numbers = from[ARRAYS[i]!];
    into.set(numbers, next);
    next += numbers.length;
  }
}

type ArrayField = {
  [K in keyof CampaignOutputs]: CampaignOutputs[K] extends Float64Array ? K : never;
}[keyof CampaignOutputs];

const ARRAYS: readonly ArrayField[] = [
  ...[OF_WAVE, OF_MONTH, OF_MONTH_IN_ROWS, OF_WAVE_IN_ROWS, OF_ORIGIN_IN_ROWS],
].flatMap((of) => Object.values(of).map(([, , array]) => array));
