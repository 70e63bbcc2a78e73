// What an admin may do with a grant, and what came of it.
import { Alert, Anchor, Button, Group, Stack } from "@mantine/core";
import { type ReactNode, useState } from "react";
import { FormattedMessage, useIntl } from "react-intl";
import { Link } from "wouter";
import type { AnswerOf } from "../../../client/index.ts";
import type { Grant } from "../../parts/grant-badge.tsx";
import { useMoney, useTime } from "../../parts/money.tsx";
import type { Books } from "../../parts/with-books.tsx";
import type { WordName } from "../../words/words.ts";
import { reviseAddress } from "./addresses.ts";
import { type Booked, BookedResult } from "./booked-result.tsx";
import { BookingDialog } from "./booking-dialog.tsx";
import { type BookingName, possibleBookings } from "./bookings.ts";
import { StepDialog } from "./step-dialog.tsx";
import { possibleSteps, type StepName } from "./steps.ts";

type Answer = AnswerOf<"grant.hold">;

export function GrantActions({ books, one }: { books: Books; one: Grant }): ReactNode {
  const [asked, setAsked] = useState<StepName | null>(null);
  const [booking, setBooking] = useState<BookingName | null>(null);
  const [answer, setAnswer] = useState<Answer | null>(null);
  const [booked, setBooked] = useState<Booked | null>(null);
  const forget = (): void => {
    setAnswer(null);
    setBooked(null);
  };
  const ask = (step: StepName): void => {
    forget();
    setAsked(step);
  };
  return (
    <Stack gap="sm">
      <Group gap="xs">
        {possibleSteps(one).map((step) => (
          <Button key={step} size="xs" variant="default" onClick={() => ask(step)}>
            <FormattedMessage id={`grants.${step}`} />
          </Button>
        ))}
        {possibleBookings(one, books).map((name) => (
          <Button
            key={name}
            size="xs"
            variant="default"
            onClick={() => {
              forget();
              setBooking(name);
            }}
          >
            <FormattedMessage id={`booking.${name}`} />
          </Button>
        ))}
        {one.state === "reserved" && (
          <Anchor
            component={Link}
            href={reviseAddress(books.campaign)}
            size="sm"
            underline="always"
          >
            <FormattedMessage id="booking.extend" />
          </Anchor>
        )}
      </Group>
      {answer !== null && <Result books={books} answer={answer} onClose={() => setAnswer(null)} />}
      {booked !== null && (
        <BookedResult books={books} booked={booked} onClose={() => setBooked(null)} />
      )}
      {booking !== null && (
        <BookingDialog
          books={books}
          one={one}
          name={booking}
          onAnswer={(given, id) => setBooked({ answer: given, id })}
          onClose={() => setBooking(null)}
        />
      )}
      {asked !== null && (
        <StepDialog
          books={books}
          one={one}
          step={asked}
          onAnswer={setAnswer}
          onClose={() => setAsked(null)}
        />
      )}
    </Stack>
  );
}

const DONE: ReadonlySet<string> = new Set(["hold_placed", "released", "clawed_back"]);

function Result({
  books,
  answer,
  onClose,
}: {
  books: Books;
  answer: Answer;
  onClose: () => void;
}): ReactNode {
  const intl = useIntl();
  const money = useMoney(books);
  const time = useTime(books.timeZone);
  const { status, expiresAtMs, returnedMinor, owedMinor } = answer;
  const values = {
    until: time(expiresAtMs ?? answer.atMs),
    returned: money(returnedMinor ?? 0),
    owed: money(owedMinor ?? 0),
  };
  const id = `grants.said.${status}` as WordName;
  const isKnown = id in intl.messages;
  return (
    <Alert
      role="status"
      color={DONE.has(status) ? "jade" : "yellow"}
      withCloseButton
      closeButtonLabel={intl.formatMessage({ id: "grants.dismiss" })}
      onClose={onClose}
    >
      {isKnown ? <FormattedMessage id={id} values={values} /> : status}
    </Alert>
  );
}
