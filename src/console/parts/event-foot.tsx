// What stands below an event of a history: when, by whom, where in the journal; and why.
import { Stack, Text } from "@mantine/core";
import type { ReactNode } from "react";
import { FormattedMessage, useIntl } from "react-intl";
import { useTime } from "./money.tsx";
import { useWho } from "./who.ts";

export interface FootedEvent {
  sequence: number;
  index: number;
  atMs: number;
  by?: string;
  approvedBy?: string;
  why?: string;
  evidence?: string;
  paidAtMs?: number;
}

export function EventFoot({
  event,
  timeZone,
}: {
  event: FootedEvent;
  timeZone: string;
}): ReactNode {
  const intl = useIntl();
  const time = useTime(timeZone);
  const who = useWho();
  const { sequence, index, atMs, by, approvedBy, why, evidence, paidAtMs } = event;
  const says = [
    time(atMs),
    by !== undefined && intl.formatMessage({ id: "history.by" }, { who: who(by) }),
    approvedBy !== undefined &&
      intl.formatMessage({ id: "history.approved" }, { who: who(approvedBy) }),
    paidAtMs !== undefined && intl.formatMessage({ id: "history.paid" }, { at: time(paidAtMs) }),
  ];
  return (
    <Stack gap={0} className="outside">
      <Text size="sm" c="dimmed">
        {says.filter((one) => one !== false).join(" · ")}
        {" · "}
        <span title={intl.formatMessage({ id: "history.placeHow" })}>
          <FormattedMessage id="history.place" values={{ sequence, index }} />
        </span>
      </Text>
      {why !== undefined && (
        <Text size="sm">
          “{why}”{evidence !== undefined && ` · ${evidence}`}
        </Text>
      )}
    </Stack>
  );
}
