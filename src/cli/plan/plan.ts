// `hongbao plan FILE`: what a campaign may bring and cost, before a cent is spent.
import { type PlanStudy, studyPlan } from "../../plan/study/plan-study.ts";
import { planStudyReport } from "../../plan/study/study-report.ts";
import { type BlockPool, withBlockPool } from "../../threads/block-pool.ts";
import { EXIT, type ExitCode } from "../exit-codes.ts";
import { refuseSame } from "../output-file.ts";
import { numberFlag } from "../prove/project.ts";
import { pageFile, sayReport } from "../prove/say-verdict.ts";
import { publish } from "../publish.ts";
import type { VerbCall } from "../verb.ts";
import { planDrawer, planDrawerOfMany } from "./draw-plan.ts";
import { type OpenedPlan, openPlan } from "./open-plan.ts";
import { campaignRequest, writeCampaign } from "./write-campaign.ts";

const DRAWS_LEAST = 1_000;
const DRAWS_MOST = 10_000_000;
const WORKERS_MOST = 64;

export async function plan(call: VerbCall): Promise<ExitCode> {
  const opened = await openPlan(call.args[0]!);
  const page = await pageFile(call, opened.files);
  const wanted = await campaignRequest(call, opened);
  await refuseSame("--html", page, "--write-campaign", wanted?.file ?? null);
  const { workers } = numberFlag(call.flags, "workers", 1, WORKERS_MOST);
  return await withBlockPool({ workers }, async (pool) => {
    const study = await studied(call, opened, pool);
    await sayReport(call, study, planStudyReport(study), page);
    await publish(call, study, opened.files);
    if (wanted !== null) await writeCampaign(call, opened, study, wanted, planDrawer({ pool }));
    return EXIT.ok;
  });
}

async function studied(
  { terminal, flags }: VerbCall,
  { plan }: OpenedPlan,
  pool: BlockPool,
): Promise<PlanStudy> {
  const draws = numberFlag(flags, "draws", DRAWS_LEAST, DRAWS_MOST).draws ?? plan.draws;
  const seed = flags.seed === undefined ? plan.seed : String(flags.seed);
  const progress = terminal.progress("plan", draws);
  const onDrawn = (done: number, total: number): void => progress.update(done, total);
  const how = { pool, onDrawn };
  const drawAll = planDrawerOfMany(how);
  const { study } = await studyPlan({ ...plan, seed }, draws, planDrawer(how), drawAll).finally(
    () => progress.stop(),
  );
  return study;
}
