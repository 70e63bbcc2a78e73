// What one user has, newest first, a page at a time.
import { Alert, Anchor, Button, Code, Group, Stack, Table, Text, Title } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { FormattedMessage, useIntl } from "react-intl";
import { Link } from "wouter";
import { client } from "../../client.ts";
import { type Grant, GrantBadge } from "../../parts/grant-badge.tsx";
import { useMoney, useTime } from "../../parts/money.tsx";
import { Loaded } from "../../parts/states.tsx";
import { Wide } from "../../parts/wide.tsx";
import type { Books } from "../../parts/with-books.tsx";
import { grantAddress } from "./addresses.ts";

const COLUMNS = [
  { name: "grants.grant", className: "" },
  { name: "grants.state", className: "" },
  { name: "grants.amount", className: "number" },
  { name: "money.spent", className: "number" },
  { name: "grants.rest", className: "number" },
  { name: "grants.offer", className: "" },
  { name: "grants.at", className: "" },
  { name: "grants.until", className: "" },
] as const;

export function UserGrants({ books, user }: { books: Books; user: string }): ReactNode {
  const { campaign } = books;
  const [after, setAfter] = useState<string | null>(null);
  const query = useQuery({
    queryKey: ["user.grants", campaign, user, after],
    queryFn: ({ signal }) =>
      client.user.grants({ campaign, user, ...(after !== null && { after }) }, { signal }),
    // Whose they are is forgotten with the page that shows it.
    gcTime: 0,
  });
  return (
    <Stack gap="xs" component="section" aria-live="polite">
      <Title order={2} style={{ overflowWrap: "anywhere" }}>
        <FormattedMessage id="grants.ofUser" values={{ user }} />
      </Title>
      <Loaded query={query}>
        {({ grants, more }) =>
          grants.length === 0 ? (
            <Alert color="yellow">
              <FormattedMessage id="grants.none" />
            </Alert>
          ) : (
            <>
              <Sum books={books} grants={grants} />
              <GrantTable books={books} grants={grants} />
              <Text size="xs" c="dimmed">
                <FormattedMessage id="campaign.zone" values={{ zone: books.timeZone }} />
              </Text>
              <Group>
                {after !== null && (
                  <Button size="xs" variant="default" onClick={() => setAfter(null)}>
                    <FormattedMessage id="grants.newest" />
                  </Button>
                )}
                {more && (
                  <Button
                    size="xs"
                    variant="default"
                    onClick={() => setAfter(grants.at(-1)?.grant ?? null)}
                  >
                    <FormattedMessage id="grants.older" />
                  </Button>
                )}
              </Group>
            </>
          )
        }
      </Loaded>
    </Stack>
  );
}

function Sum({ books, grants }: { books: Books; grants: readonly Grant[] }): ReactNode {
  const money = useMoney(books);
  const sumOf = (of: (one: Grant) => number): string =>
    money(grants.reduce((sum, one) => sum + of(one), 0));
  const values = {
    count: grants.length,
    amount: sumOf(({ amountMinor }) => amountMinor),
    spent: sumOf(({ spentMinor }) => spentMinor),
    rest: sumOf(({ restMinor }) => restMinor),
  };
  return (
    <Text>
      <FormattedMessage id="grants.sum" values={values} />
    </Text>
  );
}

function GrantTable({ books, grants }: { books: Books; grants: readonly Grant[] }): ReactNode {
  const intl = useIntl();
  return (
    <Wide label={intl.formatMessage({ id: "grants.title" })} minWidth={900}>
      <Table highlightOnHover>
        <Table.Thead>
          <Table.Tr>
            {COLUMNS.map(({ name, className }) => (
              <Table.Th key={name} className={className}>
                <FormattedMessage id={name} />
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {grants.map((one) => (
            <GrantRow key={one.grant} books={books} one={one} />
          ))}
        </Table.Tbody>
      </Table>
    </Wide>
  );
}

function GrantRow({ books, one }: { books: Books; one: Grant }): ReactNode {
  const money = useMoney(books);
  const time = useTime(books.timeZone);
  return (
    <Table.Tr>
      <Table.Td>
        <Anchor component={Link} href={grantAddress(books.campaign, one.grant)} underline="always">
          <Code bg="transparent" c="inherit" p={0}>
            {one.grant}
          </Code>
        </Anchor>
      </Table.Td>
      <Table.Td>
        <GrantBadge state={one.state} />
      </Table.Td>
      <Table.Td className="number">{money(one.amountMinor)}</Table.Td>
      <Table.Td className="number">{money(one.spentMinor)}</Table.Td>
      <Table.Td className="number">{money(one.restMinor)}</Table.Td>
      <Table.Td>{one.offer}</Table.Td>
      <Table.Td>{time(one.grantedAtMs)}</Table.Td>
      <Table.Td>{time(one.expiresAtMs)}</Table.Td>
    </Table.Tr>
  );
}
