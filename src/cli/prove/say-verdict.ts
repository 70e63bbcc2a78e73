// What was found, told as it was asked for: as text or JSON, and as a page beside.
import { writeFile } from "node:fs/promises";
import { type Verdict, verdictReport } from "../../prove/index.ts";
import type { ReportDocument } from "../../report/document.ts";
import { renderHtmlPage } from "../../report/html-page.ts";
import { renderTextReport } from "../../report/text-report.ts";
import type { VerbCall } from "../verb.ts";

export function sayVerdict(call: VerbCall, verdict: Verdict): Promise<void> {
  return sayReport(call, verdict, verdictReport(verdict));
}

/** @param found what a program gets */
export async function sayReport(
  { terminal, flags, json }: VerbCall,
  found: unknown,
  report: ReportDocument,
): Promise<void> {
  if (json) terminal.json(found);
  else {
    const { width, paint } = terminal;
    terminal.say(renderTextReport(report, { width: Math.min(100, width), paint }).trimEnd());
  }
  // After it was said: a page that cannot be written must not take it along.
  if (flags.html !== undefined) await writeFile(String(flags.html), renderHtmlPage(report));
}
