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
import type { Tally } from "./act-on-all.ts";
import { addressOf, type Fields, type Filter, fieldsIn, filterOf } from "./filter.ts";
import { FilterForm } from "./filter-form.tsx";
import { Found } from "./found.tsx";
import { type Preview, previewOf } from "./preview.ts";
import { ActResult, SuspectActions } from "./suspect-actions.tsx";

export function SuspectsPage({ campaign }: { campaign: string }): ReactNode {
  return <WithBooks campaign={campaign}>{(books) => <Search books={books} />}</WithBooks>;
}

function Search({ books }: { books: Books }): ReactNode {
  const { campaign } = books;
  const isAdmin = useIsAdmin();
  const find = useMutation({
    mutationFn: (where: Filter) => client.suspects.find({ campaign, where }),
    onSuccess: (answer) => setPreview(previewOf(answer)),
    onError: () => setPreview(null),
  });
  const [preview, setPreview] = useState<Preview | null>(null);
  const [tally, setTally] = useState<Tally | null>(null);
  const [search, setSearch] = useSearchParams();
  const [first] = useState(() => fieldsIn(search, books));
  const { mutate } = find;
  useEffect(() => {
    // Whoever was sent the address sees what was found, by what it says.
    if (Object.keys(addressOf(first)).length > 0) mutate(filterOf(first));
  }, [first, mutate]);
  const look = (fields: Fields): void => {
    setSearch(addressOf(fields), { replace: true });
    setPreview(null);
    setTally(null);
    mutate(filterOf(fields));
  };
  /** What was done to them shows in what is found now, which is also all that can be acted upon. */
  const findAgain = (): void => {
    if (find.variables !== undefined) mutate(find.variables);
  };
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
      {tally !== null && <ActResult books={books} tally={tally} />}
      {preview !== null && (
        <Stack gap="lg" component="section" aria-live="polite">
          <Found books={books} preview={preview}>
            {isAdmin && (
              <SuspectActions
                key={preview.token}
                {...{ books, preview, isFinding: find.isPending, onLeft: findAgain }}
                onDone={(done) => {
                  setTally(done);
                  findAgain();
                }}
              />
            )}
          </Found>
        </Stack>
      )}
    </Stack>
  );
}
