// A campaign as it runs: where the budget stands and goes, what is asked and refused, what runs out
// next, and how the server does.
import { Alert, Button, Group, SimpleGrid, Stack, Text, Title } from "@mantine/core";
import type { ReactNode } from "react";
import { FormattedMessage } from "react-intl";
import { HongbaoError } from "../../../client/index.ts";
import { BudgetBar } from "../../parts/budget-bar.tsx";
import { CampaignTrail } from "../../parts/campaign-trail.tsx";
import { ClaimsNow } from "../../parts/claims-now.tsx";
import { FailureWords } from "../../parts/failure-words.tsx";
import { useMoney } from "../../parts/money.tsx";
import { PhaseBadges } from "../../parts/phase-badge.tsx";
import { Loading } from "../../parts/states.tsx";
import { ZoneNote } from "../../parts/zone-note.tsx";
import { Burn } from "./burn.tsx";
import { Feed } from "./feed.tsx";
import { Figures } from "./figures.tsx";
import { Freshness } from "./freshness.tsx";
import { LimitTable } from "./limit-table.tsx";
import type { LiveStore } from "./live-store.ts";
import { Rates } from "./rates.tsx";
import { RefusalTable } from "./refusal-table.tsx";
import { useBeat, useKnown, useLive } from "./use-live.ts";

export function LivePage({ campaign }: { campaign: string }): ReactNode {
  const { store, again } = useLive(campaign);
  const isThere = useKnown(store, ({ fast }) => fast !== null);
  const error = useKnown(store, (known) => known.error);
  return (
    <Stack gap="lg">
      {error !== null && <Failed error={error} campaign={campaign} again={again} />}
      {isThere && <Shown store={store} campaign={campaign} />}
      {!isThere && error === null && <Waiting store={store} />}
    </Stack>
  );
}

/** For the first snapshot: with why it does not come. */
function Waiting({ store }: { store: LiveStore }): ReactNode {
  const trouble = useKnown(store, (known) => known.trouble);
  return (
    <>
      {trouble !== null && (
        <Alert color="yellow" role="status" title={<FormattedMessage id="live.waiting" />}>
          <FailureWords error={trouble} />
        </Alert>
      )}
      <Loading />
    </>
  );
}

function Shown({ store, campaign }: { store: LiveStore; campaign: string }): ReactNode {
  const isClosed = useKnown(store, ({ fast }) => fast!.books.phase === "closed");
  return (
    <>
      <Heading store={store} />
      <Freshness store={store} />
      <Money store={store} />
      {isClosed ? <Closed /> : <Figures store={store} />}
      <Burn store={store} campaign={campaign} />
      <SimpleGrid cols={{ base: 1, md: isClosed ? 1 : 2 }} spacing="xl" verticalSpacing="lg">
        {!isClosed && <Rates store={store} />}
        <RefusalTable store={store} />
      </SimpleGrid>
      <LimitTable store={store} />
      <Feed store={store} />
      <Zone store={store} />
    </>
  );
}

/** In place of figures a second, of which there are none any more. */
function Closed(): ReactNode {
  return (
    <Text>
      <FormattedMessage id="live.closed" />
    </Text>
  );
}

function Heading({ store }: { store: LiveStore }): ReactNode {
  const { books } = useBeat(store, "rest");
  return (
    <Stack gap="xs">
      <CampaignTrail books={books} />
      <Group gap="sm">
        <Title order={1}>
          <FormattedMessage id="live.title" values={{ title: books.title }} />
        </Title>
        <PhaseBadges of={books} />
      </Group>
    </Stack>
  );
}

function Money({ store }: { store: LiveStore }): ReactNode {
  const { atMs, books, outlook } = useKnown(store, ({ fast }) => fast)!;
  const money = useMoney(books);
  const { spentMinor, budgetMinor, freeMinor, overissue } = books;
  const phase = <ClaimsNow books={books} atMs={atMs} />;
  const values = { spent: money(spentMinor), budget: money(budgetMinor), free: money(freeMinor) };
  const isOut = books.reservedMinor + books.settlingMinor > 0;
  const expected = isOut ? outlook?.expected : undefined;
  return (
    <Stack gap="xs">
      <Text>
        <FormattedMessage id="campaign.sentence" values={{ ...values, phase }} />
      </Text>
      <BudgetBar parts={books} size="lg" />
      {expected !== undefined && (
        <Text>
          <FormattedMessage
            id="campaign.expectedSpend"
            values={{
              spend: money(expected.spendMinor),
              from: money(expected.almostSure.fromMinor),
              to: money(expected.almostSure.toMinor),
            }}
          />
        </Text>
      )}
      {overissue !== undefined && (
        <Text>
          <FormattedMessage
            id="live.beyond"
            values={{
              beyond: money(overissue.beyondMinor),
              ceiling: money(overissue.ceilingMinor),
            }}
          />
        </Text>
      )}
    </Stack>
  );
}

function Zone({ store }: { store: LiveStore }): ReactNode {
  const { books } = useBeat(store, "rest");
  return <ZoneNote zone={books.timeZone} />;
}

function Failed({
  error,
  campaign,
  again,
}: {
  error: unknown;
  campaign: string;
  again: () => void;
}): ReactNode {
  if (error instanceof HongbaoError && error.code === "not_found") {
    return (
      <Alert color="yellow" role="alert">
        <FormattedMessage id="campaign.unknown" values={{ campaign }} />
      </Alert>
    );
  }
  return (
    <Alert color="red" title={<FormattedMessage id="state.failed" />} role="alert">
      <Stack gap="sm" align="flex-start">
        <Text>
          <FailureWords error={error} />
        </Text>
        <Button variant="default" onClick={again}>
          <FormattedMessage id="state.again" />
        </Button>
      </Stack>
    </Alert>
  );
}
