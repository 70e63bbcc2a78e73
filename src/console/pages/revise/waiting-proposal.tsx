// A revision that waits for a second person: who asks, why, what it would change, and the consent
// to just that. If another one takes its place meanwhile, nobody consents to what he has not seen.
import { Alert, Button, Code, Group, Stack, Text, Title } from "@mantine/core";
import { type ReactNode, useState } from "react";
import { FormattedMessage } from "react-intl";
import { useWho } from "../../parts/who.ts";
import type { Books } from "../../parts/with-books.tsx";
import { useIsAdmin, useSession } from "../../session/session.ts";
import { Consent, type OfProposal } from "./consent.tsx";
import { Reason } from "./last-revision.tsx";
import { Reject } from "./reject.tsx";
import type { Answered } from "./said.tsx";

export type Proposal = NonNullable<Books["proposal"]>;

export function WaitingProposal({
  books,
  proposal,
  onAnswer,
}: {
  books: Books;
  proposal: Proposal;
  onAnswer: (answered: Answered) => void;
}): ReactNode {
  const isAdmin = useIsAdmin();
  const { key } = useSession();
  const [seen, setSeen] = useState(proposal);
  const isReplaced = seen.digest !== proposal.digest;
  const isOwn = seen.by === key.key;
  return (
    <Stack gap="md">
      <Title order={2}>
        <FormattedMessage id="revise.waits" />
      </Title>
      <ProposalWords proposal={seen} />
      {isReplaced && <Replaced by={proposal} onLook={() => setSeen(proposal)} />}
      {isAdmin && isOwn && <Own {...{ books, isReplaced, onAnswer }} proposal={seen} />}
      {isAdmin && !isOwn && (
        <Consent key={seen.digest} {...{ books, isReplaced, onAnswer }} proposal={seen} />
      )}
    </Stack>
  );
}

/** Whoever made it cannot consent to it, but may take it back. */
function Own(props: OfProposal): ReactNode {
  const [isAsked, setAsked] = useState(false);
  return (
    <Stack gap="sm" align="flex-start">
      <Text>
        <FormattedMessage id="revise.own" />
      </Text>
      {isAsked ? (
        <Reject {...props} title="revise.takeBack" onClose={() => setAsked(false)} />
      ) : (
        <Button variant="default" disabled={props.isReplaced} onClick={() => setAsked(true)}>
          <FormattedMessage id="revise.takeBack" />
        </Button>
      )}
    </Stack>
  );
}

function ProposalWords({ proposal }: { proposal: Proposal }): ReactNode {
  const who = useWho();
  const { by, why, version, digest } = proposal;
  return (
    <Stack gap={2} className="outside">
      <Text>
        <FormattedMessage id="revise.proposedBy" values={{ who: who(by), version }} />
      </Text>
      <Reason why={why} />
      <Text size="xs" c="dimmed">
        <FormattedMessage id="revise.digest" /> <Code>{digest}</Code>
      </Text>
    </Stack>
  );
}

function Replaced({ by, onLook }: { by: Proposal; onLook: () => void }): ReactNode {
  return (
    <Alert color="yellow" role="alert" title={<FormattedMessage id="revise.replaced" />}>
      <Stack gap="sm" align="flex-start">
        <ProposalWords proposal={by} />
        <Group>
          <Button variant="default" onClick={onLook}>
            <FormattedMessage id="revise.lookAtIt" />
          </Button>
        </Group>
      </Stack>
    </Alert>
  );
}
