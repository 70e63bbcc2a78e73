// What a changed file would do, and the one button that does just that. Whatever was edited since,
// here or by somebody else, takes the button away until it was looked at again.
import { Alert, Button, Group, Stack, Text, Title } from "@mantine/core";
import type { ReactNode } from "react";
import { FormattedMessage } from "react-intl";
import type { AnswerOf } from "../../../client/index.ts";
import type { Wish } from "../../parts/use-wish.ts";
import { useWho } from "../../parts/who.ts";
import type { Books } from "../../parts/with-books.tsx";
import { Effects, isNothing } from "./effects.tsx";
import { Failure } from "./failure.tsx";
import { RevisionWords } from "./last-revision.tsx";
import type { Asked } from "./revise-form.tsx";
import { StatusWords } from "./said.tsx";
import { UnmovedExpiry } from "./unmoved-expiry.tsx";

type Answer = AnswerOf<"campaign.revise">;

export interface Previewed {
  books: Books;
  /** What stands in the form now. */
  asked: Asked;
  isReady: boolean;
  /** What was looked at, and what came. */
  seen: { asked: Asked; answer: Answer };
  apply: Wish<Answer, Asked>;
  onLook: () => void;
  onMove: (offers: readonly string[]) => void;
}

export function RevisionPreview(props: Previewed): ReactNode {
  const { books, asked, seen, apply, onMove } = props;
  const { answer } = seen;
  const isOvertaken = asked.version !== seen.asked.version && !apply.isPending;
  const isEdited = JSON.stringify(asked) !== JSON.stringify(seen.asked);
  return (
    <Stack gap="md" mt="md" aria-live="polite">
      <Title order={2}>
        <FormattedMessage id="revise.would" />
      </Title>
      {isOvertaken && <Overtaken {...props} />}
      {isEdited && !isOvertaken && !apply.isPending && (
        <Alert color="yellow">
          <FormattedMessage id="revise.stale" />
        </Alert>
      )}
      {answer.preview === true ? (
        <>
          <Effects title="revise.would" answer={answer} books={books} />
          <UnmovedExpiry answer={answer} asked={seen.asked} onMove={onMove} />
          {answer.replaces !== undefined && <Replaces replaces={answer.replaces} />}
          <Failure error={apply.error} />
          <Group>
            <Button
              disabled={isEdited || isNothing(answer)}
              loading={apply.isPending}
              onClick={() => apply.mutate(seen.asked)}
            >
              <FormattedMessage id={books.fourEyes ? "revise.propose" : "revise.apply"} />
            </Button>
            {books.fourEyes && (
              <Text size="sm" c="dimmed">
                <FormattedMessage id="revise.fourEyes" />
              </Text>
            )}
          </Group>
        </>
      ) : (
        !isOvertaken && (
          <Alert color="yellow" role="alert">
            <StatusWords answered={answer} />
          </Alert>
        )
      )}
    </Stack>
  );
}

/** Who came first, when and why, and the way on. */
function Overtaken({ books, seen, apply, isReady, onLook }: Previewed): ReactNode {
  const told = [apply.data, seen.answer, books].find((one) => one?.lastRevision !== undefined);
  return (
    <Alert color="yellow" role="alert" title={<FormattedMessage id="revise.overtaken" />}>
      <Stack gap="xs" align="flex-start">
        {told?.lastRevision !== undefined && (
          <RevisionWords
            last={told.lastRevision}
            version={told.version}
            timeZone={books.timeZone}
          />
        )}
        <Text>
          <FormattedMessage id="revise.overtakenNext" />
        </Text>
        <Button variant="default" disabled={!isReady} onClick={onLook}>
          <FormattedMessage id="revise.again" />
        </Button>
      </Stack>
    </Alert>
  );
}

function Replaces({ replaces }: { replaces: NonNullable<Answer["replaces"]> }): ReactNode {
  const who = useWho();
  const { by, why } = replaces;
  return (
    <Alert color="yellow" className="outside">
      <FormattedMessage id="revise.replaces" values={{ why, who: who(by) }} />
    </Alert>
  );
}
