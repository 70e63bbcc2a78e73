// Where a budget stands: spent, reserved, settling, free. The words and figures beside it say the
// same, so that nobody needs its colours.
import { Group, Progress, Stack, Text } from "@mantine/core";
import type { ReactNode } from "react";
import { useIntl } from "react-intl";
import { type Currency, useMoney, usePercent } from "./money.tsx";

export interface BudgetParts extends Currency {
  budgetMinor: number;
  spentMinor: number;
  reservedMinor: number;
  settlingMinor: number;
  freeMinor: number;
}

const PARTS = [
  { name: "spent", of: (one: BudgetParts) => one.spentMinor },
  { name: "reserved", of: (one: BudgetParts) => one.reservedMinor },
  { name: "settling", of: (one: BudgetParts) => one.settlingMinor },
  { name: "free", of: (one: BudgetParts) => one.freeMinor },
] as const;

export function BudgetBar({ parts, size }: { parts: BudgetParts; size: "sm" | "lg" }): ReactNode {
  const intl = useIntl();
  const money = useMoney(parts);
  const percent = usePercent();
  const { budgetMinor } = parts;
  const shareOf = (minor: number): number => (budgetMinor === 0 ? 0 : minor / budgetMinor);
  const said = PARTS.map(({ name, of }) => {
    return `${intl.formatMessage({ id: `money.${name}` })} ${percent(shareOf(of(parts)))}`;
  });
  return (
    <Stack gap={6}>
      <Progress.Root size={size === "lg" ? 14 : 8} role="img" aria-label={said.join(", ")}>
        {PARTS.map(({ name, of }) => (
          <Progress.Section
            key={name}
            value={100 * shareOf(of(parts))}
            color={colourOf(name)}
            aria-hidden="true"
            withAria={false}
          />
        ))}
      </Progress.Root>
      {size === "lg" && (
        <Group className="figures-row">
          {PARTS.map(({ name, of }) => (
            <Stack key={name} gap={0}>
              <Text size="xs" c="dimmed">
                <Swatch part={name} /> {intl.formatMessage({ id: `money.${name}` })}
              </Text>
              <Text fw={600}>{money(of(parts))}</Text>
              <Text size="xs" c="dimmed">
                {intl.formatMessage(
                  { id: "money.ofBudget" },
                  { share: percent(shareOf(of(parts))) },
                )}
              </Text>
            </Stack>
          ))}
        </Group>
      )}
    </Stack>
  );
}

type Part = (typeof PARTS)[number]["name"];

function colourOf(part: Part): string {
  return `var(--hongbao-${part})`;
}

function Swatch({ part }: { part: Part }): ReactNode {
  const background = colourOf(part);
  return (
    <span
      aria-hidden="true"
      className="swatch"
      style={{ display: "inline-block", width: 9, height: 9, borderRadius: 2, background }}
    />
  );
}
