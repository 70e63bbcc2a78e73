// How much a cap counts, with its unit: money, or a number of grants; and what of it a curve has
// let out by now.
import { useIntl } from "react-intl";
import { type Currency, useMoney } from "./money.tsx";

interface Counted {
  readonly counts: "money" | "grants";
}

export function useLimitAmount(of: Currency): (cap: Counted, amount: number) => string {
  const intl = useIntl();
  const money = useMoney(of);
  return ({ counts }, amount) =>
    counts === "money"
      ? money(amount)
      : intl.formatMessage({ id: "campaign.grants" }, { count: amount });
}

/** In a cell of a table. */
export function LimitAmount({
  of,
  cap,
}: {
  of: Currency;
  cap: Counted & { limit: number; released?: number };
}): string {
  const intl = useIntl();
  const amount = useLimitAmount(of);
  const limit = amount(cap, cap.limit);
  if (cap.released === undefined) return limit;
  const released = amount(cap, cap.released);
  return intl.formatMessage({ id: "campaign.released" }, { released, limit });
}
