// `hongbao prove PROJECT`: what a prove.yaml asks, answered from what it names.
import { contractError } from "../../contract/index.ts";
import {
  makeTemporaryFolder,
  type ProjectCampaign,
  type ProveProject,
  proveProject,
  readProject,
  removeTemporaryFolder,
  type Verdict,
} from "../../prove/index.ts";
import { EXIT, type ExitCode } from "../exit-codes.ts";
import { publish } from "../publish.ts";
import type { VerbCall } from "../verb.ts";
import { campaignOf, inputsOf, overridesOf, projectFile } from "./read-project.ts";
import { pageFile, sayVerdict } from "./say-verdict.ts";

export async function project(call: VerbCall): Promise<ExitCode> {
  const { terminal, args, flags } = call;
  const read = await readProject(await projectFile(args[0]!), overridesOf(flags));
  const page = await pageFile(call, inputsOf(read));
  const folder = await makeTemporaryFolder("hongbao-prove-");
  let verdict: Verdict;
  try {
    const campaign = await campaignOf(call, read, folder);
    verdict = await judge(call, read, campaign);
  } finally {
    await removeTemporaryFolder(folder);
  }
  await sayVerdict(call, verdict, page);
  await publish(call, verdict, []);
  const differs = verdict.comparisons.filter(({ agrees }) => !agrees).length;
  if (differs > 0) terminal.note(`${differs} published figures are not reproduced`);
  return differs > 0 ? EXIT.failed : EXIT.ok;
}

async function judge(
  { terminal, flags }: VerbCall,
  read: ProveProject,
  campaign: ProjectCampaign | null,
): Promise<Verdict> {
  const steps = terminal.progress("prove", 1);
  try {
    return await proveProject(read, campaign, {
      ...(flags.sql === true
        ? { warehouse: { onSql: (sql: string) => terminal.note(`${sql};`) } }
        : {}),
      ...numberFlag(flags, "seed", 0, 2 ** 31),
      ...numberFlag(flags, "draws", 100, 100_000),
      onDraws: (done, total) => steps.update(done, total),
    });
  } finally {
    steps.stop();
  }
}

export function numberFlag(
  flags: VerbCall["flags"],
  name: string,
  least: number,
  most: number,
): Record<string, number> {
  if (flags[name] === undefined) return {};
  const value = Number(flags[name]);
  if (Number.isInteger(value) && value >= least && value <= most) return { [name]: value };
  const expected = `a whole number from ${least} to ${most}`;
  const message = `--${name}: expected ${expected}, found ${flags[name]}`;
  throw contractError("invalid_usage", message);
}
