// Counts, waves and caps of a campaign.
import { Anchor, Code, Group, Stack, Text, Title } from "@mantine/core";
import { type ReactNode, useMemo } from "react";
import { FormattedMessage, FormattedNumber, type IntlShape, useIntl } from "react-intl";
import { capPer } from "../parts/cap-per.ts";
import { LimitAmount } from "../parts/limit-amount.tsx";
import { At, Money } from "../parts/money.tsx";
import type { DataColumn } from "../parts/table/column.ts";
import { DataTable } from "../parts/table/data-table.tsx";
import { UsedOf, usedShare } from "../parts/used.tsx";
import type { Books } from "../parts/with-books.tsx";
import type { WordName } from "../words/words.ts";

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
  const { counts, suspicion } = books;
  // Nobody need wonder at a 0 who has never held anything.
  const held = suspicion.holds === 0 ? [] : [["held", suspicion.held] as const];
  const figures = [...COUNTS.map((name) => [name, counts[name]] as const), ...held];
  return (
    <Stack gap="xs">
      <Title order={2}>
        <FormattedMessage id="campaign.counts" />
      </Title>
      <Group className="figures-row" align="flex-start">
        {figures.map(([name, count]) => (
          <Stack key={name} gap={0}>
            <Text size="xs" c="dimmed">
              <FormattedMessage id={`count.${name}`} />
            </Text>
            <Text fw={600}>
              <FormattedNumber value={count} />
            </Text>
          </Stack>
        ))}
      </Group>
      {books.phase === "open" && counts.grants === 0 && <HowToAsk campaign={books.campaign} />}
    </Stack>
  );
}

/** What comes next for a campaign that nobody has asked yet. */
function HowToAsk({ campaign }: { campaign: string }): ReactNode {
  const values = {
    path: <Code>POST /v1/campaigns/{campaign}/claims</Code>,
    api: (words: ReactNode) => (
      <Anchor href="/docs" inherit underline="always">
        {words}
      </Anchor>
    ),
  };
  return (
    <Text c="dimmed" className="outside">
      <FormattedMessage id="campaign.howToAsk" values={values} />
    </Text>
  );
}

type Wave = Books["waves"][number];
type Cap = Books["caps"][number];

export function WaveTable({ books }: { books: Books }): ReactNode {
  const columns = useMemo(() => waveColumns(books), [books]);
  if (isUndivided(books)) return null;
  return (
    <Part title="campaign.waves">
      {(label) => (
        <DataTable
          {...{ name: "waves", label, columns }}
          rows={books.waves}
          rowKey={({ wave }) => wave}
          minWidth={520}
        />
      )}
    </Part>
  );
}

/** One wave as long as claims, without money of its own: the campaign file names none. */
function isUndivided({ waves, startsAtMs, endsAtMs }: Books): boolean {
  const [only, ...others] = waves;
  if (only === undefined) return true;
  const isWhole = only.fromMs <= startsAtMs && only.toMs >= endsAtMs;
  return others.length === 0 && only.budgetMinor === null && isWhole;
}

function waveColumns(books: Books): DataColumn<Wave>[] {
  const instant = (name: WordName, of: (one: Wave) => number): DataColumn<Wave> => ({
    name,
    value: of,
    isInstant: true,
    cell: (one) => <At timeZone={books.timeZone} atMs={of(one)} />,
  });
  const amount = (name: WordName, of: (one: Wave) => number | null): DataColumn<Wave> => ({
    name,
    align: "right",
    value: (one) => {
      const minor = of(one);
      return minor === null ? null : minor / 10 ** books.decimals;
    },
    currency: () => books.currency,
    cell: (one) => {
      const minor = of(one);
      return minor === null ? "–" : <Money of={books} minor={minor} />;
    },
  });
  return [
    { name: "campaign.wave", isName: true, value: ({ wave }) => wave },
    instant("campaign.from", ({ fromMs }) => fromMs),
    instant("campaign.to", ({ toMs }) => toMs),
    amount("money.budget", ({ budgetMinor }) => budgetMinor),
    amount("campaign.given", ({ usedMinor }) => usedMinor),
  ];
}

/** Those that count in one single cell: of others each user, device or merchant has an own one. */
export function CapTable({ books }: { books: Books }): ReactNode {
  const intl = useIntl();
  const columns = useMemo(() => capColumns(books, intl), [books, intl]);
  return (
    <Part title="campaign.caps">
      {(label) => (
        <DataTable
          {...{ name: "caps", label, columns }}
          rows={books.caps}
          rowKey={({ cap }) => cap}
          minWidth={520}
        />
      )}
    </Part>
  );
}

function capColumns(books: Books, intl: IntlShape): DataColumn<Cap>[] {
  return [
    { name: "campaign.cap", isName: true, value: ({ cap }) => cap },
    {
      name: "campaign.per",
      value: (one) => capPer(one, intl),
    },
    {
      name: "campaign.limit",
      align: "right",
      value: ({ counts, limit }) => (counts === "money" ? limit / 10 ** books.decimals : limit),
      currency: ({ counts }) => (counts === "money" ? books.currency : ""),
      cell: (cap) => <LimitAmount of={books} cap={cap} />,
    },
    {
      name: "campaign.given",
      value: usedShare,
      cell: (one) => <UsedOf cap={one} phase={books.phase} />,
    },
  ];
}

function Part({
  title,
  children,
}: {
  title: WordName;
  children: (label: string) => ReactNode;
}): ReactNode {
  const label = useIntl().formatMessage({ id: title });
  return (
    <Stack gap="xs">
      <Title order={2}>{label}</Title>
      {children(label)}
    </Stack>
  );
}
