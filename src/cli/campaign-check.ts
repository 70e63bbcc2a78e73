// `hongbao campaign check FILE`: every problem with its place, or what the campaign will do.
import {
  type CampaignCheck,
  explainCampaign,
  formatProblem,
  parseCampaignFile,
} from "../contract/index.ts";
import { wrapText } from "../report/wrap.ts";
import { readCampaignText } from "./campaign-plan.ts";
import { EXIT, type ExitCode } from "./exit-codes.ts";
import type { Terminal } from "./terminal.ts";
import type { VerbCall } from "./verb.ts";

export async function checkCampaign({ terminal, args, json }: VerbCall): Promise<ExitCode> {
  const file = args[0]!;
  const check = parseCampaignFile(await readCampaignText(file), file);
  const { definition, problems } = check;
  const explanation = definition === null ? [] : explainCampaign(definition);
  if (json) terminal.json({ valid: definition !== null, problems, explanation });
  else {
    sayProblems(terminal, check);
    for (const line of explanation) {
      const [first, ...rest] = wrapText(line, terminal.width - 2);
      terminal.say([`· ${first}`, ...rest.map((more) => `  ${more}`)].join("\n"));
    }
  }
  return definition === null ? EXIT.failed : EXIT.ok;
}

/** Problems on stderr, so that the explanation stands alone on stdout. */
function sayProblems(terminal: Terminal, { definition, problems }: CampaignCheck): void {
  for (const problem of problems) {
    const tone = problem.severity === "error" ? "bad" : "warn";
    terminal.note(terminal.paintNote(tone, formatProblem(problem)));
  }
  const errors = problems.filter((problem) => problem.severity === "error").length;
  if (definition === null) terminal.note(`${errors} ${errors === 1 ? "error" : "errors"}`);
  else terminal.say(terminal.paint("good", `valid: campaign ${definition.id}`));
}
