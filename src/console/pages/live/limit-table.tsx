// What runs out next: waves, offers and caps by how much of them is used, and how often each
// refused.
import { Progress, Table, Text } from "@mantine/core";
import type { ReactNode } from "react";
import { FormattedMessage, FormattedNumber } from "react-intl";
import type { LiveView } from "../../../client/index.ts";
import { useMoney, usePercent } from "../../parts/money.tsx";
import { TitledTable } from "../../parts/titled-table.tsx";
import { Cut } from "./cut.tsx";
import type { LiveStore } from "./live-store.ts";
import { useBeat } from "./use-live.ts";

const MOST = 12;
const NEAR = 0.8;
const FULL = 0.95;

type CapView = LiveView["books"]["caps"][number];

interface Limit extends CapView {
  /** Null where each user, device or merchant has an own cell. */
  share: number | null;
  refused: number;
}

export function LimitTable({ store }: { store: LiveStore }): ReactNode {
  const { books, answers } = useBeat(store, "tables");
  const money = useMoney(books);
  const limits = limitsOf(books.caps, answers.byCap);
  const near = limits.filter(({ share }) => share !== null && share >= NEAR).length;
  return (
    <TitledTable
      title="live.limits"
      note={
        <>
          <FormattedMessage id="live.near" values={{ near }} />{" "}
          <Cut shown={MOST} all={limits.length} />
        </>
      }
      columns={["campaign.cap", "campaign.limit", "campaign.used", "live.refusedBy"]}
      numbers={1}
      minWidth={380}
    >
      {limits.slice(0, MOST).map(({ cap, dimension, per, counts, limit, share, refused }) => (
        <Table.Tr key={cap}>
          <Table.Td className="outside">
            {cap}{" "}
            <Text span size="xs" c="dimmed">
              {dimension}
              {per === "total" ? "" : `, ${per}`}
            </Text>
          </Table.Td>
          <Table.Td>
            {counts === "money" ? money(limit) : <FormattedNumber value={limit} />}
          </Table.Td>
          <Table.Td miw={90}>{share === null ? "–" : <Used share={share} />}</Table.Td>
          <Table.Td className="number">
            <FormattedNumber value={refused} />
          </Table.Td>
        </Table.Tr>
      ))}
    </TitledTable>
  );
}

function Used({ share }: { share: number }): ReactNode {
  const percent = usePercent();
  const color = share >= FULL ? "orange.8" : share >= NEAR ? "yellow.6" : "jade";
  return (
    <>
      {percent(share)}
      <Progress value={100 * share} size="xs" color={color} aria-label={percent(share)} />
    </>
  );
}

/** What is nearest to its limit first, then what refused most. */
function limitsOf(caps: readonly CapView[], byCap: Readonly<Record<string, number>>): Limit[] {
  return caps
    .map((cap): Limit => {
      const { used, limit } = cap;
      const share = used === undefined ? null : limit === 0 ? 1 : used / limit;
      return { ...cap, share, refused: byCap[cap.cap] ?? 0 };
    })
    .sort((a, b) => (b.share ?? -1) - (a.share ?? -1) || b.refused - a.refused);
}
