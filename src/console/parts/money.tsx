// Money and time as people of the chosen language write them; money to the minor unit.
import type { ReactNode } from "react";
import { useIntl } from "react-intl";

export interface Currency {
  currency: string;
  decimals: number;
}

/** Minor units as text with their currency. */
export function useMoney({ currency, decimals }: Currency): (minor: number) => string {
  const intl = useIntl();
  const digits = { minimumFractionDigits: decimals, maximumFractionDigits: decimals };
  return (minor) =>
    intl.formatNumber(minor / 10 ** decimals, { style: "currency", currency, ...digits });
}

/** An instant as text, in a zone. */
export function useTime(timeZone: string): (atMs: number) => string {
  const intl = useIntl();
  return (atMs) => intl.formatDate(atMs, { dateStyle: "medium", timeStyle: "short", timeZone });
}

/** A share as text: .128 -> 12.8 % */
export function usePercent(): (ratio: number) => string {
  const intl = useIntl();
  return (ratio) => intl.formatNumber(ratio, { style: "percent", maximumFractionDigits: 1 });
}

/** A number in a column of numbers. */
export function Figure({ children }: { children: ReactNode }): ReactNode {
  return <span className="number">{children}</span>;
}

/** An amount in a cell of a table. */
export function Money({ of, minor }: { of: Currency; minor: number }): ReactNode {
  return useMoney(of)(minor);
}

/** An instant in a cell of a table. */
export function At({ timeZone, atMs }: { timeZone: string; atMs: number }): ReactNode {
  return useTime(timeZone)(atMs);
}
