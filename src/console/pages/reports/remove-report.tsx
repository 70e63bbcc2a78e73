// Removing a report: asked once more, since it cannot be taken back.
import { Button, Group, Stack, Text } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { notifications } from "@mantine/notifications";
import type { ReactNode } from "react";
import { FormattedMessage, useIntl } from "react-intl";
import { useLocation } from "wouter";
import { client } from "../../client.ts";
import { Dialog } from "../../parts/dialog.tsx";
import { useWish } from "../../parts/use-wish.ts";
import { WishWords } from "../../parts/wish-words.tsx";
import { REPORTS } from "./addresses.ts";
import type { ReportView } from "./document-of.ts";

export function RemoveReport({ view: { report, title } }: { view: ReportView }): ReactNode {
  const intl = useIntl();
  const [, goTo] = useLocation();
  const [isOpen, dialog] = useDisclosure();
  const remove = useWish(
    (options) => client.report.remove({ report }, options),
    () => {
      notifications.show({ message: intl.formatMessage({ id: "reports.removed" }, { title }) });
      goTo(REPORTS);
    },
  );
  const close = (): void => {
    remove.stop();
    dialog.close();
  };
  return (
    <>
      <Button size="xs" variant="default" onClick={dialog.open} className="wrong">
        <FormattedMessage id="reports.remove" />
      </Button>
      {isOpen && (
        <Dialog
          title={intl.formatMessage({ id: "reports.removeTitle" }, { title })}
          onClose={close}
        >
          <Stack>
            <Text>
              <FormattedMessage id="reports.removeWhy" />
            </Text>
            <WishWords wish={remove} />
            <Group justify="flex-end">
              <Button variant="default" onClick={close} data-autofocus>
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
