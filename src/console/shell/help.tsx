// What one may need to know anywhere: keys, where more is written, and the tour once more.
import { ActionIcon, Anchor, Button, Group, Kbd, Stack, Table, Text } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import type { ReactNode } from "react";
import { FormattedMessage, useIntl } from "react-intl";
import { Dialog } from "../parts/dialog.tsx";
import { useKey } from "../parts/use-key.ts";
import type { WordName } from "../words/words.ts";
import { useToSearch } from "./to-search.ts";
import type { Tour } from "./tour.ts";

const KEYS: readonly (readonly [key: string, does: WordName])[] = [
  ["/", "help.search"],
  ["?", "help.help"],
  ["Esc", "help.escape"],
  ["Tab", "help.tab"],
];

export function Help({ tour }: { tour: Tour }): ReactNode {
  const intl = useIntl();
  const [isOpen, help] = useDisclosure();
  useKey("?", help.open);
  useKey("/", useToSearch());
  const title = intl.formatMessage({ id: "help.title" });
  return (
    <>
      <ActionIcon
        variant="default"
        size={30}
        aria-label={`${title} (?)`}
        onClick={help.open}
        data-tour="help"
      >
        <span aria-hidden="true">?</span>
      </ActionIcon>
      {isOpen && (
        <Dialog title={title} onClose={help.close}>
          <Stack>
            <Text size="sm">
              <FormattedMessage id="help.where" />
            </Text>
            <Table>
              <Table.Tbody>
                {KEYS.map(([key, does]) => (
                  <Table.Tr key={key}>
                    <Table.Td w={70}>
                      <Kbd>{key}</Kbd>
                    </Table.Td>
                    <Table.Td>
                      <FormattedMessage id={does} />
                    </Table.Td>
                  </Table.Tr>
                ))}
              </Table.Tbody>
            </Table>
            <Group justify="space-between">
              <Anchor href="/docs" underline="always" size="sm">
                <FormattedMessage id="help.api" />
              </Anchor>
              <Button
                variant="default"
                onClick={() => {
                  help.close();
                  tour.start();
                }}
              >
                <FormattedMessage id="help.tour" />
              </Button>
            </Group>
          </Stack>
        </Dialog>
      )}
    </>
  );
}
