// Finding a grant by an id that it goes by elsewhere: a claim's, an order's, a hold's.
import { Alert, Paper, Stack } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { FormattedMessage } from "react-intl";
import { useLocation } from "wouter";
import { client } from "../../client.ts";
import { FailureWords } from "../../parts/failure-words.tsx";
import { grantAddress } from "./addresses.ts";
import { SearchForm } from "./search-form.tsx";

export function FindById({ campaign }: { campaign: string }): ReactNode {
  const [, goTo] = useLocation();
  const found = useMutation({
    mutationFn: (id: string) => client.grant.find({ campaign, id }),
    onSuccess: ({ grant }) => {
      if (grant !== undefined) goTo(grantAddress(campaign, grant));
    },
    // Orders may be persons: what was typed goes with the page.
    gcTime: 0,
  });
  return (
    <Paper withBorder p="md">
      <Stack gap="sm">
        <SearchForm name="byId" first="" isSlash={false} onFind={(id) => found.mutate(id)} />
        {found.isError && (
          <Alert color="red" role="alert">
            <FailureWords error={found.error} />
          </Alert>
        )}
        {found.data !== undefined && found.data.grant === undefined && (
          <Alert color="yellow" role="status">
            <FormattedMessage id={`grants.id.${wordOf(found.data.use)}`} />
          </Alert>
        )}
      </Stack>
    </Paper>
  );
}

/** What is to be said where an id leads to no grant. */
function wordOf(use: string | null | undefined): "unused" | "withheld" | "other" {
  if (use === null || use === undefined) return "unused";
  return use === "claim_withheld" ? "withheld" : "other";
}
