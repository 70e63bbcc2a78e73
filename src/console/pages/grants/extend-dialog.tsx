// Moves the expiry of one grant further away: until when, why, what follows by the server's own
// preview, and only then does it.
import { Alert, Anchor, Button, Group, Stack, Text } from "@mantine/core";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { type FormEvent, type ReactNode, useState } from "react";
import { FormattedMessage, useIntl } from "react-intl";
import { Link } from "wouter";
import type { AnswerOf, InputOf } from "../../../client/index.ts";
import { client } from "../../client.ts";
import { Dialog } from "../../parts/dialog.tsx";
import { FailureWords } from "../../parts/failure-words.tsx";
import { Fixed } from "../../parts/fixed.tsx";
import type { Grant } from "../../parts/grant-badge.tsx";
import { instantOf, localText } from "../../parts/local-time.ts";
import { useMoney, useTime } from "../../parts/money.tsx";
import { useWish } from "../../parts/use-wish.ts";
import { WishWords } from "../../parts/wish-words.tsx";
import type { Books } from "../../parts/with-books.tsx";
import { reviseAddress } from "./addresses.ts";
import { isReasoned, type Reason, ReasonFields, reasonInput } from "./reason-fields.tsx";
import { StepResult } from "./step-result.tsx";
import { mintId } from "./steps.ts";
import { UntilField } from "./until-field.tsx";
import { waitingMinor } from "./waiting.ts";

type Answer = AnswerOf<"grant.extend">;

const DAY_MS = 86_400_000;
/** A preview changes nothing and keeps no reason, but is held to the same shape. */
const PREVIEW = { why: "preview", preview: true } as const;

export function ExtendDialog({
  books,
  one,
  onAnswer,
  onClose,
}: {
  books: Books;
  one: Grant;
  onAnswer: (answer: Answer) => void;
  onClose: () => void;
}): ReactNode {
  const about = { campaign: books.campaign, grant: one.grant };
  const [id, setId] = useState(() => mintId("extend"));
  const [until, setUntil] = useState(() => aDayLater(books, one));
  const [reason, setReason] = useState<Reason>({ why: "", evidence: "" });
  const expiresAtMs = instantOf(until, books.timeZone)?.getTime() ?? null;
  const preview = useQuery({
    queryKey: ["grants.extend", about, expiresAtMs],
    // Of its own: one id for all previews could be bound by somebody, and then none would answer.
    queryFn: () => {
      const once = { ...PREVIEW, id: mintId("preview") };
      return client.grant.extend({ ...about, ...once, expiresAtMs: expiresAtMs! });
    },
    enabled: expiresAtMs !== null && expiresAtMs > 0,
    placeholderData: keepPreviousData,
  });
  const run = useWish(
    (options, asked: InputOf<"grant.extend">) => client.grant.extend(asked, options),
    (answer) => {
      onAnswer(answer);
      onClose();
    },
  );
  const isPossible = preview.data?.status === "extended" && !preview.isPlaceholderData;
  // What may have been done already can be sent again whatever the preview says by now.
  const isReady = run.isFixed || (isPossible && isReasoned(reason));
  const change = (next: () => void): void => {
    // Other words are another wish.
    setId(mintId("extend"));
    next();
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (isReady) run.mutate({ ...about, id, expiresAtMs: expiresAtMs!, ...reasonInput(reason) });
  };
  return (
    <ExtendForm books={books} one={one} onClose={onClose} onSubmit={submit}>
      <Fixed isFixed={run.isFixed}>
        <UntilField books={books} value={until} onChange={(next) => change(() => setUntil(next))} />
        {preview.data !== undefined && expiresAtMs !== null && (
          <Preview books={books} one={one} answer={preview.data} />
        )}
        <ReasonFields reason={reason} onChange={(next) => change(() => setReason(next))} />
      </Fixed>
      {preview.isError && (
        <Alert color="red" role="alert">
          <FailureWords error={preview.error} />
        </Alert>
      )}
      <WishWords wish={run} next="wish.stays" />
      <Group justify="flex-end">
        <Button variant="default" onClick={onClose}>
          <FormattedMessage id="campaign.cancel" />
        </Button>
        <Button type="submit" color="jade.9" loading={run.isPending} disabled={!isReady}>
          <FormattedMessage id="grants.extendSure" />
        </Button>
      </Group>
    </ExtendForm>
  );
}

/** What is offered at first: a day more; nothing where the clock stands, or no day is left. */
function aDayLater({ timeZone, closesAtMs }: Books, { state, expiresAtMs }: Grant): string {
  const untilMs = Math.min(expiresAtMs + DAY_MS, closesAtMs);
  return state === "reserved" && untilMs > expiresAtMs ? localText(untilMs, timeZone) : "";
}

function ExtendForm({
  books,
  one,
  onClose,
  onSubmit,
  children,
}: {
  books: Books;
  one: Grant;
  onClose: () => void;
  onSubmit: (event: FormEvent) => void;
  children: ReactNode;
}): ReactNode {
  const intl = useIntl();
  const title = `${intl.formatMessage({ id: "grants.extend" })}: ${one.grant}`;
  return (
    <Dialog title={title} size="lg" onClose={onClose}>
      <form onSubmit={onSubmit}>
        <Stack>
          <Text>
            <FormattedMessage
              id={one.state === "held" ? "grants.extendHeldWhy" : "grants.extendWhy"}
            />{" "}
            <Anchor
              component={Link}
              href={reviseAddress(books.campaign)}
              underline="always"
              inherit
            >
              <FormattedMessage id="grants.extendOffer" />
            </Anchor>
          </Text>
          {children}
        </Stack>
      </form>
    </Dialog>
  );
}

function Preview({ books, one, answer }: { books: Books; one: Grant; answer: Answer }): ReactNode {
  const time = useTime(books.timeZone);
  const money = useMoney(books);
  const { status, beforeMs = 0, expiresAtMs = 0 } = answer;
  if (status !== "extended") return <StepResult books={books} answer={answer} />;
  const values = { from: time(beforeMs), until: time(expiresAtMs), rest: money(waitingMinor(one)) };
  return (
    <Alert role="status" color="jade">
      <FormattedMessage id="grants.extendPreview" values={values} />
    </Alert>
  );
}
