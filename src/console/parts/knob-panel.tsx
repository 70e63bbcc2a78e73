// What is assumed, as sliders: those first on which the result depends most, the rest on request.
import { Button, Group, Stack, Text, Title } from "@mantine/core";
import type { ReactNode } from "react";
import { FormattedMessage } from "react-intl";
import { threeFigures } from "../../plan/study/study-words.ts";
import { currencyName } from "../../report/format.ts";
import type { WordName } from "../words/words.ts";
import { type KnobLook, Knobs } from "./knobs.tsx";
import type { Turned } from "./turned.ts";

const FIRST = 10;

export function KnobPanel({
  knobs,
  how,
  turned,
  onTurn,
  onReset,
}: {
  /** In the order in which they are shown. */
  knobs: readonly KnobLook[];
  how: WordName;
  turned: Turned;
  onTurn: (id: string, value: number | null) => void;
  onReset: () => void;
}): ReactNode {
  const [first, rest] = [knobs.slice(0, FIRST), knobs.slice(FIRST)];
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
        <FormattedMessage id={how} />
      </Text>
      {Object.keys(turned).length > 0 && (
        <Text size="sm">
          <FormattedMessage id="plan.turnedFixed" />
        </Text>
      )}
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
  // So many times as much: the title says of what.
  return unit === "ratio" ? threeFigures(value) : `${threeFigures(value)} ${currencyName(unit)}`;
}

/** "margin a kept user and month: 2.50 CNY; …" */
export function turnedWords(turned: Turned, knobs: readonly KnobLook[]): string {
  return Object.entries(turned)
    .flatMap(([id, value]) => {
      const knob = knobs.find((each) => each.id === id);
      return knob === undefined ? [] : [`${knob.title}: ${knobText(knob, value)}`];
    })
    .join("; ");
}
