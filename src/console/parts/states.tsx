// What a page shows before its data are there, when they do not come, and when they are old.
import { Alert, Anchor, Button, Center, Loader, Stack, Text, Title } from "@mantine/core";
import type { UseQueryResult } from "@tanstack/react-query";
import { type ReactNode, useEffect } from "react";
import { FormattedMessage, useIntl } from "react-intl";
import { Link } from "wouter";
import type { HongbaoError } from "../../client/index.ts";
import { askAgainMs, isAnswered } from "../client.ts";
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
          <Stale error={query.error} at={at} />
        </Alert>
      )}
      {children(query.data)}
    </>
  );
}

function Stale({ error, at }: { error: unknown; at: string }): ReactNode {
  if (!isAnswered(error)) return <FormattedMessage id="state.stale" values={{ at }} />;
  if (error.retryable) return <FormattedMessage id="state.staleSoon" values={{ at }} />;
  const why = <FailureWords error={error} />;
  return <FormattedMessage id="state.staleRefused" values={{ at, why }} />;
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
  const { error } = query;
  if (isAnswered(error) && error.retryable) return <Soon query={query} error={error} />;
  return (
    <Alert color="red" title={<FormattedMessage id="state.failed" />} role="alert">
      <Stack gap="sm" align="flex-start">
        <Text>
          <FailureWords error={error} />
        </Text>
        {!isAnswered(error) && (
          <Button variant="default" onClick={() => void query.refetch()}>
            <FormattedMessage id="state.again" />
          </Button>
        )}
      </Stack>
    </Alert>
  );
}

/** What the server cannot say yet: it is asked again by itself. */
export function Soon({
  query,
  error,
}: {
  query: UseQueryResult<unknown>;
  error: HongbaoError;
}): ReactNode {
  const { refetch } = query;
  useEffect(() => {
    const timer = setTimeout(() => void refetch(), askAgainMs(0, error));
    return () => clearTimeout(timer);
  }, [refetch, error]);
  return (
    <Alert color="gray" role="status">
      <FormattedMessage id="state.soon" values={{ why: <FailureWords error={error} /> }} />
    </Alert>
  );
}

/** Where nothing has the id of the address: what there is instead. */
export function Unknown({
  what,
  list,
  children,
}: {
  what: ReactNode;
  list: string;
  children: ReactNode;
}): ReactNode {
  return (
    <Stack>
      <Title order={1}>{what}</Title>
      <Anchor component={Link} href={list}>
        {children}
      </Anchor>
    </Stack>
  );
}
