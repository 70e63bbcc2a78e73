// Grants found by what they have in common, as they are now, and what is then done to exactly
// those.
import { Alert, Anchor, Stack, Text, Title } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { type ReactNode, useEffect, useState } from "react";
import { FormattedMessage } from "react-intl";
import { Link, useSearchParams } from "wouter";
import { client } from "../../client.ts";
import { CampaignTrail } from "../../parts/campaign-trail.tsx";
import { FailureWords } from "../../parts/failure-words.tsx";
import { type Books, WithBooks } from "../../parts/with-books.tsx";
import { useIsAdmin } from "../../session/session.ts";
import { grantsAddress } from "../grants/addresses.ts";
import { addressOf, type Fields, type Filter, fieldsIn, filterOf } from "./filter.ts";
import { FilterForm } from "./filter-form.tsx";
import { Found } from "./found.tsx";
import { previewOf } from "./preview.ts";
import { SuspectActions } from "./suspect-actions.tsx";

export function SuspectsPage({ campaign }: { campaign: string }): ReactNode {
  return <WithBooks campaign={campaign}>{(books) => <Search books={books} />}</WithBooks>;
}

function Search({ books }: { books: Books }): ReactNode {
  const { campaign } = books;
  const isAdmin = useIsAdmin();
  const find = useMutation({
    mutationFn: (where: Filter) => client.suspects.find({ campaign, where }),
  });
  const [search, setSearch] = useSearchParams();
  const [first] = useState(() => fieldsIn(search, books));
  const { mutate } = find;
  useEffect(() => {
    // Whoever was sent the address sees what was found, by what it says.
    if (Object.keys(addressOf(first)).length > 0) mutate(filterOf(first));
  }, [first, mutate]);
  const look = (fields: Fields): void => {
    setSearch(addressOf(fields), { replace: true });
    mutate(filterOf(fields));
  };
  const preview = find.data === undefined ? null : previewOf(find.data);
  return (
    <Stack gap="lg">
      <Stack gap="xs">
        <CampaignTrail books={books}>
          <Anchor component={Link} href={grantsAddress(campaign)} size="sm" underline="always">
            <FormattedMessage id="grants.title" />
          </Anchor>
        </CampaignTrail>
        <Title order={1}>
          <FormattedMessage id="grants.suspects" />
        </Title>
        <Text>
          <FormattedMessage id="grants.suspectsHow" />
        </Text>
      </Stack>
      <FilterForm books={books} first={first} isBusy={find.isPending} onFind={look} />
      {find.isError && (
        <Alert color="red" role="alert">
          <FailureWords error={find.error} />
        </Alert>
      )}
      {preview !== null && (
        <Stack gap="lg" component="section" aria-live="polite">
          <Found books={books} preview={preview}>
            {isAdmin && <SuspectActions key={preview.token} books={books} preview={preview} />}
          </Found>
        </Stack>
      )}
    </Stack>
  );
}
