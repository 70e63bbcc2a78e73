// What was turned, taken away: as the plan's file, comments kept, or as a study that the server
// keeps with its files.
import { Button } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { FormattedMessage, useIntl } from "react-intl";
import { useLocation } from "wouter";
import type { PlanStudy } from "../../../plan/study/plan-study.ts";
import type { PlanTexts } from "../../../plan/what-if/plan-texts.ts";
import { client, failureText } from "../../client.ts";
import { saveFile } from "../../parts/save-file.ts";
import type { Turned } from "../../parts/turned.ts";
import { useIsAdmin } from "../../session/session.ts";
import { reportAddress } from "../reports/addresses.ts";
import { REPORTS_QUERY } from "../reports/report-queries.ts";
import type { PlanCalls } from "./use-plan.ts";

interface SavingProps {
  readonly calls: PlanCalls;
  readonly texts: PlanTexts;
  readonly turned: Turned;
  readonly campaign: string | undefined;
}

export function PlanSaving({ calls, texts, turned, campaign }: SavingProps): ReactNode {
  const intl = useIntl();
  const isAdmin = useIsAdmin();
  const queries = useQueryClient();
  const [, goTo] = useLocation();
  const onError = (error: Error): void => {
    notifications.show({ message: failureText(error), color: "red" });
  };
  const { signal } = new AbortController();
  const written = (): Promise<string> =>
    calls.call<string>({ kind: "save", texts, turned }, signal);
  const save = useMutation({
    mutationFn: written,
    onSuccess: (text) => saveFile(texts.plan.file, new Blob([text], { type: "text/yaml" })),
    onError,
  });
  const publish = useMutation({
    mutationFn: async () => {
      // Just what the file says, so that whoever has it finds the same.
      const text = await written();
      const saved = { ...texts, plan: { ...texts.plan, text } };
      const call = { kind: "study", texts: saved, turned: {} } as const;
      const study = await calls.call<PlanStudy>(call, signal);
      const { report } = await client.report.add({
        // What is endless is null in JSON.
        report: JSON.parse(JSON.stringify(study)) as Record<string, unknown>,
        files: { [texts.plan.file]: text, [texts.campaign.file]: texts.campaign.text },
        ...(campaign === undefined ? {} : { campaign }),
      });
      return report;
    },
    onSuccess: async (report) => {
      if (report === undefined) return;
      const { title } = report;
      notifications.show({ message: intl.formatMessage({ id: "plan.kept" }, { title }) });
      await queries.invalidateQueries({ queryKey: REPORTS_QUERY });
      goTo(reportAddress(report.report));
    },
    onError,
  });
  return (
    <>
      <Button size="xs" variant="default" loading={save.isPending} onClick={() => save.mutate()}>
        <FormattedMessage id="plan.save" />
      </Button>
      {isAdmin && (
        <Button
          size="xs"
          variant="default"
          loading={publish.isPending}
          onClick={() => publish.mutate()}
        >
          <FormattedMessage id="plan.publish" />
        </Button>
      )}
    </>
  );
}
