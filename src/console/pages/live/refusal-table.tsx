// Who got nothing, and why: refusals by reason, the most frequent ones of the last seconds first.
import { Stack, Text, Title } from "@mantine/core";
import { type ReactNode, useMemo } from "react";
import { FormattedMessage, FormattedNumber, type IntlShape, useIntl } from "react-intl";
import { useTime } from "../../parts/money.tsx";
import type { DataColumn } from "../../parts/table/column.ts";
import { DataTable } from "../../parts/table/data-table.tsx";
import { liveEn } from "../../words/live.en.ts";
import type { WordName } from "../../words/words.ts";
import type { LiveStore } from "./live-store.ts";
import type { Refusal } from "./refusals.ts";
import { useBeat, useKnown } from "./use-live.ts";

export function RefusalTable({ store }: { store: LiveStore }): ReactNode {
  const intl = useIntl();
  const { books, answers } = useBeat(store, "tables");
  const refusals = useKnown(store, (known) => known.refusals);
  const time = useTime(books.timeZone);
  const columns = useMemo(() => columnsOf(intl), [intl]);
  const { sinceMs } = answers;
  return (
    <Stack gap="xs">
      <Title order={2}>
        <FormattedMessage id="live.refused" />
      </Title>
      <Text c="dimmed" size="sm">
        {sinceMs === null ? (
          <FormattedMessage id="live.noAnswers" />
        ) : (
          <FormattedMessage id="live.countedSince" values={{ at: time(sinceMs) }} />
        )}
      </Text>
      {refusals.length === 0 ? (
        <Text>
          <FormattedMessage id="live.noRefusals" />
        </Text>
      ) : (
        <DataTable
          name="refusals"
          label={intl.formatMessage({ id: "live.refused" })}
          columns={columns}
          rows={refusals}
          rowKey={({ operation, reason }) => `${operation} ${reason}`}
          minWidth={320}
        />
      )}
    </Stack>
  );
}

function columnsOf(intl: IntlShape): DataColumn<Refusal>[] {
  return [
    {
      name: "live.reason",
      isName: true,
      value: (one) => `${wordsOf(one, intl)} ${codeOf(one)}`,
      cell: (one) => (
        <>
          {wordsOf(one, intl)}{" "}
          <Text span size="xs" c="dimmed">
            {codeOf(one)}
          </Text>
        </>
      ),
    },
    {
      name: "live.perSecond",
      align: "right",
      value: ({ perSecond }) => (Number.isNaN(perSecond) ? null : perSecond),
      cell: ({ perSecond }) =>
        Number.isNaN(perSecond) ? (
          "–"
        ) : (
          <FormattedNumber value={perSecond} maximumFractionDigits={1} />
        ),
    },
    {
      name: "live.count",
      align: "right",
      value: ({ count }) => count,
      cell: ({ count }) => <FormattedNumber value={count} />,
    },
  ];
}

/** In words where there are some. */
function wordsOf({ reason }: Refusal, intl: IntlShape): string {
  const name = `live.because.${reason}`;
  return name in liveEn ? intl.formatMessage({ id: name as WordName }) : reason;
}

/** As programs see it. */
function codeOf({ operation, reason }: Refusal): string {
  return operation === "claim" ? reason : `${operation}: ${reason}`;
}
