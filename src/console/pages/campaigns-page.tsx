// What is running, how much is left, what needs attention.
import { Anchor, Badge, Button, Group, Stack, Table, Text, TextInput, Title } from "@mantine/core";
import { useHotkeys } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { type ReactNode, useRef, useState } from "react";
import { FormattedMessage, useIntl } from "react-intl";
import { Link } from "wouter";
import type { AnswerOf } from "../../client/index.ts";
import { client } from "../client.ts";
import { BudgetBar } from "../parts/budget-bar.tsx";
import { useMoney, useTime } from "../parts/money.tsx";
import { PhaseBadge } from "../parts/phase-badge.tsx";
import { Loaded } from "../parts/states.tsx";
import { Wide } from "../parts/wide.tsx";
import { useIsAdmin } from "../session/session.ts";

type Summary = AnswerOf<"campaign.list">["campaigns"][number];

export function CampaignsPage(): ReactNode {
  const query = useQuery({
    queryKey: ["campaigns"],
    queryFn: ({ signal }) => client.campaign.list({}, { signal, totalMs: 3_000 }),
    refetchInterval: 2_000,
  });
  const isAdmin = useIsAdmin();
  return (
    <Stack gap="md">
      <Group justify="space-between">
        <Title order={1}>
          <FormattedMessage id="campaigns.title" />
        </Title>
        {isAdmin && (
          <Button component={Link} href="/campaigns/open" variant="default">
            <FormattedMessage id="campaigns.openOne" />
          </Button>
        )}
      </Group>
      <Loaded query={query}>{({ campaigns }) => <Campaigns campaigns={campaigns} />}</Loaded>
    </Stack>
  );
}

function Campaigns({ campaigns }: { campaigns: readonly Summary[] }): ReactNode {
  const intl = useIntl();
  const [sought, setSought] = useState("");
  const search = useRef<HTMLInputElement>(null);
  useHotkeys([["/", () => search.current?.focus()]]);
  const live = campaigns.filter(({ phase }) => phase === "open" || phase === "paused").length;
  const words = sought.toLowerCase().split(/\s+/);
  const shown = campaigns.filter(({ campaign, title }) => {
    const text = `${campaign} ${title}`.toLowerCase();
    return words.every((word) => text.includes(word));
  });
  const newestFirst = shown.toSorted((a, b) => b.startsAtMs - a.startsAtMs);
  return (
    <>
      <Text>
        <FormattedMessage id="campaigns.sentence" values={{ count: campaigns.length, live }} />
      </Text>
      {campaigns.length > 0 && (
        <TextInput
          ref={search}
          value={sought}
          onChange={(event) => setSought(event.currentTarget.value)}
          placeholder={`${intl.formatMessage({ id: "campaigns.search" })}  /`}
          aria-label={intl.formatMessage({ id: "campaigns.search" })}
          maw={320}
        />
      )}
      {shown.length === 0 ? (
        <Text c="dimmed">
          <FormattedMessage id={campaigns.length === 0 ? "campaigns.none" : "campaigns.noMatch"} />
        </Text>
      ) : (
        <Wide label={intl.formatMessage({ id: "campaigns.title" })} minWidth={640}>
          <Table verticalSpacing="sm">
            <Table.Thead>
              <Table.Tr>
                {(["name", "phase", "until", "left", "use"] as const).map((name) => (
                  <Table.Th key={name} className={name === "left" ? "number" : ""}>
                    <FormattedMessage id={`campaigns.${name}`} />
                  </Table.Th>
                ))}
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {newestFirst.map((one) => (
                <CampaignRow key={one.campaign} one={one} />
              ))}
            </Table.Tbody>
          </Table>
        </Wide>
      )}
    </>
  );
}

function CampaignRow({ one }: { one: Summary }): ReactNode {
  const money = useMoney(one);
  const time = useTime(one.timeZone);
  const isDry = one.phase === "open" && one.freeMinor < one.budgetMinor / 20;
  return (
    <Table.Tr>
      <Table.Td>
        <Anchor component={Link} href={`/campaigns/${encodeURIComponent(one.campaign)}`} fw={600}>
          {one.title}
        </Anchor>
        <Text size="xs" c="dimmed">
          {one.campaign}
        </Text>
        {isDry && <Attention name="dry" />}
        {one.phase === "paused" && <Attention name="paused" />}
      </Table.Td>
      <Table.Td>
        <Group gap={6}>
          <PhaseBadge phase={one.phase} />
          {one.rehearsal === true && (
            <Badge variant="outline" color="gray">
              <FormattedMessage id="campaigns.rehearsal" />
            </Badge>
          )}
        </Group>
      </Table.Td>
      <Table.Td>{time(one.endsAtMs)}</Table.Td>
      <Table.Td className="number">{money(one.freeMinor)}</Table.Td>
      <Table.Td miw={180}>
        <BudgetBar parts={one} size="sm" />
      </Table.Td>
    </Table.Tr>
  );
}

function Attention({ name }: { name: "dry" | "paused" }): ReactNode {
  return (
    <Text size="xs" fw={600} className="attention">
      <FormattedMessage id={`attention.${name}`} />
    </Text>
  );
}
