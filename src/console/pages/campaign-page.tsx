// One campaign as it is now: where the money stands, what is expected, waves and caps, and what a
// manager may do with it.
import { Alert, Anchor, Group, Stack, Text, Title } from "@mantine/core";
import type { ReactNode } from "react";
import { FormattedMessage } from "react-intl";
import { Link } from "wouter";
import { OfferTable } from "../later.tsx";
import { BudgetBar } from "../parts/budget-bar.tsx";
import { ClaimsNow } from "../parts/claims-now.tsx";
import { useMoney } from "../parts/money.tsx";
import { PhaseBadges } from "../parts/phase-badge.tsx";
import { type Books, WithBooks } from "../parts/with-books.tsx";
import { ZoneNote } from "../parts/zone-note.tsx";
import { useIsAdmin } from "../session/session.ts";
import { CampaignActions } from "./campaign-actions.tsx";
import { CapTable, Counts, WaveTable } from "./campaign-tables.tsx";
import { Expected } from "./expected.tsx";

export function CampaignPage({ campaign }: { campaign: string }): ReactNode {
  return (
    <WithBooks campaign={campaign}>
      {(books, atMs) => <Shown books={books} atMs={atMs} />}
    </WithBooks>
  );
}

function Shown({ books, atMs }: { books: Books; atMs: number }): ReactNode {
  const isAdmin = useIsAdmin();
  const base = `/campaigns/${encodeURIComponent(books.campaign)}`;
  return (
    <Stack gap="lg">
      <Stack gap="xs">
        <Group justify="space-between">
          <Group gap="sm">
            <Title order={1}>{books.title}</Title>
            <PhaseBadges of={books} />
          </Group>
          {isAdmin && <CampaignActions books={books} />}
        </Group>
        <Sentence books={books} atMs={atMs} />
        {books.phase === "closed" && (
          <Text>
            <Anchor component={Link} href={`${base}/verdict`} underline="always">
              <FormattedMessage id="campaign.whatCaused" />
            </Anchor>
          </Text>
        )}
        {books.proposal !== undefined && (
          <Alert color="yellow">
            <FormattedMessage id="attention.proposal" /> {books.proposal.why}{" "}
            {isAdmin && (
              <Anchor
                component={Link}
                href={`${base}/revise`}
                inherit
                c="inherit"
                underline="always"
              >
                <FormattedMessage id="revise.look" />
              </Anchor>
            )}
          </Alert>
        )}
      </Stack>
      <BudgetBar parts={books} size="lg" />
      <Expected campaign={books.campaign} books={books} />
      <Counts books={books} />
      <OfferTable books={books} />
      <WaveTable books={books} />
      <CapTable books={books} />
      <ZoneNote zone={books.timeZone} />
    </Stack>
  );
}

function Sentence({ books, atMs }: { books: Books; atMs: number }): ReactNode {
  const money = useMoney(books);
  const values = {
    spent: money(books.spentMinor),
    budget: money(books.budgetMinor),
    free: money(books.freeMinor),
    phase: <ClaimsNow books={books} atMs={atMs} />,
  };
  return (
    <Text>
      <FormattedMessage id="campaign.sentence" values={values} />
    </Text>
  );
}
