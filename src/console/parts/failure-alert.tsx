// A failure where it happened, with a way to try again where there is one; nothing while there is
// none.
import { Alert, Button, Stack, Text } from "@mantine/core";
import type { ReactNode } from "react";
import { FormattedMessage } from "react-intl";
import { FailureWords } from "./failure-words.tsx";

export function FailureAlert({
  error,
  onAgain,
}: {
  error: unknown;
  onAgain?: (() => void) | undefined;
}): ReactNode {
  if (error === null) return null;
  return (
    <Alert color="red" role="alert" className="outside">
      <Stack gap="xs" align="flex-start">
        <Text inherit>
          <FailureWords error={error} />
        </Text>
        {onAgain !== undefined && (
          <Button size="xs" variant="default" onClick={onAgain}>
            <FormattedMessage id="state.again" />
          </Button>
        )}
      </Stack>
    </Alert>
  );
}
