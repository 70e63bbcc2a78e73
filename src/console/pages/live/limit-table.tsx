// What runs out next: waves, offers and caps by how much of them is given out, and how often each
// refused.
import { Box, Stack, Text, Title } from "@mantine/core";
import { type ReactNode, useMemo } from "react";
import { FormattedMessage, FormattedNumber, type IntlShape, useIntl } from "react-intl";
import { ownOf } from "../../../base/record.ts";
import type { LiveView } from "../../../client/index.ts";
import { capPer } from "../../parts/cap-per.ts";
import { LimitAmount } from "../../parts/limit-amount.tsx";
import type { Currency } from "../../parts/money.tsx";
import type { DataColumn } from "../../parts/table/column.ts";
import { DataTable } from "../../parts/table/data-table.tsx";
import { isInForce, NEAR, UsedOf, usedShare } from "../../parts/used.tsx";
import type { LiveStore } from "./live-store.ts";
import { useBeat } from "./use-live.ts";

type Phase = LiveView["books"]["phase"];
type CapView = LiveView["books"]["caps"][number];

interface Limit extends CapView {
  /** Null where each user, device or merchant has an own cell. */
  share: number | null;
  refused: number;
}

export function LimitTable({ store }: { store: LiveStore }): ReactNode {
  const intl = useIntl();
  const view = useBeat(store, "tables");
  const { currency, decimals, phase } = view.books;
  const limits = useMemo(() => limitsOf(view.books.caps, view.answers.byCap), [view]);
  const columns = useMemo(
    () => columnsOf({ currency, decimals }, phase, intl),
    [currency, decimals, phase, intl],
  );
  const near = limits.filter((one) => (one.share ?? 0) >= NEAR && isInForce(one, phase)).length;
  const heldBack = limits.filter(({ released }) => released !== undefined);
  const count = heldBack.reduce((sum, { refused }) => sum + refused, 0);
  return (
    <Stack gap="xs">
      <Title order={2}>
        <FormattedMessage id="live.limits" />
      </Title>
      {phase !== "closed" && (
        <Text c="dimmed" size="sm">
          {(near > 0 || count === 0) && <FormattedMessage id="live.near" values={{ near }} />}{" "}
          {count > 0 && <FormattedMessage id="live.heldBack" values={{ count }} />}
        </Text>
      )}
      <DataTable
        name="limits"
        label={intl.formatMessage({ id: "live.limits" })}
        columns={columns}
        rows={limits}
        rowKey={({ cap }) => cap}
        minWidth={460}
      />
    </Stack>
  );
}

function columnsOf(of: Currency, phase: Phase, intl: IntlShape): DataColumn<Limit>[] {
  return [
    {
      name: "campaign.cap",
      isName: true,
      value: (one) => `${one.cap} ${capPer(one, intl)}`,
      cell: (one) => (
        <Box miw={130} className="outside">
          {one.cap}{" "}
          <Text span size="xs" c="dimmed">
            {capPer(one, intl)}
          </Text>
        </Box>
      ),
    },
    {
      name: "campaign.limit",
      align: "right",
      value: ({ counts, limit }) => (counts === "money" ? limit / 10 ** of.decimals : limit),
      currency: ({ counts }) => (counts === "money" ? of.currency : ""),
      cell: (cap) => <LimitAmount of={of} cap={cap} />,
    },
    {
      name: "campaign.given",
      value: ({ share }) => share,
      cell: (one) => <UsedOf cap={one} phase={phase} />,
    },
    {
      name: "live.refusedBy",
      align: "right",
      value: ({ refused }) => refused,
      cell: ({ refused }) => <FormattedNumber value={refused} />,
    },
  ];
}

/** What is nearest to its limit first, then what refused most. */
function limitsOf(caps: readonly CapView[], byCap: Readonly<Record<string, number>>): Limit[] {
  return caps
    .map((cap): Limit => {
      return { ...cap, share: usedShare(cap), refused: ownOf(byCap, cap.cap) ?? 0 };
    })
    .sort((a, b) => (b.share ?? -1) - (a.share ?? -1) || b.refused - a.refused);
}
