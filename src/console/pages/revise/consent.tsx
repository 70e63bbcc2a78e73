// What a proposal would change by now, and Approve or Reject, which name it by its digest.
import { Alert, Button, Group, Stack, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { FormattedMessage } from "react-intl";
import { client } from "../../client.ts";
import { useTime } from "../../parts/money.tsx";
import { Loaded } from "../../parts/states.tsx";
import { useWish } from "../../parts/use-wish.ts";
import { WishWords } from "../../parts/wish-words.tsx";
import type { Books } from "../../parts/with-books.tsx";
import { Effects, type Foreseen } from "./effects.tsx";
import { Failure } from "./failure.tsx";
import { Reject } from "./reject.tsx";
import { type Answered, StatusWords } from "./said.tsx";
import type { Proposal } from "./waiting-proposal.tsx";

export interface OfProposal {
  books: Books;
  proposal: Proposal;
  /** Another one waits by now. */
  isReplaced: boolean;
  onAnswer: (answered: Answered) => void;
}

export function Consent(props: OfProposal): ReactNode {
  const { campaign } = props.books;
  const { version, digest } = props.proposal;
  const query = useQuery({
    queryKey: ["proposal", campaign, digest],
    queryFn: ({ signal }) => {
      return client.campaign.approve({ campaign, version, digest, preview: true }, { signal });
    },
    // It is drawn for whoever looks, and stays as it is while he reads.
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
    retry: false,
  });
  const isSeen = query.data?.preview === true;
  return (
    <Stack gap="md">
      {query.isError ? (
        <>
          <Failure error={query.error} />
          <Text>
            <FormattedMessage id="revise.tooLate" />
          </Text>
        </>
      ) : (
        <Loaded query={query}>{(answer) => <Seen answer={answer} books={props.books} />}</Loaded>
      )}
      <Buttons {...props} isSeen={isSeen && !query.isError} />
    </Stack>
  );
}

function Seen({ answer, books }: { answer: Foreseen; books: Books }): ReactNode {
  const time = useTime(books.timeZone);
  if (answer.preview !== true) {
    return (
      <Alert color="yellow">
        <StatusWords answered={answer} />
      </Alert>
    );
  }
  return (
    <>
      <Text size="sm" c="dimmed">
        <FormattedMessage id="revise.asOf" values={{ at: time(answer.atMs) }} />
      </Text>
      <Effects title="revise.waits" answer={answer} books={books} />
    </>
  );
}

function Buttons(props: OfProposal & { isSeen: boolean }): ReactNode {
  const { isSeen, isReplaced, onAnswer } = props;
  const [isRejecting, setRejecting] = useState(false);
  const { campaign } = props.books;
  const { version, digest } = props.proposal;
  const approve = useWish(
    (options) => client.campaign.approve({ campaign, version, digest }, options),
    onAnswer,
    { shown: ["campaign", campaign] },
  );
  if (isRejecting) {
    return <Reject {...props} title="revise.reject" onClose={() => setRejecting(false)} />;
  }
  return (
    <>
      <WishWords wish={approve} />
      <Group>
        <Button
          disabled={!isSeen || isReplaced}
          loading={approve.isPending}
          onClick={() => approve.mutate()}
        >
          <FormattedMessage id="revise.approve" />
        </Button>
        <Button variant="default" disabled={isReplaced} onClick={() => setRejecting(true)}>
          <FormattedMessage id="revise.reject" />
        </Button>
      </Group>
    </>
  );
}
