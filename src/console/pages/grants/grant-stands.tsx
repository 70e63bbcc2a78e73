// What the present state of a grant tells of its past, where its history cannot be asked for.
import { Text, Timeline } from "@mantine/core";
import type { ReactNode } from "react";
import { FormattedMessage } from "react-intl";
import type { Grant } from "../../parts/grant-badge.tsx";
import { useMoney, useTime } from "../../parts/money.tsx";
import type { Books } from "../../parts/with-books.tsx";
import type { WordName } from "../../words/words.ts";

interface Step {
  name: WordName;
  /** When it happened or will; null: the server does not tell. */
  at: number | null;
  minor?: number;
  isAhead?: boolean;
}

export function GrantStands({ books, one }: { books: Books; one: Grant }): ReactNode {
  const money = useMoney(books);
  const time = useTime(books.timeZone);
  const steps = stepsOf(one);
  const ahead = steps.filter(({ isAhead }) => isAhead === true).length;
  return (
    <Timeline active={steps.length - ahead - 1} bulletSize={14} lineWidth={2}>
      {steps.map(({ name, at, minor }) => (
        <Timeline.Item
          key={name}
          title={
            <Text>
              <FormattedMessage id={name} values={{ amount: money(minor ?? 0) }} />
            </Text>
          }
        >
          {at !== null && (
            <Text size="sm" c="dimmed">
              {time(at)}
            </Text>
          )}
        </Timeline.Item>
      ))}
    </Timeline>
  );
}

function stepsOf(one: Grant): Step[] {
  const steps: Step[] = [
    { name: "grants.was.granted", at: one.grantedAtMs, minor: one.amountMinor },
  ];
  if (one.spentMinor > 0) steps.push({ name: "grants.was.spent", at: null, minor: one.spentMinor });
  switch (one.state) {
    case "reserved":
      steps.push({ name: "grants.will.expire", at: one.expiresAtMs, isAhead: true });
      break;
    case "expired":
      steps.push({ name: "grants.was.expired", at: one.expiresAtMs });
      break;
    case "held":
      steps.push({ name: "grants.was.held", at: null });
      break;
    case "clawed_back":
      steps.push({ name: "grants.was.clawedBack", at: null });
      break;
    case "cancelled":
      steps.push({ name: "grants.was.cancelled", at: null });
      break;
    case "redeemed":
      break;
  }
  return steps;
}
