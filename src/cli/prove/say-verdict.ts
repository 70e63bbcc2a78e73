// What was found, told as it was asked for: as text or JSON, and as a page beside.
import { type Verdict, verdictReport } from "../../prove/index.ts";
import type { ReportDocument } from "../../report/document.ts";
import { renderHtmlPage } from "../../report/html-page.ts";
import { renderTextReport } from "../../report/text-report.ts";
import { outputPage, writeOutput } from "../output-file.ts";
import type { VerbCall } from "../verb.ts";

/** What `--html` names, looked at before anything is computed. */
export function pageFile({ flags }: VerbCall, inputs: readonly string[]): Promise<string | null> {
  return outputPage("--html", flags.html, inputs);
}

export function sayVerdict(call: VerbCall, verdict: Verdict, page: string | null): Promise<void> {
  return sayReport(call, verdict, verdictReport(verdict), page);
}

/**
 * @param found what a program gets
 * @param page what `pageFile` found
 */
export async function sayReport(
  { terminal, json }: VerbCall,
  found: unknown,
  report: ReportDocument,
  page: string | null,
): Promise<void> {
  if (json) terminal.json(found);
  else {
    const { width, paint } = terminal;
    terminal.say(renderTextReport(report, { width: Math.min(100, width), paint }).trimEnd());
  }
  // After it was said: a page that cannot be written must not take it along.
  if (page !== null) await writeOutput(page, renderHtmlPage(report));
}
