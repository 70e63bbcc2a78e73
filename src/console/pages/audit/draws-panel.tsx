// Draws: how many entered, what the luck waited for, the prizes and who won them, by their grants.
import { Alert, Button, Code, Stack, Text, Title } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { type ReactNode, useMemo } from "react";
import { FormattedMessage, useIntl } from "react-intl";
import { useSearchParams } from "wouter";
import type { AnswerOf } from "../../../client/index.ts";
import { client } from "../../client.ts";
import { GrantBadge, type GrantState } from "../../parts/grant-badge.tsx";
import { useTime } from "../../parts/money.tsx";
import { Loaded } from "../../parts/states.tsx";
import type { DataColumn } from "../../parts/table/column.ts";
import { countColumn, moneyColumn } from "../../parts/table/columns.tsx";
import { DataTable } from "../../parts/table/data-table.tsx";
import type { Books } from "../../parts/with-books.tsx";
import { withParam } from "../../parts/with-param.ts";
import { GrantLink } from "../grants/grant-link.tsx";
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
  const [after, setAfter] = useWinnersAfter(draw);
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

/** How many winners stand before those that are shown: in the address, so that others see them. */
function useWinnersAfter(draw: string): [after: number, set: (after: number) => void] {
  const [search, setSearch] = useSearchParams();
  const name = `${draw}.after`;
  const after = Number(search.get(name) ?? 0);
  const set = (to: number): void => setSearch((now) => withParam(now, name, String(to)));
  return [Number.isSafeInteger(after) && after > 0 ? after : 0, set];
}

function Said({ books, view }: { books: Books; view: View }): ReactNode {
  const time = useTime(books.timeZone);
  const { closed, closesAtMs, entries, winners, voids, awaitsRound, round } = view;
  const word = !closed
    ? "audit.drawOpen"
    : awaitsRound === undefined
      ? "audit.drawDone"
      : "audit.drawWaits";
  const stock = view.prizes.reduce((sum, prize) => sum + prize.stock, 0);
  const left = view.prizes.reduce((sum, prize) => sum + prize.left, 0);
  const back = winners - (stock - left);
  const values = {
    ...{ at: time(closesAtMs), entries, winners, voids, round: awaitsRound ?? 0 },
    ...{ stock, back, kept: stock - left },
  };
  return (
    <Text>
      <FormattedMessage id={word} values={values} />{" "}
      {back > 0 && (
        <>
          <FormattedMessage id="audit.drawBack" />{" "}
          <FormattedMessage id="audit.drawSum" values={values} />{" "}
        </>
      )}
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

type Prize = View["prizes"][number];

function Prizes({ books, view }: { books: Books; view: View }): ReactNode {
  const intl = useIntl();
  const columns = useMemo<DataColumn<Prize>[]>(
    () => [
      {
        ...{ name: "audit.prize", isName: true, value: ({ title }) => title },
        cell: ({ title }) => <span className="outside">{title}</span>,
      },
      moneyColumn("audit.amount", books, ({ amountMinor }) => amountMinor),
      countColumn("audit.stock", ({ stock }) => stock),
      countColumn("audit.left", ({ left }) => left),
    ],
    [books],
  );
  return (
    <DataTable
      {...{ name: `prizes-${view.draw}`, columns }}
      label={`${view.title}: ${intl.formatMessage({ id: "audit.prize" })}`}
      rows={view.prizes}
      rowKey={({ prize }) => prize}
      minWidth={420}
    />
  );
}

interface Won {
  readonly order: number;
  readonly grant: string;
  readonly title: string;
  readonly amountMinor: number;
  readonly state: GrantState;
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
  const columns = useMemo(() => winnerColumns(books), [books]);
  const rows = useMemo(() => wonOf(view, after), [view, after]);
  return (
    <Stack gap={4}>
      <Text fw={600}>
        <FormattedMessage id="audit.winners" />
      </Text>
      <DataTable
        {...{ name: `winners-${view.draw}`, columns, rows }}
        label={`${view.title}: ${intl.formatMessage({ id: "audit.winners" })}`}
        rowKey={({ grant }) => grant}
        minWidth={620}
      />
      {view.more && (
        <Button
          size="xs"
          variant="default"
          w="fit-content"
          onClick={() => onMore(after + view.wins.length)}
        >
          <FormattedMessage id="audit.winnersNext" />
        </Button>
      )}
    </Stack>
  );
}

function wonOf({ wins, prizes }: View, after: number): Won[] {
  const named = new Map(prizes.map((one) => [one.prize, one]));
  return wins.map(({ grant, prize, state }, i) => {
    const { title = prize, amountMinor = 0 } = named.get(prize) ?? {};
    return { order: after + i + 1, grant, title, amountMinor, state };
  });
}

function winnerColumns(books: Books): DataColumn<Won>[] {
  return [
    countColumn("audit.order", ({ order }) => order),
    {
      ...{ name: "grants.grant", isName: true, value: ({ grant }) => grant },
      cell: ({ grant }) => <GrantLink campaign={books.campaign} grant={grant} />,
    },
    {
      ...{ name: "audit.prize", value: ({ title }) => title },
      cell: ({ title }) => <span className="outside">{title}</span>,
    },
    moneyColumn("audit.amount", books, ({ amountMinor }) => amountMinor),
    {
      ...{ name: "grants.state", value: ({ state }) => state },
      word: ({ state }) => `grants.state.${state}`,
      cell: ({ state }) => <GrantBadge state={state} />,
    },
  ];
}
