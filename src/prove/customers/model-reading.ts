// A model that was fitted to customers, as the studies of logs, summaries and cohorts tell it.
import {
  type Fit,
  type Likelihood,
  profileIntervals,
  type UnboundedInterval,
} from "../../stats/index.ts";

export interface FitReading {
  readonly fit: Fit<string>;
  /** Profile-likelihood intervals of the parameters; null ends are not bounded by the data. */
  readonly intervals: Readonly<Record<string, UnboundedInterval>> | null;
}

export interface NamedFitReading extends FitReading {
  readonly id: string;
  readonly title: string;
}

/** What a study fits to a table of its own kind. */
export interface NamedModel<Table> {
  readonly id: string;
  readonly title: string;
  likelihood(table: Table): Likelihood<string>;
}

/** A fit with its intervals; null where there is no fit. */
export function readFit(
  fit: Fit<string>,
  likelihood: () => Likelihood<string>,
  level: number,
): FitReading {
  if (fit.kind === "unidentified") return { fit, intervals: null };
  return { fit, intervals: profileIntervals(likelihood(), fit, level) };
}

/** The same under the model's name. */
export function readModel<Table>(
  model: NamedModel<Table>,
  fit: Fit<string>,
  table: Table,
  level: number,
): NamedFitReading {
  const { id, title } = model;
  return { id, title, ...readFit(fit, () => model.likelihood(table), level) };
}
