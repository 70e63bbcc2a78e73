// `hongbao prove aa PROJECT`: whether intervals keep their promise on the project's own data.
import { contractError, readShare } from "../../contract/index.ts";
import {
  type AaOptions,
  aaProject,
  aaReport,
  makeTemporaryFolder,
  readProject,
  removeTemporaryFolder,
} from "../../prove/index.ts";
import { EXIT, type ExitCode } from "../exit-codes.ts";
import type { VerbCall } from "../verb.ts";
import { numberFlag } from "./project.ts";
import { campaignOf, inputsOf, overridesOf, projectFile } from "./read-project.ts";
import { pageFile, sayReport } from "./say-verdict.ts";

export async function aa(call: VerbCall): Promise<ExitCode> {
  const { terminal, args, flags } = call;
  const options = optionsOf(call);
  const project = await readProject(await projectFile(args[0]!), overridesOf(flags));
  const page = await pageFile(call, inputsOf(project));
  const folder = await makeTemporaryFolder("hongbao-prove-");
  const steps = terminal.progress("splits", options.splits ?? 1000);
  try {
    const campaign = await campaignOf(call, project, folder);
    const onSplits = (done: number, total: number): void => steps.update(done, total);
    const reading = await aaProject(project, campaign, { ...options, onSplits });
    steps.stop();
    await sayReport(call, reading, aaReport(reading), page);
  } finally {
    steps.stop();
    await removeTemporaryFolder(folder);
  }
  return EXIT.ok;
}

function optionsOf({ terminal, flags }: VerbCall): AaOptions {
  const text = (name: string): string | undefined => flags[name] as string | undefined;
  const [arm, unit, share] = [text("arm"), text("unit"), shareOf(text("share"))];
  return {
    ...(arm === undefined ? {} : { arm }),
    ...(unit === undefined ? {} : { unit }),
    ...(share === undefined ? {} : { share }),
    ...numberFlag(flags, "splits", 100, 100_000),
    ...numberFlag(flags, "seed", 0, 2 ** 31),
    ...(flags.sql === true
      ? { warehouse: { onSql: (sql: string) => terminal.note(`${sql};`) } }
      : {}),
  };
}

function shareOf(given: string | undefined): number | undefined {
  if (given === undefined) return undefined;
  const share = readShare(given);
  if (share !== null && share > 0 && share < 1) return share;
  const message = `--share: expected a part such as .02 or "2 %", found "${given}"`;
  throw contractError("invalid_usage", message);
}
