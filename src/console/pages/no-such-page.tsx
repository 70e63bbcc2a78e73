// An address that leads nowhere.
import { Anchor, Stack, Text } from "@mantine/core";
import type { ReactNode } from "react";
import { FormattedMessage } from "react-intl";
import { Link } from "wouter";

export function NoSuchPage(): ReactNode {
  return (
    <Stack>
      <Text>
        <FormattedMessage id="page.none" />
      </Text>
      <Anchor component={Link} href="/">
        <FormattedMessage id="page.home" />
      </Anchor>
    </Stack>
  );
}
