// What is running, how much is left, what needs attention.
import { Anchor, Box, Button, Group, Stack, Text, Title } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { type ReactNode, useMemo } from "react";
import { FormattedMessage, useIntl } from "react-intl";
import { Link } from "wouter";
import { BudgetBar } from "../parts/budget-bar.tsx";
import { CAMPAIGNS } from "../parts/campaigns-query.ts";
import { At, Money } from "../parts/money.tsx";
import { PhaseBadges } from "../parts/phase-badge.tsx";
import { Loaded } from "../parts/states.tsx";
import type { DataColumn } from "../parts/table/column.ts";
import { DataTable } from "../parts/table/data-table.tsx";
import { useIsPhone } from "../parts/use-phone.ts";
import { useIsAdmin } from "../session/session.ts";
import { AttentionPanel } from "./attention/attention-panel.tsx";
import type { Summary } from "./attention/needs.ts";

export function CampaignsPage(): ReactNode {
  const query = useQuery({ ...CAMPAIGNS, refetchInterval: 2_000 });
  const isAdmin = useIsAdmin();
  return (
    <Stack gap="md">
      <Group justify="space-between">
        <Title order={1}>
          <FormattedMessage id="campaigns.title" />
        </Title>
        {isAdmin && (
          <Button component={Link} href="/open" variant="default">
            <FormattedMessage id="campaigns.openOne" />
          </Button>
        )}
      </Group>
      <Box data-tour="campaigns">
        <Loaded query={query}>{({ campaigns }) => <Campaigns campaigns={campaigns} />}</Loaded>
      </Box>
    </Stack>
  );
}

function Campaigns({ campaigns }: { campaigns: readonly Summary[] }): ReactNode {
  const intl = useIntl();
  const live = campaigns.filter(({ phase }) => phase === "open" || phase === "paused").length;
  const newestFirst = useMemo(
    () => campaigns.toSorted((a, b) => b.startsAtMs - a.startsAtMs),
    [campaigns],
  );
  return (
    <>
      <AttentionPanel campaigns={campaigns} />
      <Text>
        <FormattedMessage id="campaigns.sentence" values={{ count: campaigns.length, live }} />
      </Text>
      {campaigns.length === 0 ? (
        <Text c="dimmed">
          <FormattedMessage id="campaigns.none" />
        </Text>
      ) : (
        <DataTable
          name="campaigns"
          label={intl.formatMessage({ id: "campaigns.title" })}
          columns={COLUMNS}
          rows={newestFirst}
          rowKey={({ campaign }) => campaign}
          minWidth={640}
          isSearched
        />
      )}
    </>
  );
}

const COLUMNS: readonly DataColumn<Summary>[] = [
  {
    name: "campaigns.name",
    isName: true,
    value: ({ title, campaign }) => `${title} ${campaign}`,
    cell: (one) => <Name one={one} />,
  },
  {
    name: "campaigns.phase",
    value: ({ phase }) => phase,
    word: ({ phase }) => `phase.${phase}`,
    cell: (one) => <PhaseBadges of={one} />,
  },
  {
    name: "campaigns.until",
    value: ({ endsAtMs }) => endsAtMs,
    isInstant: true,
    cell: ({ timeZone, endsAtMs }) => (
      <>
        <At timeZone={timeZone} atMs={endsAtMs} />
        <Text size="xs" c="dimmed">
          {timeZone}
        </Text>
      </>
    ),
  },
  {
    name: "campaigns.left",
    align: "right",
    value: ({ freeMinor, decimals }) => freeMinor / 10 ** decimals,
    currency: ({ currency }) => currency,
    cell: (one) => <Money of={one} minor={one.freeMinor} />,
  },
  {
    name: "campaigns.use",
    value: ({ freeMinor, budgetMinor }) => 1 - freeMinor / budgetMinor,
    cell: (one) => (
      <Box miw={140}>
        <BudgetBar parts={one} size="sm" />
      </Box>
    ),
  },
];

function Name({ one }: { one: Summary }): ReactNode {
  const isPhone = useIsPhone();
  return (
    <Box miw={200}>
      <Anchor component={Link} href={`/campaigns/${encodeURIComponent(one.campaign)}`} fw={600}>
        {one.title}
      </Anchor>
      <Text size="xs" c="dimmed">
        {one.campaign}
      </Text>
      {isPhone && <Left one={one} />}
    </Box>
  );
}

/** In sight on a phone, where the last columns are not. */
function Left({ one }: { one: Summary }): ReactNode {
  return (
    <Stack gap={4} mt={4} maw={260}>
      <Text size="sm">
        <FormattedMessage id="campaigns.left" />{" "}
        <span className="whole">
          <Money of={one} minor={one.freeMinor} />
        </span>
      </Text>
      <BudgetBar parts={one} size="sm" />
    </Stack>
  );
}
