// From a report's JSON to what is shown of it. What makes the document of a kind is loaded when the
// first of its kind is looked at.
import { assertNever } from "../../../base/assert.ts";
import type { AnswerOf } from "../../../client/index.ts";
import type { AsJson } from "../../../plan/as-json.ts";
import type { BackTest } from "../../../plan/back-test/back-test.ts";
import type { Judgement } from "../../../plan/judge/judged.ts";
import type { PlanStudy } from "../../../plan/study/plan-study.ts";
import type { ReportDocument } from "../../../report/document.ts";
import type { Valuation } from "../../../value/valuation.ts";
import type { Verdict } from "../../../verdict/verdict.ts";

export type ReportView = AnswerOf<"report.show">["view"];
export type ReportKind = ReportView["kind"];

/** The server held it against the schema of its kind. */
export async function documentOf(kind: ReportKind, report: unknown): Promise<ReportDocument> {
  switch (kind) {
    case "verdict": {
      const { verdictPage } = await import("./verdict-page-document.ts");
      return verdictPage(report as Verdict);
    }
    case "plan-study": {
      const { planStudyReport } = await import("../../../plan/study/study-report.ts");
      return planStudyReport(await revived<PlanStudy>(report));
    }
    case "valuation": {
      const { valuationReport } = await import("../../../value/valuation-report.ts");
      return valuationReport(report as Valuation);
    }
    case "judgement": {
      const { judgeReport } = await import("../../../plan/judge/judge-report.ts");
      return judgeReport(await revived<Judgement>(report));
    }
    case "back-test": {
      const { backTestReport } = await import("../../../plan/back-test/back-test-report.ts");
      return backTestReport(await revived<BackTest>(report));
    }
    default:
      return assertNever(kind);
  }
}

async function revived<T>(report: unknown): Promise<T> {
  const { fromJson } = await import("../../../plan/as-json.ts");
  return fromJson<T>(report as AsJson<T>);
}
