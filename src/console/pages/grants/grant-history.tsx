// What became of a grant, in the order of time, as the journal has it; where the journal cannot be
// asked, as much as its present state tells.
import { Alert, Anchor, Stack, Text, Timeline, Title } from "@mantine/core";
import type { ReactNode } from "react";
import { FormattedMessage } from "react-intl";
import { Link } from "wouter";
import { isAnswered, isPassing } from "../../client.ts";
import { EventFoot } from "../../parts/event-foot.tsx";
import { FailureWords } from "../../parts/failure-words.tsx";
import type { Grant } from "../../parts/grant-badge.tsx";
import { useMoney, useTime } from "../../parts/money.tsx";
import { Loaded } from "../../parts/states.tsx";
import type { Books } from "../../parts/with-books.tsx";
import type { WordName } from "../../words/words.ts";
import { grantAddress } from "./addresses.ts";
import { GrantStands } from "./grant-stands.tsx";
import { type GrantEvent, useGrantHistory } from "./history-query.ts";

const SOON_TRIES = 5;

export function GrantHistory({ books, one }: { books: Books; one: Grant }): ReactNode {
  const { campaign } = books;
  const query = useGrantHistory(campaign, one.grant);
  const hasNone = query.data === undefined && query.isError;
  // Whether there is a log at all is not said: one that lags has come so far soon.
  const isSoon = isAnswered(query.error) && isPassing(query.error);
  const why = <FailureWords error={query.error} />;
  return (
    <Stack gap="sm" component="section">
      <Title order={2}>
        <FormattedMessage id="grants.history" />
      </Title>
      {hasNone ? (
        <>
          <Alert color="gray">
            <FormattedMessage
              id={isSoon && query.errorUpdateCount < SOON_TRIES ? "state.soon" : "history.none"}
              values={{ why }}
            />
          </Alert>
          <GrantStands books={books} one={one} />
        </>
      ) : (
        <Loaded query={query}>
          {({ history = [], more = false }) => (
            <Events books={books} one={one} history={history} more={more} />
          )}
        </Loaded>
      )}
    </Stack>
  );
}

function Events({
  books,
  one,
  history,
  more,
}: {
  books: Books;
  one: Grant;
  history: readonly GrantEvent[];
  more: boolean;
}): ReactNode {
  const time = useTime(books.timeZone);
  return (
    <>
      {more && (
        <Text c="dimmed">
          <FormattedMessage id="history.older" />
        </Text>
      )}
      <Timeline active={history.length - 1} bulletSize={14} lineWidth={2}>
        {history.map((event) => (
          <Timeline.Item
            key={`${event.sequence}.${event.index}`}
            title={<Said books={books} event={event} />}
          >
            <EventFoot event={event} timeZone={books.timeZone} />
          </Timeline.Item>
        ))}
        {one.state === "reserved" && (
          <Timeline.Item
            title={
              <Text>
                <FormattedMessage id="history.willExpire" />
              </Text>
            }
            lineVariant="dashed"
          >
            <Text size="sm" c="dimmed">
              {time(one.expiresAtMs)}
            </Text>
          </Timeline.Item>
        )}
      </Timeline>
    </>
  );
}

function Said({ books, event }: { books: Books; event: GrantEvent }): ReactNode {
  const money = useMoney(books);
  const time = useTime(books.timeZone);
  const instant = (atMs: number | undefined): string => (atMs === undefined ? "–" : time(atMs));
  const isBack = event.takenBack === true;
  const amount = event.amountMinor ?? 0;
  const lost = event.lostMinor ?? 0;
  const values = {
    amount: money(isBack ? -amount : amount),
    lost: money(isBack ? -lost : lost),
    rest: money(event.restMinor ?? 0),
    owed: money(event.owedMinor ?? 0),
    from: instant(event.fromMs),
    until: instant(event.untilMs),
    version: event.version ?? 0,
    grant: event.grant !== undefined && (
      <Anchor
        component={Link}
        href={grantAddress(books.campaign, event.grant)}
        inherit
        underline="always"
      >
        {event.grant}
      </Anchor>
    ),
  };
  return (
    <Text className="outside">
      <FormattedMessage id={wordOf(event)} values={values} />
    </Text>
  );
}

function wordOf(event: GrantEvent): WordName {
  if (event.takenBack === true) return "history.takenBack";
  switch (event.type) {
    case "granted":
      return event.grant === undefined ? "history.granted" : "history.grantedFor";
    case "reversed":
      return event.redeemableAgain === true ? "history.reversed" : "history.reversedOver";
    default:
      return `history.${event.type}`;
  }
}
