// What luck was committed to, and the published odds beside what came of them.
import { Alert, Code, Stack, Text, Title } from "@mantine/core";
import { type UseQueryResult, useQuery } from "@tanstack/react-query";
import { type ReactNode, useMemo } from "react";
import { FormattedMessage, type IntlShape, useIntl } from "react-intl";
import type { AnswerOf } from "../../../client/index.ts";
import { type OddsReport, toldOdds } from "../../../journal/verify/odds.ts";
import { oddsChart } from "../../../report/odds-chart.ts";
import { client } from "../../client.ts";
import { Chart } from "../../parts/chart/chart.tsx";
import { Labelled } from "../../parts/labelled.tsx";
import { useMoney } from "../../parts/money.tsx";
import { Loaded } from "../../parts/states.tsx";
import type { DataColumn } from "../../parts/table/column.ts";
import { countColumn, moneyColumn } from "../../parts/table/columns.tsx";
import { DataTable } from "../../parts/table/data-table.tsx";
import type { Books } from "../../parts/with-books.tsx";
import { oddsVerdict } from "./odds-verdict.ts";

type Odds = AnswerOf<"campaign.odds">;
type OddsView = NonNullable<Odds["odds"]>[number];

export function LuckPanel({ books }: { books: Books }): ReactNode {
  const { campaign } = books;
  const query = useOdds(campaign);
  return (
    <Loaded query={query}>
      {(luck) => (
        <Stack gap="lg">
          <Committed luck={luck} />
          {(luck.odds ?? []).length === 0 ? (
            <Alert color="gray">
              <FormattedMessage id="audit.noLuck" />
            </Alert>
          ) : (
            luck.odds!.map((view) => (
              <OddsOf key={`${view.offer} ${view.version}`} books={books} view={view} />
            ))
          )}
        </Stack>
      )}
    </Loaded>
  );
}

export function useOdds(campaign: string): UseQueryResult<Odds> {
  return useQuery({
    queryKey: ["campaign.odds", campaign],
    queryFn: ({ signal }) => client.campaign.odds({ campaign }, { signal, totalMs: 3_000 }),
    refetchInterval: 5_000,
  });
}

function Committed({ luck }: { luck: Odds }): ReactNode {
  const { seedCommitment, seed, beacon } = luck;
  if (seedCommitment === undefined) return null;
  return (
    <Stack gap="sm" className="outside">
      <Labelled name="audit.committed">
        <Code>{seedCommitment}</Code>
      </Labelled>
      {seed === undefined ? (
        <Text size="sm" c="dimmed">
          <FormattedMessage id="audit.seedLater" />
        </Text>
      ) : (
        <Labelled name="audit.seed">
          <Code>{seed}</Code>
        </Labelled>
      )}
      {beacon === undefined ? (
        <Text size="sm">
          <FormattedMessage id="audit.beaconNone" />
        </Text>
      ) : (
        <Labelled name="audit.beacon">
          {beacon.randomness === undefined ? (
            <FormattedMessage id="audit.beaconWaits" values={{ round: beacon.round }} />
          ) : (
            <FormattedMessage
              id="audit.beaconIn"
              values={{ round: beacon.round, value: <Code>{beacon.randomness}</Code> }}
            />
          )}
        </Labelled>
      )}
    </Stack>
  );
}

function OddsOf({ books, view }: { books: Books; view: OddsView }): ReactNode {
  const intl = useIntl();
  const money = useMoney(books);
  const { offer, version } = view;
  const { grants, p, rows } = toldOdds(view);
  const title = intl.formatMessage(
    { id: version === 0 ? "audit.odds" : "audit.oddsSince" },
    { offer, version },
  );
  const names = {
    amount: intl.formatMessage({ id: "audit.amount" }),
    expected: intl.formatMessage({ id: "audit.expectedCount" }),
    granted: intl.formatMessage({ id: "audit.granted" }),
  };
  const labelled = rows.map((row) => ({ ...row, label: money(row.amountMinor) }));
  return (
    <Stack gap="xs">
      <Title order={2} className="outside">
        {title}
      </Title>
      <Verdict grants={grants} p={p} rows={labelled} />
      {grants > 0 && (
        <Chart
          title={intl.formatMessage({ id: "audit.oddsChart" }, { offer })}
          draw={(isNarrow) => oddsChart({ rows: labelled, names, isNarrow })}
          fileName={`odds-${offer}-${version}`}
        />
      )}
      <OddsTable {...{ books, view, rows }} label={title} />
      <Text size="sm" c="dimmed">
        <FormattedMessage id="audit.oddsMeans" />
      </Text>
    </Stack>
  );
}

const SAID = {
  near: "audit.oddsNear",
  fine: "audit.oddsFine",
  usual: "audit.oddsUsual",
  odd: "audit.oddsOdd",
} as const;

type Judged = Pick<OddsReport, "grants" | "p"> & {
  rows: readonly (OddsRow & { label: string })[];
};

function Verdict({ grants, p: bound, rows }: Judged): ReactNode {
  const intl = useIntl();
  const verdict = oddsVerdict(bound, rows);
  if (verdict === null) {
    return (
      <Text>
        <FormattedMessage id="audit.oddsNone" />
      </Text>
    );
  }
  const { word, furthest, own, p } = verdict;
  const share = (of: number): string =>
    intl.formatNumber(of, { style: "percent", maximumSignificantDigits: 2 });
  const values = {
    ...{ grants, amounts: rows.length, furthest: furthest.label },
    ...{ p: share(p), own: share(own) },
  };
  return (
    <Text {...(word === "odd" && { className: "attention" })}>
      {word !== "near" && (
        <>
          <FormattedMessage id="audit.oddsFurthest" values={values} />{" "}
        </>
      )}
      <FormattedMessage id={SAID[word]} values={values} />
    </Text>
  );
}

type OddsRow = OddsReport["rows"][number];

function OddsTable({
  books,
  view,
  label,
  rows,
}: {
  books: Books;
  view: OddsView;
  label: string;
  rows: readonly OddsRow[];
}): ReactNode {
  const intl = useIntl();
  const all = rows.reduce((sum, { odds }) => sum + odds, 0);
  const columns = useMemo(() => oddsColumns(books, all, intl), [books, all, intl]);
  return (
    <DataTable
      {...{ label, columns, rows }}
      name={`odds-${view.offer}-${view.version}`}
      rowKey={({ amountMinor }) => `${amountMinor}`}
      minWidth={460}
    />
  );
}

function oddsColumns(books: Books, all: number, intl: IntlShape): DataColumn<OddsRow>[] {
  const share = (ratio: number): string =>
    intl.formatNumber(ratio, { style: "percent", maximumSignificantDigits: 3 });
  const p = (value: number): string => intl.formatNumber(value, { maximumSignificantDigits: 2 });
  return [
    { ...moneyColumn<OddsRow>("audit.amount", books, (one) => one.amountMinor), isName: true },
    {
      ...{ name: "audit.published", align: "right", value: ({ odds }) => odds / all },
      cell: ({ odds }) => share(odds / all),
    },
    {
      ...{ name: "audit.expectedCount", align: "right", value: ({ expected }) => expected },
      cell: ({ expected }) => intl.formatNumber(expected, { maximumFractionDigits: 1 }),
    },
    countColumn("audit.granted", ({ granted }) => granted),
    {
      ...{ name: "audit.chance", align: "right", value: (one) => one.p },
      cell: (one) => (one.p === null ? "–" : p(one.p)),
    },
  ];
}
