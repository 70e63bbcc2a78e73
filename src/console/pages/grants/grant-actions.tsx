// What an admin may do with a grant, and what came of it.
import { Button, Group, Stack } from "@mantine/core";
import { type ReactNode, useState } from "react";
import { FormattedMessage } from "react-intl";
import type { AnswerOf } from "../../../client/index.ts";
import type { Grant } from "../../parts/grant-badge.tsx";
import type { Books } from "../../parts/with-books.tsx";
import { type Booked, BookedResult } from "./booked-result.tsx";
import { BookingDialog } from "./booking-dialog.tsx";
import { type BookingName, possibleBookings } from "./bookings.ts";
import { ExtendDialog } from "./extend-dialog.tsx";
import { mayHaveCover, useGrantHistory } from "./history-query.ts";
import { StepDialog } from "./step-dialog.tsx";
import { StepResult } from "./step-result.tsx";
import { type ActionName, possibleSteps } from "./steps.ts";

type Answer = AnswerOf<"grant.hold">;

export function GrantActions({ books, one }: { books: Books; one: Grant }): ReactNode {
  const [asked, setAsked] = useState<ActionName | null>(null);
  const [booking, setBooking] = useState<BookingName | null>(null);
  const [answer, setAnswer] = useState<Answer | null>(null);
  const [booked, setBooked] = useState<Booked | null>(null);
  const hasCover = mayHaveCover(useGrantHistory(books.campaign, one.grant));
  const forget = (): void => {
    setAnswer(null);
    setBooked(null);
  };
  const ask = (step: ActionName): void => {
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
        {possibleBookings(one, books, hasCover).map((name) => (
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
      </Group>
      {answer !== null && (
        <StepResult books={books} answer={answer} onClose={() => setAnswer(null)} />
      )}
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
      {asked === "extend" && (
        <ExtendDialog books={books} one={one} onAnswer={setAnswer} onClose={() => setAsked(null)} />
      )}
      {asked !== null && asked !== "extend" && (
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
