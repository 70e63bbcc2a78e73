// A verdict as a page: its report, and first of all what would change it.
import type { ReportDocument } from "../../../report/document.ts";
import type { Verdict } from "../../../verdict/verdict.ts";
import { verdictReport } from "../../../verdict/verdict-report.ts";
import { whatWouldChange } from "../../../verdict/what-would-change.ts";

export function verdictPage(verdict: Verdict): ReportDocument {
  const report = verdictReport(verdict);
  const change = whatWouldChange(verdict);
  return change === null ? report : { ...report, sections: [change, ...report.sections] };
}
