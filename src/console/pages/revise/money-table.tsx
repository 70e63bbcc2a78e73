// Money before and after a revision: what the books say, and what is expected, by the same draws.
import { Stack, Table, Text } from "@mantine/core";
import type { ReactNode } from "react";
import { FormattedMessage, type IntlShape, useIntl } from "react-intl";
import { useMoney, usePercent, useTime } from "../../parts/money.tsx";
import { Wide } from "../../parts/wide.tsx";
import type { Books } from "../../parts/with-books.tsx";
import type { WordName } from "../../words/words.ts";
import type { Foreseen } from "./effects.tsx";

type Exposure = NonNullable<Foreseen["before"]>;
type Outlook = NonNullable<Foreseen["outlook"]>["before"];
type Span = Outlook["expected"]["bounds"];

interface Row {
  name: WordName;
  before: string;
  after: string;
  /** A line that says how sure the one above it is. */
  isDetail?: true;
}

export function MoneyTable({
  label,
  answer,
  books,
}: {
  label: string;
  answer: Foreseen;
  books: Books;
}): ReactNode {
  const intl = useIntl();
  const rows = [...useBookRows(answer, books), ...useOutlookRows(answer, books)];
  if (rows.length === 0) return null;
  return (
    <Stack gap="xs">
      <Wide label={`${label}: ${intl.formatMessage({ id: "revise.money" })}`} minWidth={320}>
        <Table>
          <Table.Thead>
            <Table.Tr>
              {(["money", "before", "after"] as const).map((name) => (
                <Table.Th key={name} className={name === "money" ? "" : "number"}>
                  <FormattedMessage id={`revise.${name}`} />
                </Table.Th>
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {rows.map(({ name, before, after, isDetail }) => (
              <Table.Tr key={name} className={isDetail ? "quiet" : ""}>
                <Table.Th scope="row" fw={400} {...(isDetail ? { pl: "xl" } : {})}>
                  <FormattedMessage id={name} />
                </Table.Th>
                <Table.Td className="figures">{before}</Table.Td>
                <Table.Td className="figures" fw={before === after ? 400 : 600}>
                  {after}
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Wide>
      <Unseen answer={answer} />
    </Stack>
  );
}

function useBookRows({ before, after }: Foreseen, books: Books): Row[] {
  const money = useMoney(books);
  if (before === undefined || after === undefined) return [];
  const row = (name: WordName, of: (one: Exposure) => number): Row => {
    return { name, before: money(of(before)), after: money(of(after)) };
  };
  return [
    row("money.budget", ({ budgetMinor }) => budgetMinor),
    row("revise.bound", ({ boundMinor }) => boundMinor),
    row("revise.grantable", ({ freeMinor }) => freeMinor),
  ];
}

function useOutlookRows({ outlook }: Foreseen, books: Books): Row[] {
  const intl = useIntl();
  const money = useMoney(books);
  const percent = usePercent();
  const time = useTime(books.timeZone);
  if (outlook === undefined) return [];
  const { before, after } = outlook;
  const row = (name: WordName, of: (one: Outlook) => string): Row => {
    return { name, before: of(before), after: of(after) };
  };
  const detail = (name: WordName, of: (one: Outlook) => string): Row => {
    return { ...row(name, of), isDetail: true };
  };
  const text = (id: WordName, values?: Record<string, string>): string => {
    return intl.formatMessage({ id }, values);
  };
  const span = ({ fromMinor, toMinor }: Span): string => {
    return text("revise.span", { from: money(fromMinor), to: money(toMinor) });
  };
  const until = (atMs: number | null): string => {
    return atMs === null ? text("revise.claimsEnd") : time(atMs);
  };
  const hasUnseen = isUnseen(before) || isUnseen(after);
  const isTold = before.runOut !== null || after.runOut !== null;
  const none = text("revise.cannotTell");
  return [
    row("revise.expected", ({ expected }) => money(expected.spendMinor)),
    detail("revise.likely", ({ expected }) => span(expected.likely)),
    detail("revise.almostSure", ({ expected }) => span(expected.almostSure)),
    ...(hasUnseen ? [detail("revise.bounds", ({ expected }) => span(expected.bounds))] : []),
    row("revise.lasts", ({ runOut }) => (runOut === null ? none : until(runOut.atMs))),
    ...(isTold
      ? [
          detail("revise.lastsSpan", ({ runOut }) => {
            if (runOut === null) return "–";
            return text("revise.span", { from: until(runOut.fromMs), to: until(runOut.toMs) });
          }),
          detail("revise.chance", ({ runOut }) => {
            return runOut === null ? "–" : percent(runOut.chance);
          }),
        ]
      : []),
  ];
}

/** Whether grants live on to ages that none has reached, of which nothing could be learned. */
function isUnseen({ expected: { bounds, almostSure } }: Outlook): boolean {
  return bounds.fromMinor !== almostSure.fromMinor || bounds.toMinor !== almostSure.toMinor;
}

function Unseen({ answer: { outlook } }: { answer: Foreseen }): ReactNode {
  const intl = useIntl();
  if (outlook === undefined || !isUnseen(outlook.after)) return null;
  const { seenToAgeMs } = outlook.after.expected;
  return (
    <Text size="sm" c="dimmed">
      {seenToAgeMs === 0 ? (
        <FormattedMessage id="revise.unseenYet" />
      ) : (
        <FormattedMessage id="revise.unseen" values={{ age: ageText(intl, seenToAgeMs) }} />
      )}
    </Text>
  );
}

function ageText(intl: IntlShape, ms: number): string {
  const hours = ms / 3_600_000;
  const [value, unit] =
    hours >= 48 ? [hours / 24, "day"] : hours >= 2 ? [hours, "hour"] : [60 * hours, "minute"];
  return intl.formatNumber(Math.round(value), { style: "unit", unit, unitDisplay: "long" });
}
