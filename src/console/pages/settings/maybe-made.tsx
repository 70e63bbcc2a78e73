// Why nothing was made; or, where the answer was lost, what was made all the same: its secret was
// in that answer.
import { Alert, Text } from "@mantine/core";
import type { ReactNode } from "react";
import { FormattedMessage } from "react-intl";
import { FailureWords } from "../../parts/failure-words.tsx";
import { isFateUnknown } from "../../parts/use-wish.ts";

export function MaybeMade({
  what,
  error,
  made,
}: {
  what: "keys" | "hooks";
  error: Error;
  /** What is there now and was not before, by its ids. */
  made: readonly string[];
}): ReactNode {
  const id = made.length > 0 ? (`${what}.lost` as const) : (`${what}.maybe` as const);
  return (
    <Alert color="red" role="alert" className="outside">
      <FailureWords error={error} />
      {isFateUnknown(error) && (
        <Text inherit mt="xs">
          <FormattedMessage id={id} values={{ made: made.join(", ") }} />
        </Text>
      )}
    </Alert>
  );
}
