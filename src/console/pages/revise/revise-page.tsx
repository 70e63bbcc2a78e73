// Changing a campaign that lives: what waits for consent, the changed file with its preview, and
// who revised it last.
import { Alert, Stack, Text, Title } from "@mantine/core";
import { type ReactNode, useState } from "react";
import { FormattedMessage } from "react-intl";
import { CampaignTrail } from "../../parts/campaign-trail.tsx";
import { EnglishNote } from "../../parts/english-note.tsx";
import { type Books, WithBooks } from "../../parts/with-books.tsx";
import { useIsAdmin } from "../../session/session.ts";
import { LastRevision } from "./last-revision.tsx";
import { ReviseForm } from "./revise-form.tsx";
import { type Answered, Said } from "./said.tsx";
import { WaitingProposal } from "./waiting-proposal.tsx";

export function RevisePage({ campaign }: { campaign: string }): ReactNode {
  return (
    <WithBooks campaign={campaign}>{(books) => <Revise key={campaign} books={books} />}</WithBooks>
  );
}

function Revise({ books }: { books: Books }): ReactNode {
  const isAdmin = useIsAdmin();
  const [answered, setAnswered] = useState<Answered | null>(null);
  const { version, phase, proposal } = books;
  return (
    <Stack gap="xl" maw={960}>
      <Stack gap="xs">
        <CampaignTrail books={books} />
        <Title order={1}>
          <FormattedMessage id="revise.title" />
        </Title>
        <Text>
          <FormattedMessage id="revise.sentence" values={{ version }} />
        </Text>
        <EnglishNote />
      </Stack>
      {answered !== null && <Said key={answered.atMs} answered={answered} />}
      {!isAdmin && (
        <Alert color="gray">
          <FormattedMessage id="revise.viewer" />
        </Alert>
      )}
      {proposal !== undefined && (
        <WaitingProposal books={books} proposal={proposal} onAnswer={setAnswered} />
      )}
      {isAdmin && phase === "closed" && (
        <Alert color="gray">
          <FormattedMessage id="revise.closed" />
        </Alert>
      )}
      {isAdmin && phase !== "closed" && <ReviseForm books={books} onAnswer={setAnswered} />}
      <LastRevision books={books} />
    </Stack>
  );
}
