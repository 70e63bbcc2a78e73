// What the server is asked about reports, the same on every page.
import type { QueryFunctionContext } from "@tanstack/react-query";
import type { AnswerOf } from "../../../client/index.ts";
import type { ReportDocument } from "../../../report/document.ts";
import { client } from "../../client.ts";
import { shownTexts } from "../../shown-text.ts";
import { documentOf } from "./document-of.ts";

export const REPORTS_QUERY = ["reports"] as const;

interface Asked<T> {
  readonly queryKey: readonly string[];
  readonly queryFn: (context: Pick<QueryFunctionContext, "signal">) => Promise<T>;
}

export function reportList(): Asked<AnswerOf<"report.list">> & {
  readonly refetchInterval: number;
} {
  return {
    queryKey: [...REPORTS_QUERY, "list"],
    queryFn: ({ signal }) => client.report.list({}, { signal, totalMs: 3_000 }),
    refetchInterval: 10_000,
  };
}

export interface ShownReport extends AnswerOf<"report.show"> {
  readonly document: ReportDocument;
}

/** A report never changes: it is asked for once. */
export function reportShown(report: string): Asked<ShownReport> & {
  readonly staleTime: number;
  readonly refetchOnWindowFocus: boolean;
} {
  return {
    queryKey: [...REPORTS_QUERY, "show", report],
    queryFn: async ({ signal }) => {
      const answer = await client.report.show({ report }, { signal, totalMs: 5_000 });
      const document = await documentOf(answer.view.kind, answer.report);
      return { ...answer, view: shownTexts(answer.view), document: shownTexts(document) };
    },
    staleTime: Number.POSITIVE_INFINITY,
    refetchOnWindowFocus: false,
  };
}
