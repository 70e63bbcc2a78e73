// Asks why, names how many grants and how much money, then goes through them and shows how far
// it is.
import { Alert, Button, Group, Progress, Stack, Text } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, type ReactNode, useRef, useState } from "react";
import { FormattedMessage, useIntl } from "react-intl";
import { client } from "../../client.ts";
import { Dialog } from "../../parts/dialog.tsx";
import { FailureWords } from "../../parts/failure-words.tsx";
import { instantOf } from "../../parts/local-time.ts";
import { useMoney } from "../../parts/money.tsx";
import type { Books } from "../../parts/with-books.tsx";
import { isReasoned, type Reason, ReasonFields, reasonInput } from "../grants/reason-fields.tsx";
import type { ActionName } from "../grants/steps.ts";
import { UntilField } from "../grants/until-field.tsx";
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
  step: ActionName;
  onDone: (tally: Tally) => void;
  onClose: () => void;
}): ReactNode {
  const intl = useIntl();
  const queries = useQueryClient();
  const money = useMoney(books);
  const isStopped = useRef(false);
  const [reason, setReason] = useState<Reason>({ why: "", evidence: "" });
  const [until, setUntil] = useState("");
  const [seen, setSeen] = useState(0);
  const expiresAtMs = instantOf(until, books.timeZone)?.getTime() ?? null;
  const { token, grants } = preview;
  const run = useMutation({
    mutationFn: () => {
      const end = step === "extend" ? { expiresAtMs: expiresAtMs! } : {};
      const input = { campaign: books.campaign, token, step, ...end, ...reasonInput(reason) };
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
  const isReady = isReasoned(reason) && (step !== "extend" || isPossible(expiresAtMs, books));
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (isReady) run.mutate();
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
          {step === "extend" && <UntilField books={books} value={until} onChange={setUntil} />}
          <ReasonFields reason={reason} onChange={setReason} />
          {run.isPending && (
            <Progress
              value={(100 * seen) / grants}
              aria-label={intl.formatMessage({ id: "grants.allSeen" }, { seen, grants })}
            />
          )}
          {run.isError && (
            <Alert color="red" role="alert">
              <FailureWords error={run.error} /> <FormattedMessage id="grants.repeat" />
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
              disabled={!isReady}
            >
              <FormattedMessage id={`grants.${step}All`} values={values} />
            </Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  );
}

/** Whether it can be an expiry at all; for which grants it is a later one, the server says. */
function isPossible(expiresAtMs: number | null, { closesAtMs }: Books): boolean {
  return expiresAtMs !== null && expiresAtMs > 0 && expiresAtMs <= closesAtMs;
}
