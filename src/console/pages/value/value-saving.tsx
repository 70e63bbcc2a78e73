// What was turned, taken away: as files, comments kept, or as a valuation that the server keeps
// with its files.
import { Button } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { FormattedMessage } from "react-intl";
import type { Valuation } from "../../../value/valuation.ts";
import type { ValueTexts } from "../../../value/what-if/value-texts.ts";
import { type KeptReport, useKeepReport } from "../../parts/keep-report.ts";
import { noticeFailure } from "../../parts/notice-failure.tsx";
import { saveFile } from "../../parts/save-file.ts";
import type { Turned } from "../../parts/turned.ts";
import type { WorkerCalls } from "../../parts/worker-calls.ts";
import { useIsAdmin } from "../../session/session.ts";
import type { ValueCall } from "./value-worker.ts";

export function ValueSaving({
  calls,
  texts,
  turned,
  campaign,
}: {
  readonly calls: WorkerCalls<ValueCall>;
  readonly texts: ValueTexts;
  readonly turned: Turned;
  readonly campaign: string | undefined;
}): ReactNode {
  const isAdmin = useIsAdmin();
  const { signal } = new AbortController();
  const written = (): Promise<Record<string, string>> =>
    calls.call({ kind: "save", texts, turned }, signal);
  const save = useMutation({
    mutationFn: written,
    onSuccess: (files) => {
      for (const [name, text] of Object.entries(files)) {
        saveFile(name, new Blob([text], { type: "text/yaml" }));
      }
    },
    onError: noticeFailure,
  });
  const keep = useKeepReport(async (): Promise<KeptReport> => {
    const files = await written();
    const { value, plan } = texts;
    // Just what the files say, so that whoever has them finds the same.
    const saved = {
      ...texts,
      value: { ...value, text: files[value.file]! },
      plan: { ...plan, text: files[plan.file] ?? plan.text },
    };
    const call = { kind: "value", texts: saved, turned: {} } as const;
    const report = await calls.call<Valuation>(call, signal);
    const kept = { [plan.file]: plan.text, [texts.campaign.file]: texts.campaign.text, ...files };
    return { report, files: kept, campaign };
  });
  return (
    <>
      <Button size="xs" variant="default" loading={save.isPending} onClick={() => save.mutate()}>
        <FormattedMessage id="value.save" />
      </Button>
      {isAdmin && (
        <Button size="xs" variant="default" loading={keep.isPending} onClick={() => keep.mutate()}>
          <FormattedMessage id="value.publish" />
        </Button>
      )}
    </>
  );
}
