// What a calibration makes of a plan's assumptions.
import type { Distribution } from "../assumptions/assumption.ts";

export interface Range90 {
  readonly point: number;
  readonly lower: number;
  readonly upper: number;
}

export interface CalibratedAssumption {
  readonly id: string;
  readonly unit: string;
  /** `open`: nothing can be said yet; `unseen`: no journal and no verdict shows it. */
  readonly state: "updated" | "open" | "unseen";
  readonly before: Range90;
  readonly data: Range90 | null;
  readonly after: Range90;
  /** Standard deviations between the data and what was assumed; 0 where there are none. */
  readonly surprise: number;
  readonly isContradicted: boolean;
  /** What was seen. */
  readonly says: string;
  readonly from: "journal" | "verdict" | null;
  /** What the plan states from now on. */
  readonly distribution: Distribution;
}

export interface Calibration {
  readonly title: string;
  readonly campaign: string;
  readonly toMs: number;
  readonly events: number;
  readonly hours: number;
  /** The verdict's title; null: none was given. */
  readonly verdict: string | null;
  /** Those that the plan states as uncertain, in the plan's order. */
  readonly assumptions: readonly CalibratedAssumption[];
  /** What else the reader must know. */
  readonly notes: readonly string[];
}
