// Who got nothing, and why: refusals by reason, the most frequent ones of the last seconds first.
import { Stack, Table, Text, Title } from "@mantine/core";
import type { ReactNode } from "react";
import { FormattedMessage, FormattedNumber, useIntl } from "react-intl";
import { useTime } from "../../parts/money.tsx";
import { Wide } from "../../parts/wide.tsx";
import { liveEn } from "../../words/live.en.ts";
import type { WordName } from "../../words/words.ts";
import type { LiveStore } from "./live-store.ts";
import { useKnown } from "./use-live.ts";

const MOST = 12;

export function RefusalTable({ store }: { store: LiveStore }): ReactNode {
  const intl = useIntl();
  const { books, answers } = useKnown(store, ({ slow }) => slow)!;
  const refusals = useKnown(store, (known) => known.refusals);
  const time = useTime(books.timeZone);
  return (
    <Stack gap="xs">
      <Title order={2}>
        <FormattedMessage id="live.refused" />
      </Title>
      <Text c="dimmed" size="sm">
        {answers.sinceMs === null ? (
          <FormattedMessage id="live.noAnswers" />
        ) : (
          <FormattedMessage id="live.countedSince" values={{ at: time(answers.sinceMs) }} />
        )}
      </Text>
      {refusals.length === 0 ? (
        <Text>
          <FormattedMessage id="live.noRefusals" />
        </Text>
      ) : (
        <Wide label={intl.formatMessage({ id: "live.refused" })} minWidth={320}>
          <Table>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>
                  <FormattedMessage id="live.reason" />
                </Table.Th>
                <Table.Th className="number">
                  <FormattedMessage id="live.perSecond" />
                </Table.Th>
                <Table.Th className="number">
                  <FormattedMessage id="live.count" />
                </Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {refusals.slice(0, MOST).map(({ operation, reason, perSecond, count }) => (
                <Table.Tr key={`${operation} ${reason}`}>
                  <Table.Td>
                    <Reason operation={operation} reason={reason} />
                  </Table.Td>
                  <Table.Td className="number">
                    <FormattedNumber value={perSecond} maximumFractionDigits={1} />
                  </Table.Td>
                  <Table.Td className="number">
                    <FormattedNumber value={count} />
                  </Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Wide>
      )}
    </Stack>
  );
}

/** In words where there are some, with the code that programs see. */
function Reason({ operation, reason }: { operation: string; reason: string }): ReactNode {
  const name = `live.because.${reason}`;
  const isClaim = operation === "claim";
  return (
    <>
      {name in liveEn ? <FormattedMessage id={name as WordName} /> : reason}{" "}
      <Text span size="xs" c="dimmed">
        {isClaim ? reason : `${operation}: ${reason}`}
      </Text>
    </>
  );
}
