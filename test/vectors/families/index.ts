// The families that the runner knows, by the name of their file under vectors/, one line each.
import type { Family } from "../family.ts";
import { bayesian } from "./bayesian.ts";
import { bgbb } from "./bgbb.ts";
import { bgnbd } from "./bgnbd.ts";
import { cuped } from "./cuped.ts";
import { eventStudy } from "./event-study.ts";
import { gammaGamma } from "./gamma-gamma.ts";
import { multipleTesting } from "./multiple-testing.ts";
import { paretoNbdFamily } from "./pareto-nbd.ts";
import { power } from "./power.ts";
import { quantile } from "./quantile.ts";
import { ratioDelta } from "./ratio-delta.ts";
import { realAbDatasets } from "./real-ab-datasets.ts";
import { sbg } from "./sbg.ts";
import { sequential } from "./sequential.ts";
import { srm } from "./srm.ts";
import { twoSample } from "./two-sample.ts";

export const FAMILIES: Readonly<Record<string, Family>> = {
  bayesian,
  bgbb,
  bgnbd,
  cuped,
  event_study: eventStudy,
  gamma_gamma: gammaGamma,
  multiple_testing: multipleTesting,
  pareto_nbd: paretoNbdFamily,
  power,
  quantile,
  ratio_delta: ratioDelta,
  real_ab_datasets: realAbDatasets,
  sbg,
  sequential,
  srm,
  two_sample: twoSample,
};
