// Pause, resume, end, close: each says what follows and asks once more.
import { Button, Group, Stack, Text } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { FormattedMessage, useIntl } from "react-intl";
import { client, failureText } from "../client.ts";
import { Dialog } from "../parts/dialog.tsx";
import type { Phase } from "../parts/phase-badge.tsx";

type Action = "pause" | "resume" | "end" | "close";

const POSSIBLE: Readonly<Record<Phase, readonly Action[]>> = {
  scheduled: ["pause", "end", "close"],
  open: ["pause", "end"],
  paused: ["resume", "end"],
  settling: ["close"],
  closed: [],
};

export function CampaignActions({
  campaign,
  phase,
}: {
  campaign: string;
  phase: Phase;
}): ReactNode {
  const [asked, setAsked] = useState<Action | null>(null);
  return (
    <Group gap="xs">
      {POSSIBLE[phase].map((action) => (
        <Button key={action} size="xs" variant="default" onClick={() => setAsked(action)}>
          <FormattedMessage id={`campaign.${action}`} />
        </Button>
      ))}
      {asked !== null && (
        <Confirm campaign={campaign} action={asked} onClose={() => setAsked(null)} />
      )}
    </Group>
  );
}

function Confirm({
  campaign,
  action,
  onClose,
}: {
  campaign: string;
  action: Action;
  onClose: () => void;
}): ReactNode {
  const intl = useIntl();
  const queries = useQueryClient();
  const run = useMutation({
    mutationFn: () => client.campaign[action]({ campaign }),
    onSuccess: ({ status }) => {
      notifications.show({ message: intl.formatMessage({ id: "campaign.done" }, { status }) });
      onClose();
      return queries.invalidateQueries();
    },
    onError: (error) => notifications.show({ color: "red", message: failureText(error) }),
  });
  const title = intl.formatMessage({ id: `campaign.${action}` });
  return (
    <Dialog title={`${title}: ${campaign}`} onClose={onClose}>
      <Stack>
        <Text>
          <FormattedMessage id={`campaign.${action}Why`} />
        </Text>
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose} data-autofocus>
            <FormattedMessage id="campaign.cancel" />
          </Button>
          <Button
            color={action === "resume" ? "jade.9" : "red.9"}
            loading={run.isPending}
            onClick={() => run.mutate()}
          >
            <FormattedMessage id="campaign.sure" values={{ action: title }} />
          </Button>
        </Group>
      </Stack>
    </Dialog>
  );
}
