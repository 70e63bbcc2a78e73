// How far a computation is, and why there is none. Its room stays, so that nothing jumps while
// somebody turns.
import { Alert, Progress } from "@mantine/core";
import type { ReactNode } from "react";
import { FormattedMessage, useIntl } from "react-intl";
import { FailureWords } from "./failure-words.tsx";

export function Computing({
  error,
  isRunning,
  share,
}: {
  error: Error | null;
  isRunning: boolean;
  /** Of the work that is done. */
  share: number;
}): ReactNode {
  const intl = useIntl();
  const title = <FormattedMessage id="plan.cannot" />;
  return (
    <>
      {error !== null && (
        <Alert color="red" role="alert" title={title} className="outside">
          <FailureWords error={error} />
        </Alert>
      )}
      <Progress
        value={isRunning ? 100 * share : 0}
        size={3}
        aria-label={intl.formatMessage({ id: "plan.computing" })}
        style={{ visibility: isRunning ? "visible" : "hidden" }}
      />
    </>
  );
}
