// What has to be known of money that is booked: how much, paid when and to whom; or by which id.
import { Checkbox, TextInput } from "@mantine/core";
import type { ReactNode } from "react";
import { useIntl } from "react-intl";
import type { Grant } from "../../parts/grant-badge.tsx";
import { useMoney } from "../../parts/money.tsx";
import { decimalMark, readMinor } from "../../parts/typed-number.ts";
import type { Books } from "../../parts/with-books.tsx";
import type { WordName } from "../../words/words.ts";
import { type BookingName, mostMinor } from "./bookings.ts";

/** As they were typed. */
export interface Fields {
  amount: string;
  paidAt: string;
  merchant: string;
  separate: boolean;
  /** An own id, or nothing. */
  id: string;
  cover: string;
}

export const NO_FIELDS: Fields = {
  ...{ amount: "", paidAt: "", merchant: "", separate: false, id: "", cover: "" },
};

export function BookingFields({
  books,
  one,
  name,
  fields,
  onChange,
}: {
  books: Books;
  one: Grant;
  name: BookingName;
  fields: Fields;
  onChange: (fields: Fields) => void;
}): ReactNode {
  const intl = useIntl();
  const text = (key: "merchant" | "id" | "cover", label: WordName, how: WordName): ReactNode => (
    <TextInput
      label={intl.formatMessage({ id: label })}
      description={intl.formatMessage({ id: how })}
      value={fields[key]}
      onChange={(event) => onChange({ ...fields, [key]: event.currentTarget.value })}
      autoComplete="off"
    />
  );
  if (name === "uncover") return text("cover", "booking.id", "booking.idHow");
  return (
    <>
      <Amount books={books} one={one} name={name} fields={fields} onChange={onChange} />
      {name === "cover" && (
        <>
          <TextInput
            type="datetime-local"
            step={1}
            label={intl.formatMessage({ id: "booking.paidAt" })}
            description={intl.formatMessage({ id: "booking.paidAtHow" }, { zone: books.timeZone })}
            value={fields.paidAt}
            onChange={(event) => onChange({ ...fields, paidAt: event.currentTarget.value })}
          />
          {text("merchant", "booking.merchant", "booking.merchantHow")}
          <Checkbox
            label={intl.formatMessage({ id: "booking.separate" })}
            checked={fields.separate}
            onChange={(event) => onChange({ ...fields, separate: event.currentTarget.checked })}
          />
          {text("id", "booking.ownId", "booking.ownIdHow")}
        </>
      )}
    </>
  );
}

function Amount({
  books,
  one,
  name,
  fields,
  onChange,
}: {
  books: Books;
  one: Grant;
  name: BookingName;
  fields: Fields;
  onChange: (fields: Fields) => void;
}): ReactNode {
  const intl = useIntl();
  const money = useMoney(books);
  const { currency, decimals } = books;
  const most = mostMinor(name, one);
  const digits = { minimumFractionDigits: decimals, maximumFractionDigits: decimals };
  const example = intl.formatNumber(most / 10 ** decimals, { ...digits, useGrouping: false });
  const values = { example, most: money(most) };
  const amountMinor = readMinor(fields.amount, decimals, decimalMark(intl.locale));
  const isFit = amountMinor !== null && amountMinor > 0 && amountMinor <= most;
  const isWrong = fields.amount.trim() !== "" && !isFit;
  return (
    <TextInput
      label={intl.formatMessage({ id: "booking.amount" }, { currency })}
      description={intl.formatMessage({ id: "booking.amountHow" }, values)}
      error={isWrong ? intl.formatMessage({ id: "booking.amountWrong" }, values) : null}
      value={fields.amount}
      onChange={(event) => onChange({ ...fields, amount: event.currentTarget.value })}
      inputMode="decimal"
      autoComplete="off"
    />
  );
}
