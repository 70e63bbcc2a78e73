// `hongbao campaign file`: the rules of a campaign as a file, to be changed and handed in again.
import { contractError } from "../contract/errors.ts";
import { formatProblem } from "../contract/index.ts";
import { printableLines } from "../report/printable.ts";
import { sayAnswer } from "./answer-words.ts";
import { EXIT, type ExitCode } from "./exit-codes.ts";
import { newOutputFile, writeOutput } from "./output-file.ts";
import { withServer } from "./remote.ts";
import type { VerbCall } from "./verb.ts";

export async function campaignFile(call: VerbCall): Promise<ExitCode> {
  const { flags, terminal, json } = call;
  const [campaign] = call.args as [string];
  const { of: version } = flags;
  if (version !== undefined && !/^\d{1,3}$/.test(String(version))) {
    const message = `--of: expected a version such as 0, found ${String(version)}`;
    throw contractError("invalid_usage", message);
  }
  const out = await newOutputFile("--out", flags.out, [], flags.overwrite === true);
  return withServer(call, async (server) => {
    const asked = { campaign, ...(version === undefined ? {} : { version: String(version) }) };
    const answer = await server.campaign.file(asked);
    const { yaml, problems = [] } = answer;
    if (answer.status !== "ok" || (json && out === null)) return sayAnswer(call, answer);
    if (yaml === undefined) {
      for (const problem of problems) terminal.note(formatProblem(problem));
      throw contractError("invalid_campaign", "no campaign file can say these rules", {
        problems,
        next: `Revise it by its definition: hongbao campaign file ${campaign} --json`,
      });
    }
    if (out === null) sayFile(call, yaml);
    else {
      await writeOutput(out, yaml);
      terminal.note(`${out}: version ${answer.version} of ${campaign}`);
    }
    return EXIT.ok;
  });
}

/** What a screen is spared would be another text in the file. */
function sayFile({ terminal }: VerbCall, yaml: string): void {
  if (printableLines(yaml) !== yaml) {
    const found = "characters that a screen cannot show";
    throw contractError("invalid_usage", `expected --out with a file's name, for it has ${found}`);
  }
  terminal.say(yaml.trimEnd());
}
