// What an admin's step against a grant came to, or would, in words.
import { Alert } from "@mantine/core";
import type { ReactNode } from "react";
import { FormattedMessage, useIntl } from "react-intl";
import type { AnswerOf } from "../../../client/index.ts";
import { useMoney, useTime } from "../../parts/money.tsx";
import type { Books } from "../../parts/with-books.tsx";
import type { WordName } from "../../words/words.ts";

const DONE: ReadonlySet<string> = new Set(["hold_placed", "released", "extended", "clawed_back"]);

/** @param onClose absent: it goes with what it is about */
export function StepResult({
  books,
  answer,
  onClose,
}: {
  books: Books;
  answer: AnswerOf<"grant.hold">;
  onClose?: () => void;
}): ReactNode {
  const intl = useIntl();
  const money = useMoney(books);
  const time = useTime(books.timeZone);
  const { status, atMs, expiresAtMs = atMs, latestMs = atMs } = answer;
  const values = {
    until: time(expiresAtMs),
    latest: time(latestMs),
    returned: money(answer.returnedMinor ?? 0),
    owed: money(answer.owedMinor ?? 0),
  };
  const id = `grants.said.${status}` as WordName;
  const isKnown = id in intl.messages;
  return (
    <Alert
      role="status"
      color={DONE.has(status) ? "jade" : "yellow"}
      withCloseButton={onClose !== undefined}
      closeButtonLabel={intl.formatMessage({ id: "grants.dismiss" })}
      {...(onClose === undefined ? {} : { onClose })}
    >
      {isKnown ? <FormattedMessage id={id} values={values} /> : status}
    </Alert>
  );
}
