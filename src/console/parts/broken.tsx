// What is shown in place of a page that cannot be drawn: never nothing.
import { Alert, Code, Stack, Text, Title } from "@mantine/core";
import type { ReactNode } from "react";
import { ErrorBoundary } from "react-error-boundary";
import { FormattedMessage } from "react-intl";
import { FailureWords } from "./failure-words.tsx";
import { ReloadButton } from "./later.tsx";

/** @param place where one is: another place is tried anew */
export function Unbroken({ place, children }: { place: string; children: ReactNode }): ReactNode {
  return (
    <ErrorBoundary resetKeys={[place]} FallbackComponent={Broken}>
      {children}
    </ErrorBoundary>
  );
}

function Broken({ error }: { error: unknown }): ReactNode {
  return (
    <Alert color="red" role="alert" m="md">
      <Stack gap="sm" align="flex-start">
        <Title order={1}>
          <FormattedMessage id="part.broken" />
        </Title>
        <Text>
          <FormattedMessage id="part.brokenHow" />
        </Text>
        <Code style={{ overflowWrap: "anywhere" }}>
          <FailureWords error={error} />
        </Code>
        <ReloadButton />
      </Stack>
    </Alert>
  );
}
