// How much a cap counts, with its unit: money, or a number of grants; and what of it a curve has
// let out by now.
import { Text } from "@mantine/core";
import type { ReactNode } from "react";
import { FormattedMessage, useIntl } from "react-intl";
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
}): ReactNode {
  const amount = useLimitAmount(of);
  const limit = amount(cap, cap.limit);
  if (cap.released === undefined) return limit;
  const released = amount(cap, cap.released);
  return (
    <>
      {limit}
      <Text size="xs" c="dimmed">
        <FormattedMessage id="campaign.released" values={{ released }} />
      </Text>
    </>
  );
}
