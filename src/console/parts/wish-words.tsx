// How a wish fares: that the server has not answered for a while, or why it was refused.
import { Alert, Text } from "@mantine/core";
import { type ReactNode, useEffect, useState } from "react";
import { FormattedMessage } from "react-intl";
import type { WordName } from "../words/words.ts";
import { FailureWords } from "./failure-words.tsx";
import { isFateUnknown } from "./use-wish.ts";

/** After so long somebody wonders. */
const SILENT_MS = 2000;

export function WishWords({
  wish: { isPending, error },
  next,
}: {
  wish: { isPending: boolean; error: Error | null };
  /** What else to say where it may have been done all the same. */
  next?: WordName;
}): ReactNode {
  if (isPending) return <Silent />;
  if (error === null) return null;
  return (
    <Alert color="red" role="alert" ref={intoSight}>
      <FailureWords error={error} />
      {isFateUnknown(error) && (
        <Text inherit mt="xs">
          <FormattedMessage id="wish.unknown" />{" "}
          {next !== undefined && <FormattedMessage id={next} />}
        </Text>
      )}
    </Alert>
  );
}

/** A window may be longer than the screen. */
function intoSight(alert: HTMLElement | null): void {
  alert?.scrollIntoView({ block: "nearest" });
}

function Silent(): ReactNode {
  const [isLong, setLong] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLong(true), SILENT_MS);
    return () => clearTimeout(timer);
  }, []);
  return (
    <Text role="status" size="sm">
      {isLong && <FormattedMessage id="wish.silent" />}
    </Text>
  );
}
