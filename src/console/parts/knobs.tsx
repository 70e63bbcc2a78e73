// Assumptions as sliders: each over the range in which it may lie, in steps that are equally
// likely.
import { Button, Group, Stack, Text } from "@mantine/core";
import { type ReactNode, useId } from "react";
import { FormattedMessage } from "react-intl";
import type { Turned } from "./turned.ts";
import "./knobs.css";

/** What one slider needs to know. */
export interface KnobLook {
  readonly id: string;
  readonly title: string;
  readonly unit: string;
  readonly point: number;
  readonly scale: readonly number[];
  readonly source: string;
  readonly why: string | null;
}

export function Knobs({
  knobs,
  turned,
  textOf,
  onTurn,
}: {
  knobs: readonly KnobLook[];
  turned: Turned;
  /** A value with its unit. */
  textOf: (knob: KnobLook, value: number) => string;
  /** Null: back to what is assumed. */
  onTurn: (id: string, value: number | null) => void;
}): ReactNode {
  return (
    <Stack gap="md">
      {knobs.map((knob) => (
        <Knob key={knob.id} knob={knob} value={turned[knob.id]} textOf={textOf} onTurn={onTurn} />
      ))}
    </Stack>
  );
}

function Knob({
  knob,
  value,
  textOf,
  onTurn,
}: {
  knob: KnobLook;
  value: number | undefined;
  textOf: (knob: KnobLook, value: number) => string;
  onTurn: (id: string, value: number | null) => void;
}): ReactNode {
  const id = useId();
  const { scale, point, title } = knob;
  const isTurned = value !== undefined;
  const shown = value ?? point;
  const said = textOf(knob, shown);
  const range = `${textOf(knob, scale[4]!)} … ${textOf(knob, scale.at(-5)!)}`;
  return (
    <Stack gap={2}>
      <Group justify="space-between" wrap="nowrap" gap="xs" align="baseline">
        <Text component="label" htmlFor={id} size="sm" lang="en" className="outside">
          {title}
        </Text>
        <Text size="sm" fw={isTurned ? 700 : 400} className="number" lang="en">
          {said}
        </Text>
      </Group>
      <input
        id={id}
        type="range"
        className="knob"
        min={0}
        max={scale.length - 1}
        step={1}
        value={placeOf(scale, shown)}
        aria-valuetext={said}
        onChange={(event) => onTurn(knob.id, scale[Number(event.currentTarget.value)]!)}
      />
      <Group justify="space-between" wrap="nowrap" gap="xs">
        <Text size="xs" c="dimmed" lang="en" title={knob.why ?? knob.source} className="outside">
          {range}
        </Text>
        {isTurned && (
          <Button
            size="compact-xs"
            variant="default"
            onClick={() => onTurn(knob.id, null)}
            aria-describedby={id}
          >
            <FormattedMessage id="plan.unturn" />
          </Button>
        )}
      </Group>
    </Stack>
  );
}

/** The position whose value is nearest. */
function placeOf(scale: readonly number[], value: number): number {
  let best = 0;
  scale.forEach((each, i) => {
    if (Math.abs(each - value) < Math.abs(scale[best]! - value)) best = i;
  });
  return best;
}
