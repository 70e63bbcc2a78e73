// An address that leads nowhere.
import { Anchor, Stack, Title } from "@mantine/core";
import type { ReactNode } from "react";
import { FormattedMessage } from "react-intl";
import { Link } from "wouter";

export function NoSuchPage(): ReactNode {
  return (
    <Stack>
      <Title order={1}>
        <FormattedMessage id="page.none" />
      </Title>
      <Anchor component={Link} href="/">
        <FormattedMessage id="page.home" />
      </Anchor>
    </Stack>
  );
}
