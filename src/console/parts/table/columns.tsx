// Columns that many tables have: counts, and amounts of one currency.
import { FormattedNumber } from "react-intl";
import type { WordName } from "../../words/words.ts";
import { type Currency, Money } from "../money.tsx";
import type { DataColumn } from "./column.ts";

export function countColumn<Row>(name: WordName, of: (row: Row) => number): DataColumn<Row> {
  return { name, align: "right", value: of, cell: (row) => <FormattedNumber value={of(row)} /> };
}

export function moneyColumn<Row>(
  name: WordName,
  currency: Currency,
  of: (row: Row) => number,
): DataColumn<Row> {
  return {
    ...{ name, align: "right" },
    value: (row) => of(row) / 10 ** currency.decimals,
    currency: () => currency.currency,
    cell: (row) => <Money of={currency} minor={of(row)} />,
  };
}
