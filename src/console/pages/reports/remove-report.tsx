// Removing a report: asked once more, since it cannot be taken back.
import { Alert, Button, Group, Stack, Text } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { notifications } from "@mantine/notifications";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { FormattedMessage, useIntl } from "react-intl";
import { useLocation } from "wouter";
import { client } from "../../client.ts";
import { Dialog } from "../../parts/dialog.tsx";
import { FailureWords } from "../../parts/failure-words.tsx";
import { REPORTS } from "./addresses.ts";
import type { ReportView } from "./document-of.ts";
import { REPORTS_QUERY } from "./report-queries.ts";

export function RemoveReport({ view: { report, title } }: { view: ReportView }): ReactNode {
  const intl = useIntl();
  const queries = useQueryClient();
  const [, goTo] = useLocation();
  const [isOpen, dialog] = useDisclosure();
  const remove = useMutation({
    mutationFn: () => client.report.remove({ report }),
    onSuccess: async () => {
      notifications.show({ message: intl.formatMessage({ id: "reports.removed" }, { title }) });
      goTo(REPORTS);
      await queries.invalidateQueries({ queryKey: REPORTS_QUERY });
    },
  });
  return (
    <>
      <Button size="xs" variant="default" onClick={dialog.open} className="wrong">
        <FormattedMessage id="reports.remove" />
      </Button>
      {isOpen && (
        <Dialog
          title={intl.formatMessage({ id: "reports.removeTitle" }, { title })}
          onClose={dialog.close}
        >
          <Stack>
            <Text>
              <FormattedMessage id="reports.removeWhy" />
            </Text>
            {remove.isError && (
              <Alert color="red" role="alert">
                <FailureWords error={remove.error} />
              </Alert>
            )}
            <Group justify="flex-end">
              <Button variant="default" onClick={dialog.close} data-autofocus>
                <FormattedMessage id="campaign.cancel" />
              </Button>
              <Button color="red" loading={remove.isPending} onClick={() => remove.mutate()}>
                <FormattedMessage id="reports.remove" />
              </Button>
            </Group>
          </Stack>
        </Dialog>
      )}
    </>
  );
}
