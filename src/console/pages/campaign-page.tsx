// One campaign as it is now: where the money stands, what is expected, waves and caps, and what a
// manager may do with it.
import { Alert, Anchor, Button, Group, Stack, Text, Title } from "@mantine/core";
import type { ReactNode } from "react";
import { FormattedMessage } from "react-intl";
import { Link } from "wouter";
import { BudgetBar } from "../parts/budget-bar.tsx";
import { useMoney } from "../parts/money.tsx";
import { PhaseBadge } from "../parts/phase-badge.tsx";
import { type Books, WithBooks } from "../parts/with-books.tsx";
import { useIsAdmin } from "../session/session.ts";
import { auditAddress } from "./audit/addresses.ts";
import { CampaignActions } from "./campaign-actions.tsx";
import { CapTable, Counts, WaveTable } from "./campaign-tables.tsx";
import { Expected } from "./expected.tsx";
import { grantsAddress } from "./grants/addresses.ts";
import { verdictAddress } from "./reports/addresses.ts";
import { versionsAddress } from "./versions/addresses.ts";

export function CampaignPage({ campaign }: { campaign: string }): ReactNode {
  return <WithBooks campaign={campaign}>{(books) => <Shown books={books} />}</WithBooks>;
}

function Shown({ books }: { books: Books }): ReactNode {
  const isAdmin = useIsAdmin();
  const revise = `/campaigns/${encodeURIComponent(books.campaign)}/revise`;
  return (
    <Stack gap="lg">
      <Stack gap="xs">
        <Group justify="space-between">
          <Group gap="sm">
            <Title order={1}>{books.title}</Title>
            <PhaseBadge phase={books.phase} />
          </Group>
          {isAdmin && (
            <Group gap="xs">
              {books.phase !== "closed" && (
                <Button component={Link} href={revise} size="xs" variant="default">
                  <FormattedMessage id="revise.link" />
                </Button>
              )}
              <CampaignActions campaign={books.campaign} phase={books.phase} />
            </Group>
          )}
        </Group>
        <Sentence books={books} />
        {books.proposal !== undefined && (
          <Alert color="yellow">
            <FormattedMessage id="attention.proposal" /> {books.proposal.why}{" "}
            {isAdmin && (
              <Anchor component={Link} href={revise} inherit c="inherit" underline="always">
                <FormattedMessage id="revise.look" />
              </Anchor>
            )}
          </Alert>
        )}
      </Stack>
      <Group gap="lg">
        <Anchor component={Link} href={`/campaigns/${books.campaign}/live`}>
          <FormattedMessage id="live.link" />
        </Anchor>
        <Anchor component={Link} href={grantsAddress(books.campaign)}>
          <FormattedMessage id="grants.title" />
        </Anchor>
        <Anchor component={Link} href={versionsAddress(books.campaign)}>
          <FormattedMessage id="history.versions" />
        </Anchor>
        <Anchor component={Link} href={verdictAddress(books.campaign)}>
          <FormattedMessage id="verdict.link" />
        </Anchor>
        <Anchor component={Link} href={auditAddress(books.campaign)}>
          <FormattedMessage id="audit.title" />
        </Anchor>
      </Group>
      <BudgetBar parts={books} size="lg" />
      <Expected campaign={books.campaign} books={books} />
      <Counts books={books} />
      <WaveTable books={books} />
      <CapTable books={books} />
      <Text size="xs" c="dimmed">
        <FormattedMessage id="campaign.zone" values={{ zone: books.timeZone }} />
      </Text>
    </Stack>
  );
}

function Sentence({ books }: { books: Books }): ReactNode {
  const money = useMoney(books);
  const values = {
    spent: money(books.spentMinor),
    budget: money(books.budgetMinor),
    free: money(books.freeMinor),
    phase: <FormattedMessage id={`phase.${books.phase}`} />,
  };
  return (
    <Text>
      <FormattedMessage id="campaign.sentence" values={values} />
    </Text>
  );
}
