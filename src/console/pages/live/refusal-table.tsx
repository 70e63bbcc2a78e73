// Who got nothing, and why: refusals by reason, the most frequent ones of the last seconds first.
import { Table, Text } from "@mantine/core";
import type { ReactNode } from "react";
import { FormattedMessage, FormattedNumber } from "react-intl";
import { useTime } from "../../parts/money.tsx";
import { TitledTable } from "../../parts/titled-table.tsx";
import { liveEn } from "../../words/live.en.ts";
import type { WordName } from "../../words/words.ts";
import { Cut } from "./cut.tsx";
import type { LiveStore } from "./live-store.ts";
import { useBeat, useKnown } from "./use-live.ts";

const MOST = 12;

export function RefusalTable({ store }: { store: LiveStore }): ReactNode {
  const { books, answers } = useBeat(store, "tables");
  const refusals = useKnown(store, (known) => known.refusals);
  const time = useTime(books.timeZone);
  const { sinceMs } = answers;
  const note =
    sinceMs === null ? (
      <FormattedMessage id="live.noAnswers" />
    ) : (
      <FormattedMessage id="live.countedSince" values={{ at: time(sinceMs) }} />
    );
  const isNone = refusals.length === 0;
  return (
    <TitledTable
      title="live.refused"
      note={
        <>
          {note} <Cut shown={MOST} all={refusals.length} />
        </>
      }
      columns={["live.reason", "live.perSecond", "live.count"]}
      numbers={2}
      minWidth={320}
      {...(isNone && { none: <FormattedMessage id="live.noRefusals" /> })}
    >
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
    </TitledTable>
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
