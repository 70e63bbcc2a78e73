// What the steady load of the console's bench is told to do, and what it reports.

export interface SteadyPlan {
  port: number;
  /** Path of the claims. */
  path: string;
  headers: Record<string, string>;
  offer: string;
  run: number;
  perSecond: number;
  seconds: number;
}

export interface SteadyReport {
  answered: number;
  perSecond: number;
  /** By the status of the answer. */
  statuses: Record<string, number>;
}
