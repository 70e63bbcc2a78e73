// What came of money that was booked.
import { Alert } from "@mantine/core";
import type { ReactNode } from "react";
import { FormattedMessage, useIntl } from "react-intl";
import { useMoney } from "../../parts/money.tsx";
import type { Books } from "../../parts/with-books.tsx";
import type { WordName } from "../../words/words.ts";
import type { BookingAnswer } from "./bookings.ts";

export interface Booked {
  answer: BookingAnswer;
  /** The id that it was booked with: taking it back names it. */
  id: string;
}

const DONE: ReadonlySet<string> = new Set(["received", "covered", "lost", "reversed"]);

export function BookedResult({
  books,
  booked,
  onClose,
}: {
  books: Books;
  booked: Booked;
  onClose: () => void;
}): ReactNode {
  const intl = useIntl();
  const money = useMoney(books);
  const { answer, id } = booked;
  const { status } = answer;
  const values = {
    id,
    received: money(answer.receivedMinor ?? 0),
    owed: money(answer.owedMinor ?? 0),
    covered: money(answer.coveredMinor ?? 0),
    lost: money(answer.lostMinor ?? 0),
    redeemed: money(answer.redeemedMinor ?? 0),
    most: money(answer.mostMinor ?? 0),
  };
  const word = `booking.said.${status}` as WordName;
  return (
    <Alert
      role="status"
      className="outside"
      color={DONE.has(status) ? "jade" : "yellow"}
      withCloseButton
      closeButtonLabel={intl.formatMessage({ id: "grants.dismiss" })}
      onClose={onClose}
    >
      {word in intl.messages ? <FormattedMessage id={word} values={values} /> : status}
    </Alert>
  );
}
