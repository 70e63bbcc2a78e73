// What became of a campaign: every version with who made it, why, and value by value what it
// changed; and, if wanted, everything else that was done to it.
import { Alert, SegmentedControl, Stack, Text, Title } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { FormattedMessage, useIntl } from "react-intl";
import { useSearchParams } from "wouter";
import { client } from "../../client.ts";
import { CampaignTrail } from "../../parts/campaign-trail.tsx";
import { EnglishNote } from "../../parts/english-note.tsx";
import { FailureWords } from "../../parts/failure-words.tsx";
import { Loaded } from "../../parts/states.tsx";
import { type Books, WithBooks } from "../../parts/with-books.tsx";
import { ZoneNote } from "../../parts/zone-note.tsx";
import { RevisionWords } from "../revise/last-revision.tsx";
import { VersionEvents } from "./version-events.tsx";

const SHOWN = ["versions", "all"] as const;

export function VersionsPage({ campaign }: { campaign: string }): ReactNode {
  return <WithBooks campaign={campaign}>{(books) => <Versions books={books} />}</WithBooks>;
}

function Versions({ books }: { books: Books }): ReactNode {
  const intl = useIntl();
  const [search, setSearch] = useSearchParams();
  const isAll = search.get("show") === "all";
  const choose = (value: string): void => {
    setSearch(value === "all" ? { show: "all" } : {}, { replace: true });
  };
  return (
    <Stack gap="lg" maw={960}>
      <Stack gap="xs">
        <CampaignTrail books={books} />
        <Title order={1}>
          <FormattedMessage id="history.versions" />
        </Title>
        <Text>
          <FormattedMessage id="history.versionsHow" />
        </Text>
      </Stack>
      <SegmentedControl
        w="fit-content"
        value={isAll ? "all" : "versions"}
        onChange={choose}
        aria-label={intl.formatMessage({ id: "history.show" })}
        data={SHOWN.map((value) => ({
          value,
          label: intl.formatMessage({ id: value === "all" ? "history.all" : "history.only" }),
        }))}
      />
      <Events books={books} isAll={isAll} />
      <ZoneNote zone={books.timeZone} />
    </Stack>
  );
}

function Events({ books, isAll }: { books: Books; isAll: boolean }): ReactNode {
  const { campaign, version, lastRevision, timeZone } = books;
  const query = useQuery({
    // Of a campaign that was just revised the history is another one.
    queryKey: ["campaign.versions", campaign, version],
    queryFn: ({ signal }) => client.campaign.versions({ campaign }, { signal, totalMs: 5_000 }),
    refetchInterval: 10_000,
    retry: false,
  });
  if (query.data === undefined && query.isError) {
    return (
      <>
        <Alert color="gray">
          <FormattedMessage
            id="history.none"
            values={{ why: <FailureWords error={query.error} /> }}
          />
        </Alert>
        {lastRevision !== undefined && (
          <RevisionWords last={lastRevision} version={version} timeZone={timeZone} />
        )}
      </>
    );
  }
  return (
    <Loaded query={query}>
      {({ history = [], more = false }) => (
        <>
          {more && (
            <Text c="dimmed">
              <FormattedMessage id="history.older" />
            </Text>
          )}
          {history.some(({ changes }) => changes !== undefined) && <EnglishNote />}
          <VersionEvents books={books} history={history} isAll={isAll} />
        </>
      )}
    </Loaded>
  );
}
