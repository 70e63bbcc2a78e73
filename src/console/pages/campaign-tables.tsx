// Counts, waves and caps of a campaign.
import { Group, Progress, Stack, Table, Text, Title } from "@mantine/core";
import type { ReactNode } from "react";
import { FormattedMessage, FormattedNumber } from "react-intl";
import { useMoney, usePercent, useTime } from "../parts/money.tsx";
import { TitledTable } from "../parts/titled-table.tsx";
import type { Books } from "../parts/with-books.tsx";

const COUNTS = [
  "grants",
  "redemptions",
  "reversals",
  "cancellations",
  "expiries",
  "withheld",
  "users",
] as const;

export function Counts({ books }: { books: Books }): ReactNode {
  return (
    <Stack gap="xs">
      <Title order={2}>
        <FormattedMessage id="campaign.counts" />
      </Title>
      <Group gap="xl" align="flex-start">
        {COUNTS.map((name) => (
          <Stack key={name} gap={0}>
            <Text size="xs" c="dimmed">
              <FormattedMessage id={`count.${name}`} />
            </Text>
            <Text fw={600}>
              <FormattedNumber value={books.counts[name]} />
            </Text>
          </Stack>
        ))}
      </Group>
    </Stack>
  );
}

export function WaveTable({ books }: { books: Books }): ReactNode {
  const money = useMoney(books);
  const time = useTime(books.timeZone);
  const columns = ["campaign.wave", "campaign.from", "campaign.to"] as const;
  return (
    <TitledTable title="campaign.waves" columns={[...columns, "money.budget", "campaign.used"]}>
      {books.waves.map(({ wave, fromMs, toMs, budgetMinor, usedMinor }) => (
        <Table.Tr key={wave}>
          <Table.Td>{wave}</Table.Td>
          <Table.Td>{time(fromMs)}</Table.Td>
          <Table.Td>{time(toMs)}</Table.Td>
          <Table.Td>{budgetMinor === null ? "–" : money(budgetMinor)}</Table.Td>
          <Table.Td>{usedMinor === null ? "–" : money(usedMinor)}</Table.Td>
        </Table.Tr>
      ))}
    </TitledTable>
  );
}

/** Those that count in one single cell: of others each user, device or merchant has an own one. */
export function CapTable({ books }: { books: Books }): ReactNode {
  const money = useMoney(books);
  const columns = ["campaign.cap", "campaign.per", "campaign.limit", "campaign.used"] as const;
  return (
    <TitledTable title="campaign.caps" columns={columns}>
      {books.caps.map(({ cap, dimension, per, counts, limit, used }) => (
        <Table.Tr key={cap}>
          <Table.Td>{cap}</Table.Td>
          <Table.Td>
            {dimension}
            {per === "total" ? "" : `, ${per}`}
          </Table.Td>
          <Table.Td>
            {counts === "money" ? money(limit) : <FormattedNumber value={limit} />}
          </Table.Td>
          <Table.Td miw={120}>
            {used === undefined ? "–" : <Used part={used} of={limit} />}
          </Table.Td>
        </Table.Tr>
      ))}
    </TitledTable>
  );
}

function Used({ part, of }: { part: number; of: number }): ReactNode {
  const percent = usePercent();
  const share = of === 0 ? 1 : part / of;
  return (
    <>
      {percent(share)}
      <Progress
        value={100 * share}
        size="xs"
        color={share > 0.95 ? "orange.8" : "jade"}
        aria-label={percent(share)}
      />
    </>
  );
}
