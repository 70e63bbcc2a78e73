// Who stayed, and when it has paid, where the plan watches periods. The draws are the plan's own:
// whoever could try seeds could choose among verdicts that lie on an edge.
import { formatNumber } from "../../report/format.ts";
import { readPayback } from "../payback.ts";
import { readRetention } from "../retention.ts";
import { DEFAULT_DRAWS, drawStudy } from "../retention-draws.ts";
import type { Study } from "../study.ts";
import type { Warehouse } from "../warehouse.ts";
import { readActivity } from "./activity-units.ts";
import { horizonPeriodsOf } from "./horizon.ts";
import type { ProveProject } from "./project-file.ts";

export interface DrawOptions {
  readonly seed?: number;
  readonly draws?: number;
  readonly workers?: number;
  readonly onDraws?: (done: number, total: number) => void;
}

interface Watched {
  readonly where: string;
  readonly study: Study;
  readonly currency: string;
}

/** So much of the plan's hash makes a seed that nobody chose. */
const SEED_DIGITS = 16;

export async function readWatched(
  warehouse: Warehouse,
  { plan, planOnlyHash }: Pick<ProveProject, "plan" | "planOnlyHash">,
  { where, study, currency }: Watched,
  options: DrawOptions,
): Promise<Pick<Study, "retention" | "payback">> {
  const ids = [study.control, ...study.treatments].map(({ id }) => id);
  const activity = await readActivity(warehouse, plan, where, ids);
  if (activity === null) return {};
  const { periodDays, periods } = activity;
  const horizonPeriods =
    plan.payback === null ? periods : horizonPeriodsOf(plan.payback.withinMonths, periodDays);
  const { seed = planOnlyHash.slice(0, SEED_DIGITS), draws, workers, onDraws } = options;
  const drawn = await drawStudy(
    activity,
    { horizonPeriods, seed: `${seed} ${study.title}`, ...(draws === undefined ? {} : { draws }) },
    {
      ...(workers === undefined ? {} : { workers }),
      ...(onDraws === undefined ? {} : { onProgress: onDraws }),
    },
  );
  const retention = readRetention(drawn, plan.level);
  if (plan.payback === null) return { retention };
  const payback = readPayback(drawn, {
    marginPerActivePeriod: plan.payback.margin,
    ...{ discountPerYear: plan.payback.discount, currency },
    ...(plan.level === undefined ? {} : { level: plan.level }),
  });
  return { retention, payback };
}

/** What was asked by hand of draws that the plan fixes; nothing where none were made. */
export function drawDeviations(
  studies: readonly Study[],
  { seed, draws }: Pick<DrawOptions, "seed" | "draws">,
): string[] {
  if (studies.every(({ retention }) => retention === undefined)) return [];
  const isOther = draws !== undefined && draws !== DEFAULT_DRAWS;
  return [
    ...(seed === undefined ? [] : [`--seed ${seed} (the plan's own seed is its hash)`]),
    ...(isOther ? [`--draws ${draws} (the plan's are ${formatNumber(DEFAULT_DRAWS)})`] : []),
  ];
}
