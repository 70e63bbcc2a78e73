// The families that the runner knows, by the name of their file under vectors/, one line each.
import type { Family } from "../family.ts";
import { bayesian } from "./bayesian.ts";
import { cuped } from "./cuped.ts";
import { multipleTesting } from "./multiple-testing.ts";
import { power } from "./power.ts";
import { quantile } from "./quantile.ts";
import { ratioDelta } from "./ratio-delta.ts";
import { realAbDatasets } from "./real-ab-datasets.ts";
import { sequential } from "./sequential.ts";
import { srm } from "./srm.ts";
import { twoSample } from "./two-sample.ts";

export const FAMILIES: Readonly<Record<string, Family>> = {
  bayesian,
  cuped,
  multiple_testing: multipleTesting,
  power,
  quantile,
  ratio_delta: ratioDelta,
  real_ab_datasets: realAbDatasets,
  sequential,
  srm,
  two_sample: twoSample,
};
