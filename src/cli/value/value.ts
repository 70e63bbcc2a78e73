// `hongbao value FILE`: what a campaign does to the company's figures.
import { writeFile } from "node:fs/promises";
import { renderHtmlPage } from "../../report/html-page.ts";
import { renderTextReport } from "../../report/text-report.ts";
import { valuationReport } from "../../value/valuation-report.ts";
import { EXIT, type ExitCode } from "../exit-codes.ts";
import type { VerbCall } from "../verb.ts";
import { valuationOfFile } from "./valuation-of-file.ts";

export async function value({ terminal, args, flags, json }: VerbCall): Promise<ExitCode> {
  const valuation = await valuationOfFile(args[0]!);
  const report = valuationReport(valuation);
  if (json) terminal.json(valuation);
  else {
    const { width, paint } = terminal;
    terminal.say(renderTextReport(report, { width: Math.min(100, width), paint }).trimEnd());
  }
  // After it was said: a page that cannot be written must not take the result along.
  if (flags.html !== undefined) await writeFile(String(flags.html), renderHtmlPage(report));
  return EXIT.ok;
}
