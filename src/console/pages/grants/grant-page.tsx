// One grant under its own address: what it is worth, what became of it, its proof and its luck, and
// what an admin may do against abuse. It never says whose it is.
import { Alert, Anchor, Code, Group, Stack, Text, Title } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { FormattedMessage } from "react-intl";
import { Link } from "wouter";
import { client } from "../../client.ts";
import { CampaignTrail } from "../../parts/campaign-trail.tsx";
import { type Grant, GrantBadge } from "../../parts/grant-badge.tsx";
import { Loaded } from "../../parts/states.tsx";
import { type Books, WithBooks } from "../../parts/with-books.tsx";
import { ZoneNote } from "../../parts/zone-note.tsx";
import { useIsAdmin } from "../../session/session.ts";
import { grantsAddress } from "./addresses.ts";
import { GrantActions } from "./grant-actions.tsx";
import { GrantFigures } from "./grant-figures.tsx";
import { GrantHistory } from "./grant-history.tsx";
import { GrantLuck } from "./grant-luck.tsx";
import { GrantReceipt } from "./grant-receipt.tsx";

export function GrantPage({ campaign, grant }: { campaign: string; grant: string }): ReactNode {
  return (
    <WithBooks campaign={campaign}>
      {(books) => (
        <Stack gap="lg">
          <CampaignTrail books={books}>
            <Anchor component={Link} href={grantsAddress(campaign)} size="sm" underline="always">
              <FormattedMessage id="grants.title" />
            </Anchor>
          </CampaignTrail>
          <Found books={books} grant={grant} />
        </Stack>
      )}
    </WithBooks>
  );
}

function Found({ books, grant }: { books: Books; grant: string }): ReactNode {
  const { campaign } = books;
  const query = useQuery({
    queryKey: ["grant", campaign, grant],
    queryFn: ({ signal }) => client.grant.show({ campaign, grant }, { signal, totalMs: 3_000 }),
    // What is decided on here should be of now.
    refetchInterval: 1_000,
  });
  return (
    <Loaded query={query}>
      {({ grant: found }) =>
        found === undefined ? (
          <Unknown campaign={campaign} grant={grant} />
        ) : (
          <Shown books={books} one={found} />
        )
      }
    </Loaded>
  );
}

function Unknown({ campaign, grant }: { campaign: string; grant: string }): ReactNode {
  return (
    <Alert color="yellow" role="alert">
      <Text mb="xs" style={{ overflowWrap: "anywhere" }}>
        <FormattedMessage id="grants.unknown" values={{ campaign, grant }} />
      </Text>
      <Anchor component={Link} href={grantsAddress(campaign)} underline="always">
        <FormattedMessage id="grants.another" />
      </Anchor>
    </Alert>
  );
}

function Shown({ books, one }: { books: Books; one: Grant }): ReactNode {
  const isAdmin = useIsAdmin();
  return (
    <>
      <Group justify="space-between" align="flex-start">
        <Stack gap={4}>
          <Group gap="sm">
            <Title order={1}>
              <FormattedMessage id="grants.one" values={{ offer: one.offer }} />
            </Title>
            <GrantBadge state={one.state} />
          </Group>
          <Code w="fit-content">{one.grant}</Code>
        </Stack>
        <GrantReceipt campaign={books.campaign} grant={one.grant} />
      </Group>
      <GrantFigures books={books} one={one} />
      {isAdmin && <GrantActions books={books} one={one} />}
      <GrantHistory books={books} one={one} />
      <GrantLuck books={books} grant={one.grant} />
      <ZoneNote zone={books.timeZone} />
    </>
  );
}
