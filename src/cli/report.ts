// `hongbao report …`: what a server keeps of verdicts, plans and valuations.
import { basename } from "node:path";
import { contractError, parseJsonText } from "../contract/index.ts";
import { formatNumber } from "../report/format.ts";
import { instantText, sayAnswer } from "./answer-words.ts";
import { EXIT, type ExitCode } from "./exit-codes.ts";
import { readText } from "./read-text.ts";
import { withServer } from "./remote.ts";
import type { VerbCall } from "./verb.ts";

export async function addReport(call: VerbCall): Promise<ExitCode> {
  const file = call.args[0]!;
  const report = objectIn(await readText(file === "-" ? "/dev/stdin" : file), file);
  const campaign = call.flags.campaign as string | undefined;
  const files = await namedTexts((call.flags.from as string[] | undefined) ?? []);
  return await withServer(call, async (server) => {
    const answer = await server.report.add({
      report,
      ...(campaign === undefined ? {} : { campaign }),
      ...(files === null ? {} : { files }),
    });
    const kept = answer.report;
    const facts: [string, string][] =
      kept === undefined
        ? []
        : [
            ["report", kept.report],
            ["kind", kept.kind],
            ["title", kept.title],
          ];
    return sayAnswer(call, answer, facts);
  });
}

export function listReports(call: VerbCall): Promise<ExitCode> {
  return withServer(call, async (server) => {
    const answer = await server.report.list();
    const { reports } = answer;
    if (call.json) call.terminal.json(answer);
    else if (reports.length === 0) call.terminal.note("no reports yet");
    else {
      const titles = ["report", "kind", "campaign", "grade", "title", "added"];
      call.terminal.table(
        [...titles.map((title) => ({ title })), { title: "bytes", align: "right" }],
        reports.map((one) => [
          ...[one.report, one.kind, one.campaign ?? "–", one.grade ?? "–", one.title],
          ...[instantText(one.addedAtMs), formatNumber(one.bytes)],
        ]),
      );
    }
    return EXIT.ok;
  });
}

export function showReport(call: VerbCall): Promise<ExitCode> {
  return withServer(call, async (server) => {
    const { report } = await server.report.show({ report: call.args[0]! });
    call.terminal.json(report);
    return EXIT.ok;
  });
}

export function removeReport(call: VerbCall): Promise<ExitCode> {
  return withServer(call, async (server) => {
    const answer = await server.report.remove({ report: call.args[0]! });
    return sayAnswer(call, answer, [["report", answer.report]]);
  });
}

/** By their names without folders; null: none. */
async function namedTexts(files: readonly string[]): Promise<Record<string, string> | null> {
  if (files.length === 0) return null;
  const texts: Record<string, string> = {};
  for (const file of files) {
    const name = basename(file);
    if (Object.hasOwn(texts, name)) {
      const message = `--from: expected files of different names, found ${name} twice`;
      throw contractError("invalid_usage", message);
    }
    texts[name] = await readText(file);
  }
  return texts;
}

function objectIn(text: string, file: string): Record<string, unknown> {
  const refuse = (found: string): Error =>
    contractError("invalid_file", `${file}: expected one JSON object, found ${found}`);
  let value: unknown;
  try {
    value = parseJsonText(text);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw refuse(text.trim() === "" ? "nothing" : "something else");
  }
  if (typeof value === "object" && value !== null && !Array.isArray(value)) {
    return value as Record<string, unknown>;
  }
  throw refuse(Array.isArray(value) ? "a list" : `a ${typeof value}`);
}
