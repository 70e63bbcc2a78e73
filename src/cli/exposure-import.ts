// `hongbao exposure import`: who saw something outside, from a file, in parts, to a server.
import { stat } from "node:fs/promises";
import { LIMITS } from "../base/limits.ts";
import type { Status } from "../contract/index.ts";
import { formatNumber } from "../report/format.ts";
import { sayAnswer } from "./answer-words.ts";
import { EXIT, type ExitCode } from "./exit-codes.ts";
import { type ExposureLine, exposureLines } from "./exposure-lines.ts";
import { sayRefused } from "./refused-lines.ts";
import { withServer } from "./remote.ts";
import type { VerbCall } from "./verb.ts";

/** A line that nothing came of. */
interface Refused extends ExposureLine {
  status: Status;
}

export async function importExposures(call: VerbCall): Promise<ExitCode> {
  const [campaign, surface, file] = call.args as [string, string, string];
  const { user = "user", at = "at" } = call.flags as { user?: string; at?: string };
  await stat(file); // one that is not there is told before a server is asked
  const progress = call.terminal.progress(`importing exposures of ${surface}`, 0);
  const sums = { lines: 0, recorded: 0, known: 0 };
  const refused: Refused[] = [];
  try {
    return await withServer(call, async (server) => {
      for await (const { lines, total } of exposureLines(
        file,
        { user, at },
        LIMITS.exposureLines,
      )) {
        const asked = lines.map(({ user, seenAtMs }) => ({ user, seenAtMs }));
        const answer = await server.exposure.import({ campaign, surface, lines: asked });
        if (answer.status !== "ok") {
          progress.stop();
          return sayAnswer(call, answer, [["lines before it", formatNumber(sums.lines)]]);
        }
        sums.lines += lines.length;
        sums.recorded += answer.recorded ?? 0;
        sums.known += answer.known ?? 0;
        for (const { index, status } of answer.refused ?? []) {
          refused.push({ ...lines[index]!, status });
        }
        progress.update(sums.lines, total);
      }
      progress.stop();
      return say(call, sums, refused);
    });
  } finally {
    progress.stop();
  }
}

function say(
  call: VerbCall,
  sums: { lines: number; recorded: number; known: number },
  refused: readonly Refused[],
): ExitCode {
  const { terminal } = call;
  const exit = refused.length > 0 ? EXIT.failed : EXIT.ok;
  if (call.json) {
    terminal.json({ ...sums, refused });
    return exit;
  }
  terminal.facts([
    ["lines", formatNumber(sums.lines)],
    ["first exposures", formatNumber(sums.recorded)],
    ["no earlier than known", formatNumber(sums.known)],
    ["refused", formatNumber(refused.length)],
  ]);
  sayRefused(terminal, refused);
  return exit;
}
