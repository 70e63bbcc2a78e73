// Asks why, names how many grants and how much money, then goes through them and shows how far
// it is.
import { Button, Group, Progress, Stack, Text } from "@mantine/core";
import { type FormEvent, type ReactNode, useRef, useState } from "react";
import { FormattedMessage, useIntl } from "react-intl";
import { client } from "../../client.ts";
import { Dialog } from "../../parts/dialog.tsx";
import { Fixed } from "../../parts/fixed.tsx";
import { instantOf } from "../../parts/local-time.ts";
import { useMoney } from "../../parts/money.tsx";
import { useWish } from "../../parts/use-wish.ts";
import { WishWords } from "../../parts/wish-words.tsx";
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
  onLeft,
  onClose,
}: {
  books: Books;
  preview: Preview;
  step: ActionName;
  onDone: (tally: Tally) => void;
  /** Closed where more may have been done than is known. */
  onLeft: () => void;
  onClose: () => void;
}): ReactNode {
  const intl = useIntl();
  const money = useMoney(books);
  const soFar = useRef<Tally | null>(null);
  /** Each grant is bound to the words of the first attempt. */
  const [isBegun, setBegun] = useState(false);
  const [reason, setReason] = useState<Reason>({ why: "", evidence: "" });
  const [until, setUntil] = useState("");
  const [seen, setSeen] = useState(0);
  const expiresAtMs = instantOf(until, books.timeZone)?.getTime() ?? null;
  const { token, grants } = preview;
  const run = useWish(
    (options) => {
      const end = step === "extend" ? { expiresAtMs: expiresAtMs! } : {};
      const input = { campaign: books.campaign, token, step, ...end, ...reasonInput(reason) };
      const onTally = (tally: Tally): void => {
        setSeen(tally.seen);
        soFar.current = tally;
      };
      return actOnAll(client, input, grants, { options, onTally });
    },
    (tally) => {
      onDone(tally);
      onClose();
    },
    {
      stopped: () => {
        const done = soFar.current?.done ?? 0;
        return intl.formatMessage({ id: "grants.allStopped" }, { done, grants });
      },
    },
  );
  const isPossible = step !== "extend" || canEnd(expiresAtMs, books);
  const isReady = isBegun || (isReasoned(reason) && isPossible);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (!isReady) return;
    setBegun(true);
    run.mutate();
  };
  const close = (): void => {
    run.stop();
    onClose();
    if (run.isFixed) onLeft();
    else if (soFar.current !== null) onDone(soFar.current);
  };
  const touched = touchedBy(step, preview);
  const { amountMinor, spentMinor } = touched;
  const values = {
    ...{ grants: touched.grants, amount: money(amountMinor) },
    ...{ rest: money(amountMinor - spentMinor), spent: money(spentMinor) },
  };
  const title = `${intl.formatMessage({ id: `grants.${step}` })}: ${books.title}`;
  return (
    <Dialog title={title} size="lg" onClose={close}>
      <form onSubmit={submit}>
        <Stack>
          <Text>
            <FormattedMessage
              id={step === "clawback" ? "grants.clawbackWhy" : `grants.all.${step}`}
              values={values}
            />
          </Text>
          <Fixed isFixed={isBegun}>
            {step === "extend" && <UntilField books={books} value={until} onChange={setUntil} />}
            <ReasonFields reason={reason} onChange={setReason} />
          </Fixed>
          {run.isPending && (
            <Progress
              value={(100 * seen) / grants}
              aria-label={intl.formatMessage({ id: "grants.allSeen" }, { seen, grants })}
            />
          )}
          {/* Whoever sees it go on does not wonder. */}
          <WishWords key={seen} wish={run} />
          {isBegun && !run.isPending && (
            <Text size="sm">
              <FormattedMessage id="grants.allBegun" />
            </Text>
          )}
          <Group justify="flex-end">
            <Button variant="default" onClick={close}>
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
function canEnd(expiresAtMs: number | null, { closesAtMs }: Books): boolean {
  return expiresAtMs !== null && expiresAtMs > 0 && expiresAtMs <= closesAtMs;
}
