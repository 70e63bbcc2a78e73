// Whether what is shown is of now: said when it is not.
import { Alert } from "@mantine/core";
import { type ReactNode, useEffect, useState } from "react";
import { FormattedMessage, useIntl } from "react-intl";
import type { LiveStore } from "./live-store.ts";
import { useKnown } from "./use-live.ts";

/** Snapshots come four times a second; what is older than this is told to be old. */
const STALE_MS = 2000;
const LOOK_MS = 500;

export function Freshness({ store }: { store: LiveStore }): ReactNode {
  const intl = useIntl();
  const isStale = useIsStale(store);
  const isLate = useKnown(store, ({ fast }) => fast?.isLate === true);
  const diskFull = useKnown(store, ({ fast }) => fast?.server.diskFull === true);
  const at = intl.formatTime(store.cameAtMs, { timeStyle: "long" });
  return (
    <>
      {isStale && (
        <Alert color="yellow" role="status">
          <FormattedMessage id="state.stale" values={{ at }} />
        </Alert>
      )}
      {isLate && !isStale && (
        <Alert color="yellow" role="status">
          <FormattedMessage id="live.late" />
        </Alert>
      )}
      {diskFull && (
        <Alert color="red" role="alert">
          <FormattedMessage id="live.diskFull" />
        </Alert>
      )}
    </>
  );
}

function useIsStale(store: LiveStore): boolean {
  const [isStale, setIsStale] = useState(false);
  useEffect(() => {
    const look = (): void => setIsStale(performance.now() - store.cameMs > STALE_MS);
    const timer = setInterval(look, LOOK_MS);
    return () => clearInterval(timer);
  }, [store]);
  return isStale;
}
