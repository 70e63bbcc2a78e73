// One check of the randomisation.

export interface HealthCheck {
  readonly name: string;
  readonly passed: boolean;
  readonly detail: string;
  /** What a failure is called, before any effect. */
  readonly failure: string;
  /** Where the check is of what was done to the rows, as asked: how, and how much of it. */
  readonly repair?: {
    readonly option: string;
    readonly rows: number;
    readonly users: number | null;
  };
}
