// plan.yaml as it is written, once its shape is checked.

/** A number, or a share such as "12.8 %". */
export type RawNumber = number | string;

export interface RawAssumption {
  value?: RawNumber | undefined;
  uniform?: RawNumber[] | undefined;
  triangular?: RawNumber[] | undefined;
  pert?: RawNumber[] | undefined;
  lognormal?: { p5: RawNumber; p95: RawNumber; within?: RawNumber[] | undefined } | undefined;
  normal?: RawSpread | undefined;
  beta?: RawSpread | undefined;
  unit?: string | undefined;
  source: string;
  why?: string | undefined;
}

export interface RawSpread {
  mean: RawNumber;
  sd: RawNumber;
  within?: RawNumber[] | undefined;
}

export interface RawScenario {
  id: string;
  title: string;
  set: Record<string, RawNumber>;
}

export interface RawRange {
  from: RawNumber;
  to: RawNumber;
}

/** The groups of assumptions are read by the paths of the table of parameters. */
export interface RawPlan {
  title: string;
  campaign?: string | undefined;
  scale?: number | undefined;
  seed?: string | number | undefined;
  draws?: number | undefined;
  months?: number | undefined;
  reach?: { dayCurve?: string | number[] | undefined } | undefined;
  correlations?:
    | { between: string[]; rank: number; source: string; why?: string | undefined }[]
    | undefined;
  scenarios?: RawScenario[] | undefined;
  split?:
    | {
        aim?: "net" | "kept" | undefined;
        waves?: Record<string, RawRange> | undefined;
        amounts?: Record<string, RawRange> | undefined;
      }
    | undefined;
  decision?:
    | {
        title: string;
        stake: RawNumber;
        within?: number | undefined;
        level?: RawNumber | undefined;
        power?: RawNumber | undefined;
      }
    | undefined;
}
