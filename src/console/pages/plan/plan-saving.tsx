// What was turned, taken away: as the plan's file, comments kept, or as a study that the server
// keeps with its files.
import { Button } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { FormattedMessage } from "react-intl";
import type { PlanStudy } from "../../../plan/study/plan-study.ts";
import { type KeptReport, useKeepReport } from "../../parts/keep-report.ts";
import { noticeFailure } from "../../parts/notice-failure.tsx";
import { saveFile } from "../../parts/save-file.ts";
import type { Turned } from "../../parts/turned.ts";
import { useIsAdmin } from "../../session/session.ts";
import type { AskedPlan } from "./use-plan.ts";

export function PlanSaving({
  calls,
  texts,
  turned,
  campaign,
}: AskedPlan & {
  readonly turned: Turned;
  readonly campaign: string | undefined;
}): ReactNode {
  const isAdmin = useIsAdmin();
  const { signal } = new AbortController();
  const written = (): Promise<string> => calls.call({ kind: "save", texts, turned }, signal);
  const save = useMutation({
    mutationFn: written,
    onSuccess: (text) => saveFile(texts.plan.file, new Blob([text], { type: "text/yaml" })),
    onError: noticeFailure,
  });
  const keep = useKeepReport(async (): Promise<KeptReport> => {
    // Just what the file says, so that whoever has it finds the same.
    const text = await written();
    const saved = { ...texts, plan: { ...texts.plan, text } };
    const call = { kind: "study", texts: saved, turned: {} } as const;
    const report = await calls.call<PlanStudy>(call, signal);
    const files = { [texts.plan.file]: text, [texts.campaign.file]: texts.campaign.text };
    return { report, files, campaign };
  });
  return (
    <>
      <Button size="xs" variant="default" loading={save.isPending} onClick={() => save.mutate()}>
        <FormattedMessage id="plan.save" />
      </Button>
      {isAdmin && (
        <Button size="xs" variant="default" loading={keep.isPending} onClick={() => keep.mutate()}>
          <FormattedMessage id="plan.publish" />
        </Button>
      )}
    </>
  );
}
