// The newest events, a few of each kind: under load most grants are passed over, rare ones are
// not. A plain table: its order is that of time, it holds sixteen lines, and under load all of them
// are others before anybody has sorted or searched them. Whoever seeks an event has the histories
// and the journal.
import { Table, Text } from "@mantine/core";
import type { ReactNode } from "react";
import { FormattedMessage, useIntl } from "react-intl";
import type { EventView } from "../../../client/index.ts";
import { useMoney } from "../../parts/money.tsx";
import { TitledTable } from "../../parts/titled-table.tsx";
import type { Books } from "../../parts/with-books.tsx";
import { liveEn } from "../../words/live.en.ts";
import type { WordName } from "../../words/words.ts";
import type { LiveStore } from "./live-store.ts";
import { useBeat, useKnown } from "./use-live.ts";

export function Feed({ store }: { store: LiveStore }): ReactNode {
  const { books } = useBeat(store, "rest");
  const feed = useKnown(store, (known) => known.feed);
  return (
    <TitledTable
      title="live.feed"
      note={<FormattedMessage id="live.feedHow" />}
      columns={[]}
      spacing={3}
      minWidth={320}
      {...(feed.length === 0 && { none: <FormattedMessage id="live.noEvents" /> })}
    >
      {feed.map((event) => (
        <Row key={`${event.sequence}.${event.index}`} event={event} books={books} />
      ))}
    </TitledTable>
  );
}

function Row({ event, books }: { event: EventView; books: Books }): ReactNode {
  const intl = useIntl();
  const money = useMoney(books);
  const { atMs, type, amountMinor, offer, why, wouldBe } = event;
  // One held out may have asked for what nobody would have got.
  const wasRefused = typeof wouldBe === "string" && wouldBe !== "granted";
  const name = wasRefused ? "live.event.refused" : `live.event.${type}`;
  const at = intl.formatTime(atMs, { timeStyle: "medium", timeZone: books.timeZone });
  const told = [offer, wasRefused ? wouldBe : undefined, why].filter(
    (one) => typeof one === "string",
  );
  return (
    <Table.Tr>
      <Table.Td className="quiet">{at}</Table.Td>
      <Table.Td>
        {name in liveEn ? <FormattedMessage id={name as WordName} /> : type}{" "}
        <Text span size="xs" c="dimmed" className="outside">
          {told.join(", ")}
        </Text>
      </Table.Td>
      <Table.Td className="number">
        {typeof amountMinor === "number" ? money(amountMinor) : ""}
      </Table.Td>
    </Table.Tr>
  );
}
