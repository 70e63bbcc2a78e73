// The assumptions of a plan as sliders: those first on which the net depends most.
import { Button, Group, Stack, Text, Title } from "@mantine/core";
import type { ReactNode } from "react";
import { FormattedMessage } from "react-intl";
import { threeFigures } from "../../../plan/study/study-words.ts";
import { BUDGET } from "../../../plan/what-if/knobs.ts";
import { type KnobLook, Knobs } from "../../parts/knobs.tsx";
import type { Turned } from "../../parts/turned.ts";
import type { OpenedPlan } from "./plan-worker.ts";

const FIRST = 10;

export function PlanKnobs({
  opened: { knobs },
  turned,
  bars,
  onTurn,
  onReset,
}: {
  opened: OpenedPlan;
  turned: Turned;
  /** What explains the spread of the net, the most first. */
  bars: readonly { readonly id: string }[];
  onTurn: (id: string, value: number | null) => void;
  onReset: () => void;
}): ReactNode {
  const place = (id: string): number => {
    if (id === BUDGET) return -1;
    const at = bars.findIndex((bar) => bar.id === id);
    return at < 0 ? bars.length : at;
  };
  const sorted = knobs.toSorted((a, b) => place(a.id) - place(b.id));
  const [first, rest] = [sorted.slice(0, FIRST), sorted.slice(FIRST)];
  const look = { turned, textOf: knobText, onTurn };
  return (
    <Stack gap="md" component="section">
      <Group justify="space-between">
        <Title order={2}>
          <FormattedMessage id="plan.knobs" />
        </Title>
        {Object.keys(turned).length > 0 && (
          <Button size="xs" variant="default" onClick={onReset}>
            <FormattedMessage id="plan.unturnAll" />
          </Button>
        )}
      </Group>
      <Text size="sm" c="dimmed">
        <FormattedMessage id="plan.knobsHow" />
      </Text>
      <Knobs knobs={first} {...look} />
      {rest.length > 0 && (
        <details>
          <summary>
            <FormattedMessage id="plan.more" values={{ count: rest.length }} />
          </summary>
          <Stack mt="md">
            <Knobs knobs={rest} {...look} />
          </Stack>
        </details>
      )}
    </Stack>
  );
}

export function knobText({ unit }: Pick<KnobLook, "unit">, value: number): string {
  if (unit === "share") return `${threeFigures(100 * value)} %`;
  return `${threeFigures(value)} ${unit}`;
}
