// Pause, resume, end, close: each says what follows and asks once more.
import { Button, Group, Stack, Text } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { type ReactNode, useState } from "react";
import { FormattedMessage, useIntl } from "react-intl";
import { client } from "../client.ts";
import { Dialog } from "../parts/dialog.tsx";
import { useMoney, useTime } from "../parts/money.tsx";
import type { Phase } from "../parts/phase-badge.tsx";
import { useRulesInForce } from "../parts/rules-in-force.ts";
import { useWish } from "../parts/use-wish.ts";
import { WishWords } from "../parts/wish-words.tsx";
import type { Books } from "../parts/with-books.tsx";
import type { WordName } from "../words/words.ts";

type Action = "pause" | "resume" | "end" | "close";

const POSSIBLE: Readonly<Record<Phase, readonly Action[]>> = {
  scheduled: ["pause", "end"],
  open: ["pause", "end"],
  paused: ["resume", "end"],
  settling: ["close"],
  closed: [],
};

export function CampaignActions({ books }: { books: Books }): ReactNode {
  const [asked, setAsked] = useState<Action | null>(null);
  return (
    <Group gap="xs">
      {POSSIBLE[books.phase].map((action) => (
        <Button key={action} size="xs" variant="default" onClick={() => setAsked(action)}>
          <FormattedMessage id={`campaign.${action}`} />
        </Button>
      ))}
      {asked !== null && <Confirm books={books} action={asked} onClose={() => setAsked(null)} />}
    </Group>
  );
}

function Confirm({
  books,
  action,
  onClose,
}: {
  books: Books;
  action: Action;
  onClose: () => void;
}): ReactNode {
  const intl = useIntl();
  const { campaign } = books;
  const time = useTime(books.timeZone);
  const run = useWish(
    (options) => client.campaign[action]({ campaign }, options),
    ({ status, atMs, retryAtMs }) => {
      const did = `campaign.did.${action}` as const;
      const id = status === "ok" ? did : (`campaign.said.${status}` as WordName);
      notifications.show({
        ...(status !== "ok" && { color: "yellow" }),
        message:
          id in intl.messages
            ? intl.formatMessage({ id }, { at: time(retryAtMs ?? atMs) })
            : status,
      });
      onClose();
    },
  );
  const isEarly = action === "close" && outMinor(books) > 0;
  const title = intl.formatMessage({ id: `campaign.${action}` });
  return (
    <Dialog title={`${title}: ${campaign}`} onClose={onClose}>
      <Stack>
        {isEarly ? (
          <Early books={books} />
        ) : (
          <>
            <Text>
              <FormattedMessage id={`campaign.${action}Why`} />
            </Text>
            <InNumbers books={books} action={action} />
          </>
        )}
        <WishWords wish={run} />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose} data-autofocus>
            <FormattedMessage id="campaign.cancel" />
          </Button>
          {!isEarly && (
            <Button
              color={action === "resume" ? "jade.9" : "red.9"}
              loading={run.isPending}
              onClick={() => run.mutate()}
            >
              <FormattedMessage id={`campaign.sure.${action}`} />
            </Button>
          )}
        </Group>
      </Stack>
    </Dialog>
  );
}

/** As the books are now: they are asked for each second. */
function InNumbers({ books, action }: { books: Books; action: Action }): ReactNode {
  const money = useMoney(books);
  const time = useTime(books.timeZone);
  const values = {
    spent: money(books.spentMinor),
    budget: money(books.budgetMinor),
    free: money(books.freeMinor),
    reserved: money(books.reservedMinor),
    ends: time(books.endsAtMs),
    zone: books.timeZone,
  };
  return (
    <Text>
      <FormattedMessage id={`campaign.${action}More`} values={values} />
    </Text>
  );
}

/** While it is not nothing, no campaign closes. */
function outMinor({ reservedMinor, settlingMinor }: Books): number {
  return reservedMinor + settlingMinor;
}

/** Why it does not close yet, and from when on it does: the server would refuse it until then. */
function Early({ books }: { books: Books }): ReactNode {
  const money = useMoney(books);
  const time = useTime(books.timeZone);
  const { data } = useRulesInForce(books);
  const values = { reserved: money(books.reservedMinor), settling: money(books.settlingMinor) };
  return (
    <>
      <Text>
        <FormattedMessage id="campaign.closeEarly" values={values} />
      </Text>
      <Text mih="1.5em">
        {data !== undefined && (
          <FormattedMessage
            id="campaign.closeLatest"
            values={{ latest: time(data.closesAtMs + data.settlingLagMs), zone: books.timeZone }}
          />
        )}
      </Text>
    </>
  );
}
