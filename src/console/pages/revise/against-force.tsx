// In what a text that somebody typed or chose differs from what is in force: whoever begins with an
// old file of his own is told what it would undo, before he asks for anything.
import { Stack, Text } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { FormattedMessage, useIntl } from "react-intl";
import { client } from "../../client.ts";
import type { TypedFile } from "../../parts/campaign-file.tsx";
import type { Books } from "../../parts/with-books.tsx";
import { Changes } from "./effects.tsx";

/** After which nobody types any more: it is the same work for the server as a preview. */
const STILL_MS = 600;

export function AgainstForce({ books, file }: { books: Books; file: TypedFile }): ReactNode {
  const [still] = useDebouncedValue(file.yaml, STILL_MS);
  const isStill = still === file.yaml;
  return file.isTyped && file.isValid && isStill ? <Against books={books} yaml={still} /> : null;
}

function Against({ books, yaml }: { books: Books; yaml: string }): ReactNode {
  const intl = useIntl();
  const { campaign, version } = books;
  const label = intl.formatMessage({ id: "revise.differsIn" });
  const { data, isError } = useQuery({
    queryKey: ["revise", "against", campaign, version, yaml],
    queryFn: ({ signal }) => {
      // A look, of which the journal gets nothing: the reason is for nobody.
      const asked = { campaign, yaml, version: version + 1, why: "-", preview: true };
      return client.campaign.revise(asked, { signal });
    },
    staleTime: Number.POSITIVE_INFINITY,
    refetchOnWindowFocus: false,
    retry: false,
  });
  if (isError) return <Sentence id="revise.cannotAsItStands" />;
  if (data?.changes === undefined) return null;
  if (data.changes.length === 0) return <Sentence id="revise.inForce" />;
  return (
    <Stack gap="xs">
      <Text size="sm">
        <FormattedMessage id="revise.differs" values={{ count: data.changes.length }} />
      </Text>
      <details>
        <summary>
          <FormattedMessage id="revise.differsIn" />
        </summary>
        <Changes {...{ label, books }} changes={data.changes} />
      </details>
    </Stack>
  );
}

function Sentence({ id }: { id: "revise.cannotAsItStands" | "revise.inForce" }): ReactNode {
  return (
    <Text size="sm" c="dimmed">
      <FormattedMessage id={id} />
    </Text>
  );
}
