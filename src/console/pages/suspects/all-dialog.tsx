// Asks why, names how many grants and how much money, then goes through them and shows how far
// it is.
import { Alert, Button, Group, Progress, Stack, Text } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, type ReactNode, useRef, useState } from "react";
import { FormattedMessage, useIntl } from "react-intl";
import { client, failureText } from "../../client.ts";
import { Dialog } from "../../parts/dialog.tsx";
import { useMoney } from "../../parts/money.tsx";
import type { Books } from "../../parts/with-books.tsx";
import { isReasoned, type Reason, ReasonFields } from "../grants/reason-fields.tsx";
import type { StepName } from "../grants/steps.ts";
import { actOnAll, type Tally } from "./act-on-all.ts";
import { type Preview, touchedBy } from "./preview.ts";

export function AllDialog({
  books,
  preview,
  step,
  onDone,
  onClose,
}: {
  books: Books;
  preview: Preview;
  step: StepName;
  onDone: (tally: Tally) => void;
  onClose: () => void;
}): ReactNode {
  const intl = useIntl();
  const queries = useQueryClient();
  const money = useMoney(books);
  const isStopped = useRef(false);
  const [reason, setReason] = useState<Reason>({ why: "", evidence: "" });
  const [seen, setSeen] = useState(0);
  const { token, grants } = preview;
  const run = useMutation({
    mutationFn: () => {
      const why = reason.why.trim();
      const shown = reason.evidence.trim();
      const evidence = shown === "" ? {} : { evidence: shown };
      const input = { campaign: books.campaign, token, step, why, ...evidence };
      return actOnAll(client, input, grants, {
        onTally: (tally) => setSeen(tally.seen),
        isStopped: () => isStopped.current,
      });
    },
    onSuccess: (tally) => {
      onDone(tally);
      onClose();
      return queries.invalidateQueries();
    },
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (isReasoned(reason)) run.mutate();
  };
  const stop = (): void => {
    if (run.isPending) isStopped.current = true;
    else onClose();
  };
  const touched = touchedBy(step, preview);
  const values = { grants: touched.grants, amount: money(touched.amountMinor) };
  const title = `${intl.formatMessage({ id: `grants.${step}` })}: ${books.title}`;
  return (
    <Dialog title={title} size="lg" onClose={stop}>
      <form onSubmit={submit}>
        <Stack>
          <Text>
            <FormattedMessage id={`grants.all.${step}`} values={values} />
          </Text>
          <ReasonFields reason={reason} onChange={setReason} />
          {run.isPending && (
            <Progress
              value={(100 * seen) / grants}
              aria-label={intl.formatMessage({ id: "grants.allSeen" }, { seen, grants })}
            />
          )}
          {run.isError && (
            <Alert color="red" role="alert">
              {failureText(run.error)} <FormattedMessage id="grants.repeat" />
            </Alert>
          )}
          <Group justify="flex-end">
            <Button variant="default" onClick={stop}>
              <FormattedMessage id={run.isPending ? "grants.stop" : "campaign.cancel"} />
            </Button>
            <Button
              type="submit"
              color={step === "clawback" ? "red.9" : "jade.9"}
              loading={run.isPending}
              disabled={!isReasoned(reason)}
            >
              <FormattedMessage id={`grants.${step}All`} values={values} />
            </Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  );
}
