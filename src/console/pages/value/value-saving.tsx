// What was turned, taken away: as files, comments kept, or as a valuation that the server keeps
// with its files.
import { Button } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { FormattedMessage } from "react-intl";
import { LIMITS } from "../../../base/limits.ts";
import type { NamedText } from "../../../plan/plan-file/index.ts";
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
  const save = useMutation({
    mutationFn: () => calls.call<Record<string, string>>({ kind: "save", texts, turned }, signal),
    onSuccess: (files) => {
      for (const [name, text] of Object.entries(files)) {
        saveFile(name, new Blob([text], { type: "text/yaml" }));
      }
    },
    onError: noticeFailure,
  });
  const keep = useKeepReport(async (): Promise<KeptReport> => {
    // Just what the files say, so that whoever has them finds the same.
    const saved = await calls.call<ValueTexts>({ kind: "keep", texts, turned }, signal);
    const call = { kind: "value", texts: saved, turned: {} } as const;
    const report = await calls.call<Valuation>(call, signal);
    const files = Object.values(saved as unknown as Record<string, NamedText>)
      // A verdict of thousands of effects is kept as its own report alone, and asked for again.
      .filter(({ text }) => new Blob([text]).size <= LIMITS.reportFileBytes)
      .map(({ file, text }) => [file, text] as const);
    return { report, files: Object.fromEntries(files), campaign };
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
