// Finding what one user got, or one grant. User ids are in no address and in no storage: they live
// in the page's memory, so that the way back from a grant leads to what was found.
import { Anchor, Paper, SimpleGrid, Stack, Text, Title } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { FormattedMessage } from "react-intl";
import { Link, useLocation } from "wouter";
import { CampaignTrail } from "../../parts/campaign-trail.tsx";
import { type Books, WithBooks } from "../../parts/with-books.tsx";
import { useIsAdmin } from "../../session/session.ts";
import { grantAddress, soughtUserQuery, suspectsAddress } from "./addresses.ts";
import { FindById } from "./find-by-id.tsx";
import { SearchForm } from "./search-form.tsx";
import { UserGrants } from "./user-grants.tsx";

export function GrantsPage({ campaign }: { campaign: string }): ReactNode {
  return <WithBooks campaign={campaign}>{(books) => <Search books={books} />}</WithBooks>;
}

function Search({ books }: { books: Books }): ReactNode {
  const { campaign } = books;
  const queries = useQueryClient();
  const [, goTo] = useLocation();
  const isAdmin = useIsAdmin();
  const kept = queries.getQueryData<string>(soughtUserQuery(campaign));
  const [user, setUser] = useState<string | undefined>(kept);
  const find = (sought: string): void => {
    queries.setQueryData(soughtUserQuery(campaign), sought);
    setUser(sought);
  };
  return (
    <Stack gap="lg">
      <Stack gap="xs">
        <CampaignTrail books={books} />
        <Title order={1}>
          <FormattedMessage id="grants.title" />
        </Title>
        <Text>
          <FormattedMessage id="grants.sentence" />{" "}
          <Anchor component={Link} href={suspectsAddress(campaign)} underline="always">
            <FormattedMessage id="grants.many" />
          </Anchor>
        </Text>
      </Stack>
      <SimpleGrid cols={{ base: 1, md: isAdmin ? 3 : 2 }} maw={isAdmin ? 1440 : 960}>
        {isAdmin && (
          <Paper withBorder p="md">
            <SearchForm
              name="byUser"
              first={user ?? ""}
              isSlash={user === undefined}
              onFind={find}
            />
          </Paper>
        )}
        <Paper withBorder p="md">
          <SearchForm
            name="byGrant"
            first=""
            isSlash={!isAdmin}
            onFind={(grant) => goTo(grantAddress(campaign, grant))}
          />
        </Paper>
        <FindById campaign={campaign} />
      </SimpleGrid>
      {!isAdmin && (
        <Text c="dimmed">
          <FormattedMessage id="grants.viewer" />
        </Text>
      )}
      {isAdmin && user !== undefined && <UserGrants key={user} books={books} user={user} />}
    </Stack>
  );
}
