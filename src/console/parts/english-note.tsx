// Says, in the reader's own language, that what stands below is not in it: sentences of reports,
// checks and the server are those of the command line.
import { Text } from "@mantine/core";
import type { ReactNode } from "react";
import { FormattedMessage, useIntl } from "react-intl";

export function EnglishNote(): ReactNode {
  const { locale } = useIntl();
  if (locale.startsWith("en")) return null;
  return (
    <Text size="xs" c="dimmed">
      <FormattedMessage id="state.english" />
    </Text>
  );
}
