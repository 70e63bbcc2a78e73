// The rules in force as a file, which the editor begins with, and what there is to say of it.
import { Alert, Button, Text } from "@mantine/core";
import { type UseQueryResult, useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { FormattedMessage } from "react-intl";
import type { AnswerOf } from "../../../client/index.ts";
import { client } from "../../client.ts";
import { ProblemTable, type TypedFile } from "../../parts/campaign-file.tsx";
import { FailureWords } from "../../parts/failure-words.tsx";
import type { Books } from "../../parts/with-books.tsx";
import { shownTexts } from "../../shown-text.ts";

export type FileInForce = UseQueryResult<AnswerOf<"campaign.file">>;

export function useFileInForce({ campaign, version }: Books): FileInForce {
  return useQuery({
    queryKey: ["campaign.file", campaign, version],
    queryFn: ({ signal }) => client.campaign.file({ campaign }, { signal }),
    // A version never changes.
    staleTime: Number.POSITIVE_INFINITY,
    refetchOnWindowFocus: false,
  });
}

/** Takes what was typed back. */
export function BackToForce({ file }: { file: TypedFile }): ReactNode {
  if (!file.isTyped) return null;
  return (
    <Button variant="default" onClick={() => file.setYaml(null)}>
      <FormattedMessage id="revise.back" />
    </Button>
  );
}

/** Where the text comes from that stands in the editor, or why there is none. */
export function InForce({ inForce, file }: { inForce: FileInForce; file: TypedFile }): ReactNode {
  const { data, error } = inForce;
  if (data === undefined) {
    if (error === null) return <Quiet id="revise.writing" />;
    return (
      <Alert color="gray">
        <FormattedMessage id="revise.notWritten" values={{ why: <FailureWords error={error} /> }} />
      </Alert>
    );
  }
  const { yaml, problems = [] } = data;
  if (yaml === undefined) {
    return (
      <Alert color="yellow" title={<FormattedMessage id="revise.unwritable" />}>
        <ProblemTable problems={shownTexts(problems)} />
      </Alert>
    );
  }
  return file.isTyped ? null : <Quiet id="revise.written" />;
}

function Quiet({ id }: { id: "revise.writing" | "revise.written" }): ReactNode {
  return (
    <Text size="sm" c="dimmed">
      <FormattedMessage id={id} />
    </Text>
  );
}
