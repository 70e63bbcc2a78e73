// Draws: how many entered, what the luck waited for, the prizes and who won them, by their grants.
import { Alert, Anchor, Button, Code, List, Stack, Table, Text, Title } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { FormattedMessage, useIntl } from "react-intl";
import { Link } from "wouter";
import type { AnswerOf } from "../../../client/index.ts";
import { client } from "../../client.ts";
import { useMoney, useTime } from "../../parts/money.tsx";
import { Loaded } from "../../parts/states.tsx";
import { Wide } from "../../parts/wide.tsx";
import type { Books } from "../../parts/with-books.tsx";
import { grantAddress } from "../grants/addresses.ts";
import { useOdds } from "./luck-panel.tsx";

type View = NonNullable<AnswerOf<"draw.show">["view"]>;

export function DrawsPanel({ books }: { books: Books }): ReactNode {
  return (
    <Loaded query={useOdds(books.campaign)}>
      {({ draws = [] }) =>
        draws.length === 0 ? (
          <Alert color="gray">
            <FormattedMessage id="audit.noDraws" />
          </Alert>
        ) : (
          <Stack gap="xl">
            {draws.map((draw) => (
              <DrawOf key={draw} books={books} draw={draw} />
            ))}
          </Stack>
        )
      }
    </Loaded>
  );
}

function DrawOf({ books, draw }: { books: Books; draw: string }): ReactNode {
  const { campaign } = books;
  const [after, setAfter] = useState(0);
  const query = useQuery({
    queryKey: ["draw.show", campaign, draw, after],
    queryFn: ({ signal }) =>
      client.draw.show({ campaign, draw, after: String(after) }, { signal, totalMs: 3_000 }),
    refetchInterval: 5_000,
  });
  return (
    <Loaded query={query}>
      {({ view }) =>
        view === undefined ? null : (
          <Stack gap="sm" component="section">
            <Title order={2} className="outside">
              {view.title} <Code>{view.draw}</Code>
            </Title>
            <Said books={books} view={view} />
            <Prizes books={books} view={view} />
            {view.grants.length > 0 && (
              <Winners books={books} view={view} after={after} onMore={setAfter} />
            )}
          </Stack>
        )
      }
    </Loaded>
  );
}

function Said({ books, view }: { books: Books; view: View }): ReactNode {
  const time = useTime(books.timeZone);
  const { closed, closesAtMs, entries, winners, voids, awaitsRound, round } = view;
  const word = !closed
    ? "audit.drawOpen"
    : awaitsRound === undefined
      ? "audit.drawDone"
      : "audit.drawWaits";
  const values = { at: time(closesAtMs), entries, winners, voids, round: awaitsRound ?? 0 };
  return (
    <Text>
      <FormattedMessage id={word} values={values} />{" "}
      {closed &&
        awaitsRound === undefined &&
        (round === undefined ? (
          <FormattedMessage id="audit.drawNoRound" />
        ) : (
          <FormattedMessage id="audit.drawRound" values={{ round }} />
        ))}
    </Text>
  );
}

function Prizes({ books, view }: { books: Books; view: View }): ReactNode {
  const intl = useIntl();
  const money = useMoney(books);
  const columns = ["prize", "amount", "stock", "left"] as const;
  const label = `${view.title}: ${intl.formatMessage({ id: "audit.prize" })}`;
  return (
    <Wide label={label} minWidth={420}>
      <Table>
        <Table.Thead>
          <Table.Tr>
            {columns.map((name) => (
              <Table.Th key={name} className={name === "prize" ? "" : "number"}>
                <FormattedMessage id={`audit.${name}`} />
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {view.prizes.map(({ prize, title, amountMinor, stock, left }) => (
            <Table.Tr key={prize}>
              <Table.Td className="outside">{title}</Table.Td>
              <Table.Td className="number">{money(amountMinor)}</Table.Td>
              <Table.Td className="number">{intl.formatNumber(stock)}</Table.Td>
              <Table.Td className="number">{intl.formatNumber(left)}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Wide>
  );
}

function Winners({
  books,
  view,
  after,
  onMore,
}: {
  books: Books;
  view: View;
  after: number;
  onMore: (after: number) => void;
}): ReactNode {
  const intl = useIntl();
  return (
    <Stack gap={4}>
      <Text fw={600}>
        <FormattedMessage id="audit.winners" />
      </Text>
      <Wide label={intl.formatMessage({ id: "audit.winners" })} minWidth={0} maxHeight={320}>
        <List type="ordered" start={after + 1} spacing="xs" py={4}>
          {view.grants.map((grant) => (
            <List.Item key={grant}>
              <Anchor
                component={Link}
                href={grantAddress(books.campaign, grant)}
                underline="always"
              >
                <Code bg="transparent" c="inherit" p={0}>
                  {grant}
                </Code>
              </Anchor>
            </List.Item>
          ))}
        </List>
      </Wide>
      {view.more && (
        <Button
          size="xs"
          variant="default"
          w="fit-content"
          onClick={() => onMore(after + view.grants.length)}
        >
          <FormattedMessage id="audit.winnersNext" />
        </Button>
      )}
    </Stack>
  );
}
