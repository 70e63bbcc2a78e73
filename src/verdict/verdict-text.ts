// The verdict as text, for a terminal.
import { renderTextReport, type TextOptions } from "../report/text-report.ts";
import type { Verdict } from "./verdict.ts";
import { verdictReport } from "./verdict-report.ts";

/** The whole verdict for a terminal. */
export function verdictText(verdict: Verdict, options: TextOptions = {}): string {
  return renderTextReport(verdictReport(verdict), options);
}
