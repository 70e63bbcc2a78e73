// Books money with a grant that is over: how much, why, what follows, and only then does it.
import { Button, Group, Stack, Text } from "@mantine/core";
import { type FormEvent, type ReactNode, useState } from "react";
import { FormattedMessage, useIntl } from "react-intl";
import { client } from "../../client.ts";
import { Dialog } from "../../parts/dialog.tsx";
import { Fixed } from "../../parts/fixed.tsx";
import type { Grant } from "../../parts/grant-badge.tsx";
import { instantOf } from "../../parts/local-time.ts";
import { useMoney } from "../../parts/money.tsx";
import { decimalMark, readMinor } from "../../parts/typed-number.ts";
import { useWish } from "../../parts/use-wish.ts";
import { WishWords } from "../../parts/wish-words.tsx";
import type { Books } from "../../parts/with-books.tsx";
import { BookingFields, type Fields, NO_FIELDS } from "./booking-fields.tsx";
import { type Booking, type BookingAnswer, type BookingName, book, mostMinor } from "./bookings.ts";
import { isReasoned, type Reason, ReasonFields } from "./reason-fields.tsx";
import { mintId } from "./steps.ts";

export function BookingDialog({
  books,
  one,
  name,
  onAnswer,
  onClose,
}: {
  books: Books;
  one: Grant;
  name: BookingName;
  onAnswer: (answer: BookingAnswer, id: string) => void;
  onClose: () => void;
}): ReactNode {
  const intl = useIntl();
  const money = useMoney(books);
  const [minted, setMinted] = useState(() => mintId(name));
  const [fields, setFields] = useState<Fields>(NO_FIELDS);
  const [reason, setReason] = useState<Reason>({ why: "", evidence: "" });
  const amountMinor = readMinor(fields.amount, books.decimals, decimalMark(intl.locale)) ?? 0;
  const paidAtMs = instantOf(fields.paidAt, books.timeZone)?.getTime() ?? Number.NaN;
  const run = useWish(
    (options, asked: Booking) => book(client, asked, options),
    (answer, { id }) => {
      onAnswer(answer, id);
      onClose();
    },
  );
  const isAmount = amountMinor > 0 && amountMinor <= mostMinor(name, one);
  const isWhole =
    name === "uncover"
      ? fields.cover.trim() !== ""
      : isAmount && (name === "repay" || !Number.isNaN(paidAtMs));
  // What may have been done already can be sent again whatever the grant looks like by now.
  const isReady = run.isFixed || (isWhole && isReasoned(reason));
  const change = (next: () => void): void => {
    // Other words are another wish.
    setMinted(mintId(name));
    next();
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (!isReady) return;
    const { campaign } = books;
    const { merchant, separate, cover } = fields;
    const id = fields.id.trim() === "" ? minted : fields.id.trim();
    const about = { name, campaign, grant: one.grant, id, amountMinor, paidAtMs };
    run.mutate({ ...about, merchant, separate, cover, ...reason });
  };
  const title = `${intl.formatMessage({ id: `booking.${name}` })}: ${one.grant}`;
  return (
    <Dialog title={title} size="lg" onClose={onClose}>
      <form onSubmit={submit}>
        <Stack>
          <Text>
            <FormattedMessage
              id={`booking.${name}Why`}
              values={{ owed: money(one.owedMinor ?? 0) }}
            />
          </Text>
          {name === "cover" && <Line books={books} />}
          <Fixed isFixed={run.isFixed}>
            <BookingFields
              books={books}
              one={one}
              name={name}
              fields={fields}
              onChange={(next) => change(() => setFields(next))}
            />
            <ReasonFields reason={reason} onChange={(next) => change(() => setReason(next))} />
          </Fixed>
          {isAmount && <After books={books} one={one} name={name} amountMinor={amountMinor} />}
          <WishWords wish={run} next="wish.stays" />
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              <FormattedMessage id="campaign.cancel" />
            </Button>
            <Button type="submit" loading={run.isPending} disabled={!isReady}>
              <FormattedMessage
                id={`booking.sure.${name}`}
                values={{ amount: money(amountMinor) }}
              />
            </Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  );
}

function leftOf({ contingency }: Books): number {
  return Math.max(0, contingency.limitMinor - contingency.usedMinor);
}

function Line({ books }: { books: Books }): ReactNode {
  const money = useMoney(books);
  const { limitMinor } = books.contingency;
  return (
    <Text size="sm">
      <FormattedMessage
        id={limitMinor === 0 ? "booking.coverNoLine" : "booking.coverLine"}
        values={{ left: money(leftOf(books)), limit: money(limitMinor) }}
      />
    </Text>
  );
}

/** What will follow, as far as it can be told before. */
function After({
  books,
  one,
  name,
  amountMinor,
}: {
  books: Books;
  one: Grant;
  name: BookingName;
  amountMinor: number;
}): ReactNode {
  const money = useMoney(books);
  if (name === "uncover") return null;
  const bornMinor = Math.min(amountMinor, leftOf(books));
  const values = {
    left: money((one.owedMinor ?? 0) - amountMinor),
    borne: money(bornMinor),
    lost: money(amountMinor - bornMinor),
  };
  return (
    <Text role="status">
      <FormattedMessage id={`booking.after.${name}`} values={values} />
    </Text>
  );
}
