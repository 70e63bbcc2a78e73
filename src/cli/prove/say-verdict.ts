// A verdict told as it was asked for: as text or JSON, and as a page beside.
import { writeFile } from "node:fs/promises";
import { type Verdict, verdictReport } from "../../prove/index.ts";
import { renderHtmlPage } from "../../report/html-page.ts";
import { renderTextReport } from "../../report/text-report.ts";
import type { VerbCall } from "../verb.ts";

export async function sayVerdict(
  { terminal, flags, json }: VerbCall,
  verdict: Verdict,
): Promise<void> {
  const report = verdictReport(verdict);
  if (json) terminal.json(verdict);
  else {
    const { width, paint } = terminal;
    terminal.say(renderTextReport(report, { width: Math.min(100, width), paint }).trimEnd());
  }
  // After the verdict was said: a page that cannot be written must not take it along.
  if (flags.html !== undefined) await writeFile(String(flags.html), renderHtmlPage(report));
}
