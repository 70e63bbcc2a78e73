// `hongbao plan judge FILE`: whether a campaign paid off, by published figures alone; and `hongbao
// plan back-test FILE`: what its plan foresaw of them.
import { backTest as backTestOf } from "../../plan/back-test/back-test.ts";
import { backTestReport } from "../../plan/back-test/back-test-report.ts";
import { judgeReport } from "../../plan/judge/judge-report.ts";
import { judgePublished } from "../../plan/judge/judgement.ts";
import { MOST_DRAWS } from "../../plan/judge/refine.ts";
import { withBlockPool } from "../../threads/block-pool.ts";
import { EXIT, type ExitCode } from "../exit-codes.ts";
import { numberFlag } from "../prove/project.ts";
import { pageFile, sayReport } from "../prove/say-verdict.ts";
import type { VerbCall } from "../verb.ts";
import { judgedDrawer } from "./draw-judged.ts";
import { openPublished } from "./open-published.ts";

const WORKERS_MOST = 64;

export async function judge(call: VerbCall): Promise<ExitCode> {
  const { question, files } = await openPublished(call.args[0]!);
  const page = await pageFile(call, files);
  const progress = call.terminal.progress("judge", MOST_DRAWS);
  const onDrawn = (done: number): void => progress.update(done);
  const judgement = await withBlockPool({ workers: workersOf(call) }, (pool) => {
    return judgePublished(question, judgedDrawer({ pool, onDrawn }));
  }).finally(() => progress.stop());
  await sayReport(call, judgement, judgeReport(judgement), page);
  return EXIT.ok;
}

export async function backTest(call: VerbCall): Promise<ExitCode> {
  const { question, files } = await openPublished(call.args[0]!);
  const page = await pageFile(call, files);
  const draw = judgedDrawer({ workers: workersOf(call) });
  const test = await backTestOf(question, question.plan.draws, draw);
  await sayReport(call, test, backTestReport(test), page);
  return EXIT.ok;
}

function workersOf({ flags }: VerbCall): number | undefined {
  return numberFlag(flags, "workers", 1, WORKERS_MOST).workers;
}
