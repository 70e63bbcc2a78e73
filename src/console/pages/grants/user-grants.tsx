// What one user has, newest first, a page at a time.
import { Alert, Button, Group, Stack, Text, Title } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { type ReactNode, useMemo, useState } from "react";
import { FormattedMessage, useIntl } from "react-intl";
import { client } from "../../client.ts";
import { type Grant, GrantBadge } from "../../parts/grant-badge.tsx";
import { At, Money, useMoney } from "../../parts/money.tsx";
import { Loaded } from "../../parts/states.tsx";
import type { DataColumn } from "../../parts/table/column.ts";
import { DataTable } from "../../parts/table/data-table.tsx";
import type { Books } from "../../parts/with-books.tsx";
import { ZoneNote } from "../../parts/zone-note.tsx";
import { shownTexts } from "../../shown-text.ts";
import type { WordName } from "../../words/words.ts";
import { GrantLink } from "./grant-link.tsx";
import { waitingMinor } from "./waiting.ts";

/** The clock of a held grant. */
const STANDS = <FormattedMessage id="grants.stands" />;

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
        <FormattedMessage id="grants.ofUser" values={{ user: shownTexts(user) }} />
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
              <ZoneNote zone={books.timeZone} />
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
    held: sumOf((one) => (one.state === "held" ? waitingMinor(one) : 0)),
  };
  const isHeld = grants.some(({ state }) => state === "held");
  return (
    <Text>
      <FormattedMessage id={isHeld ? "grants.sumHeld" : "grants.sum"} values={values} />
    </Text>
  );
}

function GrantTable({ books, grants }: { books: Books; grants: readonly Grant[] }): ReactNode {
  const intl = useIntl();
  const columns = useMemo(() => columnsOf(books), [books]);
  return (
    <DataTable
      name="grants"
      label={intl.formatMessage({ id: "grants.title" })}
      columns={columns}
      rows={grants}
      rowKey={({ grant }) => grant}
      minWidth={900}
    />
  );
}

function columnsOf(books: Books): DataColumn<Grant>[] {
  const { campaign, timeZone } = books;
  const amount = (name: WordName, of: (one: Grant) => number): DataColumn<Grant> => ({
    name,
    align: "right",
    value: (one) => of(one) / 10 ** books.decimals,
    currency: () => books.currency,
    cell: (one) => <Money of={books} minor={of(one)} />,
  });
  const instant = (name: WordName, of: (one: Grant) => number | null): DataColumn<Grant> => ({
    name,
    value: of,
    isInstant: true,
    cell: (one) => {
      const atMs = of(one);
      return atMs === null ? STANDS : <At timeZone={timeZone} atMs={atMs} />;
    },
  });
  return [
    {
      name: "grants.grant",
      isName: true,
      value: ({ grant }) => grant,
      cell: ({ grant }) => <GrantLink campaign={campaign} grant={grant} />,
    },
    {
      name: "grants.state",
      value: ({ state }) => state,
      word: ({ state }) => `grants.state.${state}`,
      cell: ({ state }) => <GrantBadge state={state} />,
    },
    amount("grants.amount", ({ amountMinor }) => amountMinor),
    amount("money.spent", ({ spentMinor }) => spentMinor),
    amount("grants.rest", waitingMinor),
    { name: "grants.offer", value: ({ offer }) => offer },
    instant("grants.at", ({ grantedAtMs }) => grantedAtMs),
    instant("grants.until", ({ state, expiresAtMs }) => (state === "held" ? null : expiresAtMs)),
  ];
}
