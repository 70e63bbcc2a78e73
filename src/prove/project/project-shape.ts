// prove.yaml as it is written, once its shape is checked and defaults are filled in.

import type { Estimand } from "../../verdict/metric.ts";
import type { Separator } from "../file-kind.ts";
import type { Duplicates, Missing } from "./measurement-plan.ts";

export interface RawProject {
  title: string;
  campaign?: string | undefined;
  plan: RawPlan;
  sources: RawSources;
  published?: { source: string; effects: RawPublished[] } | undefined;
}

export interface RawPlan {
  questions?: Estimand[] | undefined;
  unit: "user";
  population?: "assigned" | "exposed" | undefined;
  randomised?: boolean | undefined;
  level?: Share | undefined;
  users?: number | Partial<Record<Estimand, number>> | undefined;
  timeZone?: string | undefined;
  metrics: RawMetric[];
  segments: string[];
  stratify?: string | undefined;
  guardrails: { metric: string; worse: "lower" | "higher"; margin: Share }[];
  negligible: Record<string, number>;
  retention?: { log: string; period: string; periods: number } | undefined;
  worth?: { margin: number; cost?: number | undefined } | undefined;
  payback?: RawPayback | undefined;
  fees?: { grant: number; redemption: number } | undefined;
  deviation?: Share | undefined;
  decision?: RawDecision | undefined;
}

export interface RawDecision {
  action: string;
  otherwise?: string | undefined;
  when: RawCondition[];
}

/** One of payback, worth, effect and guardrails. */
export interface RawCondition {
  payback?: Share | undefined;
  worth?: number | undefined;
  effect?: string | undefined;
  atLeast?: Share | undefined;
  atMost?: Share | undefined;
  guardrails?: "hold" | undefined;
  question?: Estimand | undefined;
  arm?: string | undefined;
}

/** .02 or "2 %". */
export type Share = string | number;

interface Named {
  id: string;
  title?: string | undefined;
  digits?: number | undefined;
}

export type RawMetric = Named &
  (
    | { kind: "share"; column?: string | undefined; log?: string | undefined; days?: Days }
    | RawMean
    | { kind: "ratio"; unit: string; above: string; below: string }
    | { kind: "quantile"; unit: string; column: string; at: number }
  );

/** First and last day after the user's start. */
type Days = [number, number] | undefined;

interface RawMean {
  kind: "mean";
  unit: string;
  column?: string | undefined;
  log?: string | undefined;
  value?: string | undefined;
  days?: Days;
  before?: string | { days: number } | undefined;
  clamp?: [number, number] | undefined;
}

interface RawPayback {
  margin: number;
  within: number;
  discount: Share;
  cannibalised?: { metric: string; margin: number } | undefined;
}

export interface RawSources {
  journal?: string | undefined;
  events?: string | undefined;
  outcomes?:
    | {
        file: string;
        table?: string | undefined;
        user: string;
        at?: string | undefined;
        zone?: string | undefined;
        missing: Exclude<Missing, "drop">;
        duplicates: Duplicates;
        empty: string[];
        early: "keep" | "drop";
        separator: Separator;
      }
    | undefined;
  users: "ids" | "pseudonyms";
  logs: Record<string, RawLog>;
  table?: RawTable | undefined;
  counts?: string | undefined;
}

interface RawLog {
  file: string;
  table?: string | undefined;
  user: string;
  at: string;
  zone?: string | undefined;
  until?: string | undefined;
  gaps: "refuse" | "keep";
  currency?: string | undefined;
  separator: Separator;
}

export interface RawTable {
  file?: string | undefined;
  table?: string | undefined;
  arm: string;
  control: string;
  arms: Record<string, string>;
  shares?: Record<string, Share> | undefined;
  user?: string | undefined;
  claimed?: string | undefined;
  cost?: string | undefined;
  assigned?: "before contact" | "at the claim" | undefined;
  missing: Missing;
  duplicates: Duplicates;
  severalArms: "refuse" | "drop";
  empty: string[];
  separator: Separator;
}

interface RawPublished {
  metric: string;
  arm: string;
  effect: string;
  interval?: [string, string] | undefined;
}
