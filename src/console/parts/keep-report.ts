// Keeps on the server what a page computed, with the files that it was computed from.
import { notifications } from "@mantine/notifications";
import { type UseMutationResult, useMutation, useQueryClient } from "@tanstack/react-query";
import { useIntl } from "react-intl";
import { useLocation } from "wouter";
import { client } from "../client.ts";
import { reportAddress } from "../pages/reports/addresses.ts";
import { REPORTS_QUERY } from "../pages/reports/report-queries.ts";
import { noticeFailure } from "./notice-failure.tsx";

export interface KeptReport {
  readonly report: object;
  readonly files: Readonly<Record<string, string>>;
  /** On this server; undefined: none. */
  readonly campaign: string | undefined;
}

export function useKeepReport(
  make: () => Promise<KeptReport>,
): UseMutationResult<void, Error, void> {
  const intl = useIntl();
  const queries = useQueryClient();
  const [, goTo] = useLocation();
  return useMutation({
    mutationFn: async () => {
      const { report, files, campaign } = await make();
      const { report: kept } = await client.report.add({
        // What is endless is null in JSON.
        report: JSON.parse(JSON.stringify(report)) as Record<string, unknown>,
        files: { ...files },
        ...(campaign === undefined ? {} : { campaign }),
      });
      if (kept === undefined) throw new Error(intl.formatMessage({ id: "reports.addGone" }));
      const { title } = kept;
      notifications.show({ message: intl.formatMessage({ id: "plan.kept" }, { title }) });
      await queries.invalidateQueries({ queryKey: REPORTS_QUERY });
      goTo(reportAddress(kept.report));
    },
    onError: noticeFailure,
  });
}
