// The rest of a plan's study, drawn when nobody turns any more: where the spread comes from, what
// the scenarios do, what it rests on.
import { Alert, Progress, Stack, Text, Title } from "@mantine/core";
import { type ReactNode, useDeferredValue, useMemo, useState } from "react";
import { FormattedMessage, useIntl } from "react-intl";
import { planStudyReport } from "../../../plan/study/study-report.ts";
import type { PlanTexts } from "../../../plan/what-if/plan-texts.ts";
import { FailureWords } from "../../parts/failure-words.tsx";
import { ReportBody } from "../../parts/report/report-document.tsx";
import type { Turned } from "../../parts/turned.ts";
import { shownTexts } from "../../shown-text.ts";
import { type PlanCalls, useStudied } from "./use-plan.ts";

export function WholeStudy(asked: {
  readonly calls: PlanCalls | null;
  readonly source: string;
  readonly texts: PlanTexts;
  readonly turned: Turned;
  readonly isEnabled: boolean;
}): ReactNode {
  const intl = useIntl();
  const [progress, setProgress] = useState(0);
  const { data, error } = useStudied({ ...asked, onProgress: setProgress });
  // What is long may come a moment later than what somebody turns.
  const shown = useDeferredValue(data);
  const document = useMemo(
    () => (shown === undefined ? null : planStudyReport(shownTexts(shown))),
    [shown],
  );
  return (
    <Stack component="section" gap="md">
      <Title order={2}>
        <FormattedMessage id="plan.whole" />
      </Title>
      {error !== null && (
        <Alert color="red" role="alert" className="outside">
          <FailureWords error={error} />
        </Alert>
      )}
      {data === undefined && error === null && (
        <>
          <Text size="sm" c="dimmed">
            <FormattedMessage id="plan.wholeWait" />
          </Text>
          <Progress
            value={100 * progress}
            size={4}
            aria-label={intl.formatMessage({ id: "plan.computing" })}
          />
        </>
      )}
      {data !== undefined && document !== null && <ReportBody document={document} />}
    </Stack>
  );
}
