// In which zone the times of a page are: that of its campaign, else the reader's own.
import { Text } from "@mantine/core";
import type { ReactNode } from "react";
import { FormattedMessage } from "react-intl";

/** Of the reader: for what belongs to no campaign. */
export const HERE: string = Intl.DateTimeFormat().resolvedOptions().timeZone;

export function ZoneNote({ zone }: { zone: string }): ReactNode {
  return (
    <Text size="xs" c="dimmed">
      <FormattedMessage id="campaign.zone" values={{ zone }} />
    </Text>
  );
}
