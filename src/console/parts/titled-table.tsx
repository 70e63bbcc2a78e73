// A table under its title, with a sentence where one is needed; what is wider than the screen
// scrolls by itself.
import { Stack, Table, Text, Title } from "@mantine/core";
import type { ReactNode } from "react";
import { FormattedMessage, useIntl } from "react-intl";
import type { WordName } from "../words/words.ts";
import { Wide } from "./wide.tsx";

export function TitledTable({
  title,
  note,
  columns,
  numbers = 0,
  minWidth = 520,
  spacing = 7,
  none,
  children,
}: {
  title: WordName;
  note?: ReactNode;
  columns: readonly WordName[];
  /** How many of the last columns hold numbers. */
  numbers?: number;
  minWidth?: number;
  /** Pixels above and below the text of a row. */
  spacing?: number;
  /** Said in place of a table without rows; absent: there are some. */
  none?: ReactNode;
  children: ReactNode;
}): ReactNode {
  const intl = useIntl();
  const numbersFrom = columns.length - numbers;
  return (
    <Stack gap="xs">
      <Title order={2}>
        <FormattedMessage id={title} />
      </Title>
      {note !== undefined && (
        <Text c="dimmed" size="sm">
          {note}
        </Text>
      )}
      {none === undefined ? (
        <Wide label={intl.formatMessage({ id: title })} minWidth={minWidth}>
          <Table verticalSpacing={spacing}>
            {columns.length > 0 && (
              <Table.Thead>
                <Table.Tr>
                  {columns.map((name, i) => (
                    <Table.Th key={name} {...(i >= numbersFrom && { className: "number" })}>
                      <FormattedMessage id={name} />
                    </Table.Th>
                  ))}
                </Table.Tr>
              </Table.Thead>
            )}
            <Table.Tbody>{children}</Table.Tbody>
          </Table>
        </Wide>
      ) : (
        <Text>{none}</Text>
      )}
    </Stack>
  );
}
