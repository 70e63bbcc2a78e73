// What a search found: how much money in which state, who shares what, and the largest.
import { Alert, Code, SimpleGrid, Stack, Table, Text, Title } from "@mantine/core";
import { type ReactNode, useMemo } from "react";
import { FormattedMessage, FormattedNumber, useIntl } from "react-intl";
import { GrantBadge } from "../../parts/grant-badge.tsx";
import { useMoney } from "../../parts/money.tsx";
import type { DataColumn } from "../../parts/table/column.ts";
import { countColumn, moneyColumn } from "../../parts/table/columns.tsx";
import { DataTable } from "../../parts/table/data-table.tsx";
import { Wide } from "../../parts/wide.tsx";
import type { Books } from "../../parts/with-books.tsx";
import type { WordName } from "../../words/words.ts";
import { GrantLink } from "../grants/grant-link.tsx";
import type { Preview } from "./preview.ts";

export function Found({
  books,
  preview,
  children,
}: {
  books: Books;
  preview: Preview;
  /** What may be done to them. */
  children: ReactNode;
}): ReactNode {
  const money = useMoney(books);
  const { grants, users, amountMinor, token, states, rings, largest } = preview;
  if (grants === 0) {
    return (
      <Alert color="yellow">
        <FormattedMessage id="grants.foundNone" />
      </Alert>
    );
  }
  const values = { grants, users, amount: money(amountMinor) };
  return (
    <Stack gap="md">
      <Stack gap={4}>
        <Title order={2}>
          <FormattedMessage id="grants.found" values={values} />
        </Title>
        <Text size="xs" c="dimmed" style={{ overflowWrap: "anywhere" }}>
          <FormattedMessage id="grants.foundUsers" values={values} /> <Code>{token}</Code>
        </Text>
      </Stack>
      {children}
      <SimpleGrid cols={{ base: 1, lg: 2 }} spacing="xl">
        <Part title="grants.byState" columns={["grants.state", "grants.title", ...MONEY]}>
          {states.map((one) => (
            <Row key={one.state} money={money} one={one} count={one.grants}>
              <GrantBadge state={one.state} />
            </Row>
          ))}
        </Part>
        <Part title="grants.largest" columns={["grants.grant", "grants.state", ...MONEY]}>
          {largest.map((one) => (
            <Row key={one.grant} money={money} one={one} state={one.state}>
              <GrantLink campaign={books.campaign} grant={one.grant} />
            </Row>
          ))}
        </Part>
      </SimpleGrid>
      {rings.length > 0 && <Rings books={books} rings={rings} />}
    </Stack>
  );
}

const MONEY = ["grants.amount", "money.spent"] as const;

function Row({
  money,
  one,
  count,
  state,
  children,
}: {
  money: (minor: number) => string;
  one: { amountMinor: number; spentMinor: number };
  count?: number;
  state?: Preview["largest"][number]["state"];
  children: ReactNode;
}): ReactNode {
  return (
    <Table.Tr>
      <Table.Td>{children}</Table.Td>
      {count !== undefined && (
        <Table.Td className="number">
          <FormattedNumber value={count} />
        </Table.Td>
      )}
      {state !== undefined && (
        <Table.Td>
          <GrantBadge state={state} />
        </Table.Td>
      )}
      <Table.Td className="number">{money(one.amountMinor)}</Table.Td>
      <Table.Td className="number">{money(one.spentMinor)}</Table.Td>
    </Table.Tr>
  );
}

type Ring = Preview["rings"][number];

function Rings({ books, rings }: { books: Books; rings: Preview["rings"] }): ReactNode {
  const label = useIntl().formatMessage({ id: "grants.rings" });
  const columns = useMemo<DataColumn<Ring>[]>(
    () => [
      {
        ...{ name: "grants.pseudonym", isName: true, value: ({ value }) => value },
        cell: ({ value }) => <Code>{value}</Code>,
      },
      countColumn("grants.title", ({ grants }) => grants),
      countColumn("grants.users", ({ users }) => users),
      moneyColumn("grants.amount", books, ({ amountMinor }) => amountMinor),
    ],
    [books],
  );
  return (
    <Stack gap="xs">
      <Title order={3} size="sm">
        {label}
      </Title>
      <DataTable
        {...{ name: "rings", label, columns, rows: rings }}
        rowKey={({ value }) => value}
        minWidth={460}
      />
    </Stack>
  );
}

const TEXTS: ReadonlySet<WordName> = new Set<WordName>(["grants.state", "grants.grant"]);

function Part({
  title,
  columns,
  children,
}: {
  title: WordName;
  columns: readonly WordName[];
  children: ReactNode;
}): ReactNode {
  const intl = useIntl();
  return (
    <Stack gap="xs">
      <Title order={3} size="sm">
        <FormattedMessage id={title} />
      </Title>
      <Wide label={intl.formatMessage({ id: title })} minWidth={460}>
        <Table>
          <Table.Thead>
            <Table.Tr>
              {columns.map((name) => (
                <Table.Th key={name} className={TEXTS.has(name) ? "" : "number"}>
                  <FormattedMessage id={name} />
                </Table.Th>
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>{children}</Table.Tbody>
        </Table>
      </Wide>
    </Stack>
  );
}
