// What a page shows before its data are there, when they do not come, and when they are old.
import { Alert, Button, Center, Loader, Stack, Text } from "@mantine/core";
import type { UseQueryResult } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { FormattedMessage, useIntl } from "react-intl";
import { FailureWords } from "./failure-words.tsx";

/** The answer of a query once it is there; what was seen last stays while the server is silent. */
export function Loaded<T>({
  query,
  children,
}: {
  query: UseQueryResult<T>;
  children: (data: T) => ReactNode;
}): ReactNode {
  const intl = useIntl();
  if (query.data === undefined) {
    return query.isError ? <Failed query={query} /> : <Loading />;
  }
  const at = intl.formatTime(query.dataUpdatedAt, { timeStyle: "long" });
  return (
    <>
      {query.isError && (
        <Alert color="yellow" mb="md" role="status">
          <FormattedMessage id="state.stale" values={{ at }} />
        </Alert>
      )}
      {children(query.data)}
    </>
  );
}

export function Loading(): ReactNode {
  const intl = useIntl();
  return (
    <Center mih={160} aria-busy="true">
      <Loader role="status" aria-label={intl.formatMessage({ id: "state.loading" })} />
    </Center>
  );
}

export function Failed({ query }: { query: UseQueryResult<unknown> }): ReactNode {
  return (
    <Alert color="red" title={<FormattedMessage id="state.failed" />} role="alert">
      <Stack gap="sm" align="flex-start">
        <Text>
          <FailureWords error={query.error} />
        </Text>
        <Button variant="default" onClick={() => void query.refetch()}>
          <FormattedMessage id="state.again" />
        </Button>
      </Stack>
    </Alert>
  );
}
