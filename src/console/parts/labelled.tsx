// A figure under its name.
import { Stack, Text } from "@mantine/core";
import type { ReactNode } from "react";
import { FormattedMessage } from "react-intl";
import type { WordName } from "../words/words.ts";

export function Labelled({ name, children }: { name: WordName; children: ReactNode }): ReactNode {
  return (
    <Stack gap={0}>
      <Text size="xs" c="dimmed">
        <FormattedMessage id={name} />
      </Text>
      <Text fw={600}>{children}</Text>
    </Stack>
  );
}
