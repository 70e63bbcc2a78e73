// A page that only an admin may use: whoever else is sent its address is told so, not shown what
// the server would refuse.
import { Alert, Stack, Title } from "@mantine/core";
import type { ReactNode } from "react";
import { FormattedMessage } from "react-intl";
import type { WordName } from "../words/words.ts";
import { useIsAdmin } from "./session.ts";

export function AdminOnly({
  title,
  children,
}: {
  title: WordName;
  children: ReactNode;
}): ReactNode {
  const isAdmin = useIsAdmin();
  if (isAdmin) return children;
  return (
    <Stack gap="md">
      <Title order={1}>
        <FormattedMessage id={title} />
      </Title>
      <Alert color="gray">
        <FormattedMessage id="session.adminOnly" />
      </Alert>
    </Stack>
  );
}
