// Parts that are loaded when they are wanted. A server that is silent just then is asked again, and
// what stands around the part stays.
import { Alert, Button, Stack, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import type { ComponentType, ReactNode } from "react";
import { FormattedMessage } from "react-intl";
import { Loading } from "./states.tsx";

const AGAIN_MS = 3_000;

export function Later<P extends object>({
  name,
  load,
  props,
  waiting = <Loading />,
}: {
  /** Of its own among all parts. */
  name: string;
  load: () => Promise<ComponentType<P>>;
  /** The part's own. */
  props: P;
  /** Shown until it is there. */
  waiting?: ReactNode;
}): ReactNode {
  const { data, isError } = useQuery({
    queryKey: ["part", name],
    // In an object: a function would be called.
    queryFn: async () => ({ Part: await load() }),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: Number.POSITIVE_INFINITY,
    refetchInterval: ({ state }) => (state.status === "error" ? AGAIN_MS : false),
    refetchIntervalInBackground: true,
  });
  if (data !== undefined) return <data.Part {...props} />;
  return isError ? <NotLoaded /> : waiting;
}

/** Either nobody answers, or a newer console is served, which has other parts. */
function NotLoaded(): ReactNode {
  return (
    <Alert color="yellow" role="alert" title={<FormattedMessage id="state.failed" />}>
      <Stack gap="sm" align="flex-start">
        <Text>
          <FormattedMessage id="part.failed" />
        </Text>
        <ReloadButton />
      </Stack>
    </Alert>
  );
}

export function ReloadButton(): ReactNode {
  return (
    <Button variant="default" onClick={() => window.location.reload()}>
      <FormattedMessage id="part.reload" />
    </Button>
  );
}
