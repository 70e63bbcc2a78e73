// Which offer, of those that the campaign has or had: the ones of an address are kept.
import { NativeSelect, type NativeSelectProps } from "@mantine/core";
import type { ReactNode } from "react";
import { useRulesInForce } from "../../parts/rules-in-force.ts";
import type { Books } from "../../parts/with-books.tsx";

export interface OfferFieldProps {
  books: Books;
  /** Any of them. */
  open: { value: string; label: string };
  field: Pick<NativeSelectProps, "label" | "onChange"> & { value: string };
}

export function OfferField({ books, open, field }: OfferFieldProps): ReactNode {
  const { data } = useRulesInForce(books);
  const offers = (data?.offers ?? []).map(({ id, title }) => ({
    value: id,
    label: title === id ? id : `${title} (${id})`,
  }));
  const isKnown = field.value === "" || offers.some(({ value }) => value === field.value);
  const other = isKnown ? [] : [{ value: field.value, label: field.value }];
  return <NativeSelect {...field} data={[open, ...offers, ...other]} />;
}
