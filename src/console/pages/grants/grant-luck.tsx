// Why a lucky grant has the amount that it has: the odds, what was locked in before, and what
// anybody can recompute.
import { Code, List, Stack, Table, Text, Title } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { FormattedMessage, useIntl } from "react-intl";
import type { AnswerOf } from "../../../client/index.ts";
import { client } from "../../client.ts";
import { useMoney } from "../../parts/money.tsx";
import { Wide } from "../../parts/wide.tsx";
import type { Books } from "../../parts/with-books.tsx";

type Luck = NonNullable<AnswerOf<"grant.luck">["luck"]>;
type Packet = NonNullable<AnswerOf<"grant.luck">["packet"]>;

export function GrantLuck({ books, grant }: { books: Books; grant: string }): ReactNode {
  const { campaign } = books;
  const query = useQuery({
    queryKey: ["grant.luck", campaign, grant],
    queryFn: ({ signal }) => client.grant.luck({ campaign, grant }, { signal, totalMs: 3_000 }),
  });
  const { luck, packet } = query.data ?? {};
  if (luck === undefined && packet === undefined) return null;
  return (
    <Stack gap="sm" maw={760}>
      <Title order={2}>
        <FormattedMessage id="grants.luck" />
      </Title>
      {luck !== undefined && <Drawn books={books} luck={luck} />}
      {packet !== undefined && <Won books={books} packet={packet} />}
    </Stack>
  );
}

function Drawn({ books, luck }: { books: Books; luck: Luck }): ReactNode {
  const { beacon, drawsBefore, grant, seed, seedCommitment } = luck;
  const code = (text: string): ReactNode => (
    <Code style={{ overflowWrap: "anywhere" }}>{text}</Code>
  );
  return (
    <>
      <List type="ordered" spacing="xs">
        <List.Item>
          <FormattedMessage id="grants.luckSeed" values={{ hash: code(seedCommitment) }} />
        </List.Item>
        {beacon !== undefined && (
          <List.Item>
            <FormattedMessage
              id="grants.luckBeacon"
              values={{ round: beacon.round, value: code(beacon.randomness) }}
            />
          </List.Item>
        )}
        <List.Item>
          <FormattedMessage id="grants.luckDraw" values={{ number: drawsBefore + 1 }} />
        </List.Item>
        <List.Item>
          <FormattedMessage
            id={seed === undefined ? "grants.luckLater" : "grants.luckNow"}
            values={{ command: code(`hongbao luck show ${grant}`) }}
          />
        </List.Item>
      </List>
      <Odds books={books} luck={luck} />
    </>
  );
}

function Odds({ books, luck }: { books: Books; luck: Luck }): ReactNode {
  const intl = useIntl();
  const money = useMoney(books);
  // What is rare is not rounded to nothing.
  const chance = (ratio: number): string =>
    intl.formatNumber(ratio, { style: "percent", maximumSignificantDigits: 3 });
  const all = luck.entries.reduce((sum, { odds }) => sum + odds, 0);
  const rows = luck.entries.map((entry, place) => ({ ...entry, key: `${place}` }));
  return (
    <Wide label={intl.formatMessage({ id: "grants.odds" })} minWidth={280}>
      <Table maw={420}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th className="number">
              <FormattedMessage id="grants.amount" />
            </Table.Th>
            <Table.Th className="number">
              <FormattedMessage id="grants.chance" />
            </Table.Th>
            <Table.Td />
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.map(({ key, amountMinor, odds }) => (
            <Table.Tr key={key}>
              <Table.Td className="number">{money(amountMinor)}</Table.Td>
              <Table.Td className="number">{chance(odds / all)}</Table.Td>
              <Table.Td>
                {amountMinor === luck.amountMinor && <FormattedMessage id="grants.drawn" />}
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Wide>
  );
}

function Won({ books, packet }: { books: Books; packet: Packet }): ReactNode {
  const money = useMoney(books);
  const { win } = packet;
  const values = {
    packet: packet.packet,
    packets: packet.packets,
    total: money(packet.totalMinor),
  };
  return (
    <>
      <Text>
        <FormattedMessage id="grants.packet" values={values} />
      </Text>
      {win !== undefined && (
        <Text>
          <FormattedMessage
            id="grants.win"
            values={{ draw: win.draw, winner: win.winner, entries: win.entries }}
          />
        </Text>
      )}
    </>
  );
}
