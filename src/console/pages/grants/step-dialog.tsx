// Asks why, says what follows and of how much money, and only then does it.
import { Button, Group, Stack, Text } from "@mantine/core";
import { type FormEvent, type ReactNode, useState } from "react";
import { FormattedMessage, useIntl } from "react-intl";
import type { AnswerOf, InputOf } from "../../../client/index.ts";
import { client } from "../../client.ts";
import { Dialog } from "../../parts/dialog.tsx";
import { Fixed } from "../../parts/fixed.tsx";
import type { Grant } from "../../parts/grant-badge.tsx";
import { useMoney } from "../../parts/money.tsx";
import { useWish } from "../../parts/use-wish.ts";
import { WishWords } from "../../parts/wish-words.tsx";
import type { Books } from "../../parts/with-books.tsx";
import { isReasoned, type Reason, ReasonFields, reasonInput } from "./reason-fields.tsx";
import { mintId, type StepName } from "./steps.ts";
import { waitingMinor } from "./waiting.ts";

export function StepDialog({
  books,
  one,
  step,
  onAnswer,
  onClose,
}: {
  books: Books;
  one: Grant;
  step: StepName;
  onAnswer: (answer: AnswerOf<"grant.hold">) => void;
  onClose: () => void;
}): ReactNode {
  const intl = useIntl();
  const money = useMoney(books);
  const [id, setId] = useState(() => mintId(step));
  const [reason, setReason] = useState<Reason>({ why: "", evidence: "" });
  const run = useWish(
    (options, asked: InputOf<"grant.hold">) => client.grant[step](asked, options),
    (answer) => {
      onAnswer(answer);
      onClose();
    },
  );
  const change = (next: Reason): void => {
    // Other words are another wish.
    setId(mintId(step));
    setReason(next);
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (!isReasoned(reason)) return;
    run.mutate({ campaign: books.campaign, grant: one.grant, id, ...reasonInput(reason) });
  };
  const waiting = waitingMinor(one);
  const meantMinor = step === "clawback" ? one.spentMinor + waiting : waiting;
  const title = intl.formatMessage({ id: `grants.${step}` });
  const action = intl.formatMessage({ id: `grants.${step}Amount` }, { amount: money(meantMinor) });
  const values = { rest: money(waiting), spent: money(one.spentMinor) };
  return (
    <Dialog title={`${title}: ${one.grant}`} size="lg" onClose={onClose}>
      <form onSubmit={submit}>
        <Stack>
          <Text aria-live="polite">
            <FormattedMessage id={`grants.${step}Why`} values={values} />
          </Text>
          <Fixed isFixed={run.isFixed}>
            <ReasonFields reason={reason} onChange={change} />
          </Fixed>
          <WishWords wish={run} next="wish.stays" />
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              <FormattedMessage id="campaign.cancel" />
            </Button>
            <Button
              type="submit"
              color={step === "clawback" ? "red.9" : "jade.9"}
              loading={run.isPending}
              disabled={!isReasoned(reason)}
            >
              {action}
            </Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  );
}
