// What comes of something as it is assumed, as it is turned, and of what was kept of that: a column
// each.
import { Button, Group, Stack, Table, Text, Title } from "@mantine/core";
import type { ReactNode } from "react";
import { FormattedMessage, useIntl } from "react-intl";
import { usePercent } from "./money.tsx";
import type { Turned } from "./turned.ts";
import { Wide } from "./wide.tsx";

export interface SideRow<T> {
  readonly title: string;
  readonly textOf: (of: T) => string;
}

interface SideBySideProps<T> {
  readonly rows: readonly SideRow<T>[];
  /** How many of the draws an interval holds: .9 */
  readonly level: number;
  readonly assumed: T;
  /** Null: nothing is turned. */
  readonly now: T | null;
  readonly kept: readonly Turned[];
  /** Of what was kept, in its order; undefined: not yet. */
  readonly keptValues: readonly (T | undefined)[];
  /** What was turned, in words. */
  readonly saidOf: (turned: Turned) => string;
  readonly onKept: (kept: readonly Turned[]) => void;
  readonly onTake: (turned: Turned) => void;
}

const FIRST_COLUMN = 190;
const COLUMN = 140;

export function SideBySide<T>(props: SideBySideProps<T>): ReactNode {
  const { rows, level, assumed, now, kept, keptValues, saidOf, onKept, onTake } = props;
  const intl = useIntl();
  const percent = usePercent();
  const title = intl.formatMessage({ id: "plan.figures" });
  const values = [assumed, ...(now === null ? [] : [now]), ...keptValues];
  const heads = [
    intl.formatMessage({ id: "plan.asPlanned" }),
    ...(now === null ? [] : [intl.formatMessage({ id: "plan.now" })]),
    ...kept.map((_, i) => intl.formatMessage({ id: "plan.column" }, { letter: letterOf(i) })),
  ];
  return (
    <Stack component="section" gap="sm">
      <Title order={2}>{title}</Title>
      <Text size="sm" c="dimmed">
        <FormattedMessage id="plan.level" values={{ level: percent(level) }} />
      </Text>
      <Wide label={title} minWidth={FIRST_COLUMN + COLUMN * heads.length}>
        <Table verticalSpacing={6}>
          <Table.Thead>
            <Table.Tr>
              <Table.Td />
              {heads.map((head) => (
                <Table.Th key={head} scope="col" className="figures">
                  {head}
                </Table.Th>
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody lang="en">
            {rows.map((row) => (
              <Table.Tr key={row.title}>
                <Table.Th scope="row" fw={400}>
                  {row.title}
                </Table.Th>
                {values.map((value, i) => (
                  <Table.Td key={heads[i]} className="figures">
                    {value === undefined ? "…" : row.textOf(value)}
                  </Table.Td>
                ))}
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Wide>
      {kept.map((turned, i) => (
        <Kept
          key={letterOf(i)}
          letter={letterOf(i)}
          said={saidOf(turned)}
          onDrop={() => onKept(kept.filter((_, at) => at !== i))}
          onTake={() => onTake(turned)}
        />
      ))}
    </Stack>
  );
}

function Kept({
  letter,
  said,
  onDrop,
  onTake,
}: {
  letter: string;
  said: string;
  onDrop: () => void;
  onTake: () => void;
}): ReactNode {
  const intl = useIntl();
  const column = intl.formatMessage({ id: "plan.column" }, { letter });
  const named = (id: "plan.take" | "plan.drop"): string =>
    `${intl.formatMessage({ id })}: ${column}`;
  return (
    <Group gap="xs" align="baseline">
      <Text size="sm" className="outside">
        <b>{column}</b> <span lang="en">{said}</span>
      </Text>
      <Button size="compact-xs" variant="default" onClick={onTake} aria-label={named("plan.take")}>
        <FormattedMessage id="plan.take" />
      </Button>
      <Button size="compact-xs" variant="default" onClick={onDrop} aria-label={named("plan.drop")}>
        <FormattedMessage id="plan.drop" />
      </Button>
    </Group>
  );
}

function letterOf(i: number): string {
  return String.fromCharCode(65 + i);
}
