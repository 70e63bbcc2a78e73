// A new expiry, in the campaign's zone, and how late it can be.
import { TextInput } from "@mantine/core";
import type { ReactNode } from "react";
import { useIntl } from "react-intl";
import { useTime } from "../../parts/money.tsx";
import type { Books } from "../../parts/with-books.tsx";

export function UntilField({
  books: { timeZone, closesAtMs },
  value,
  onChange,
}: {
  books: Books;
  value: string;
  onChange: (value: string) => void;
}): ReactNode {
  const intl = useIntl();
  const values = { zone: timeZone, latest: useTime(timeZone)(closesAtMs) };
  return (
    <TextInput
      type="datetime-local"
      label={intl.formatMessage({ id: "grants.extendUntil" })}
      description={intl.formatMessage({ id: "grants.extendUntilHow" }, values)}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}
