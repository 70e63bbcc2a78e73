// What comes of a plan, side by side: as planned, as turned, and what was kept of what was turned.
import { Button, Group, Stack, Table, Text, Title } from "@mantine/core";
import type { ReactNode } from "react";
import { FormattedMessage, useIntl } from "react-intl";
import type { OutputId } from "../../../plan/model/outputs.ts";
import type { SampledStudy } from "../../../plan/study/sampled-study.ts";
import { numberOf, rangeText, rareText } from "../../../plan/study/study-words.ts";
import type { Knob } from "../../../plan/what-if/knobs.ts";
import type { PlanTexts } from "../../../plan/what-if/plan-texts.ts";
import type { Turned } from "../../parts/turned.ts";
import { Wide } from "../../parts/wide.tsx";
import { knobText } from "./plan-knobs.tsx";
import { type PlanCalls, useSampled } from "./use-plan.ts";

const SHOWN: readonly OutputId[] = [
  ...(["people", "rewarded", "spent", "cost", "kept", "costPerKept"] as const),
  ...(["lifetimeValue", "net12", "net", "marginNeeded", "claimsPeak", "ordersPeak"] as const),
];
const COLUMN = 150;

interface FiguresProps {
  readonly calls: PlanCalls;
  readonly source: string;
  readonly texts: PlanTexts;
  readonly knobs: readonly Knob[];
  readonly plan: SampledStudy;
  /** Null: nothing is turned. */
  readonly now: SampledStudy | null;
  readonly kept: readonly Turned[];
  readonly onKept: (kept: readonly Turned[]) => void;
  readonly onTake: (turned: Turned) => void;
}

export function PlanFigures(props: FiguresProps): ReactNode {
  const { now, kept, knobs, onKept, onTake } = props;
  const intl = useIntl();
  const columns = 2 + (now === null ? 0 : 1) + kept.length;
  return (
    <Stack component="section" gap="sm">
      <Title order={2}>
        <FormattedMessage id="plan.figures" />
      </Title>
      <Wide label={intl.formatMessage({ id: "plan.figures" })} minWidth={COLUMN * columns}>
        <Table lang="en" verticalSpacing={6}>
          <Table.Thead>
            <Table.Tr>
              <Table.Td />
              <Table.Th scope="col" className="figures">
                <FormattedMessage id="plan.asPlanned" />
              </Table.Th>
              {now !== null && (
                <Table.Th scope="col" className="figures">
                  <FormattedMessage id="plan.now" />
                </Table.Th>
              )}
              {kept.map((_, i) => (
                <Table.Th key={letterOf(i)} scope="col" className="figures">
                  <FormattedMessage id="plan.column" values={{ letter: letterOf(i) }} />
                </Table.Th>
              ))}
            </Table.Tr>
          </Table.Thead>
          <FigureRows {...props} />
        </Table>
      </Wide>
      {kept.map((turned, i) => (
        <KeptColumn
          key={letterOf(i)}
          letter={letterOf(i)}
          turned={turned}
          knobs={knobs}
          onDrop={() => onKept(kept.filter((_, at) => at !== i))}
          onTake={() => onTake(turned)}
        />
      ))}
    </Stack>
  );
}

function FigureRows({ calls, source, texts, plan, now, kept }: FiguresProps): ReactNode {
  // The address holds at most four: a fixed number of questions, whatever is kept.
  const asked = { calls, source, texts };
  const columns = [
    useSampled({ ...asked, turned: kept[0] ?? {} }),
    useSampled({ ...asked, turned: kept[1] ?? {} }),
    useSampled({ ...asked, turned: kept[2] ?? {} }),
    useSampled({ ...asked, turned: kept[3] ?? {} }),
  ].slice(0, kept.length);
  const studies = [
    plan,
    ...(now === null ? [] : [now]),
    ...columns.map(({ data, isPlaceholderData }) => (isPlaceholderData ? undefined : data?.study)),
  ];
  const row = (title: string, textOf: (study: SampledStudy) => string): ReactNode => (
    <Table.Tr key={title}>
      <Table.Th scope="row" fw={400}>
        {title}
      </Table.Th>
      {studies.map((study, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a column has no name but its place.
        <Table.Td key={i} className="figures">
          {study === undefined ? "…" : textOf(study)}
        </Table.Td>
      ))}
    </Table.Tr>
  );
  return (
    <Table.Tbody>
      {SHOWN.map((id) =>
        row(numberOf(plan, id).title, (study) => {
          const number = numberOf(study, id);
          return rangeText(number, number.unit, study.currency);
        }),
      )}
      {row(`chance to pay back within ${plan.withinMonths} months`, ({ paybackChance }) =>
        rareText(paybackChance),
      )}
      {plan.waves.map(({ id }, at) =>
        row(`chance that the money of ${id} is gone early`, ({ waves }) =>
          rareText(waves[at]!.runOutChance),
        ),
      )}
    </Table.Tbody>
  );
}

function KeptColumn({
  letter,
  turned,
  knobs,
  onDrop,
  onTake,
}: {
  letter: string;
  turned: Turned;
  knobs: readonly Knob[];
  onDrop: () => void;
  onTake: () => void;
}): ReactNode {
  const intl = useIntl();
  const said = Object.entries(turned).map(([id, value]) => {
    const knob = knobs.find((each) => each.id === id)!;
    return `${knob.title}: ${knobText(knob, value)}`;
  });
  return (
    <Group gap="xs" align="baseline">
      <Text size="sm" className="outside">
        <b>
          <FormattedMessage id="plan.column" values={{ letter }} />
        </b>{" "}
        <span lang="en">{said.join("; ")}</span>
      </Text>
      <Button
        size="compact-xs"
        variant="subtle"
        onClick={onTake}
        aria-label={intl.formatMessage({ id: "plan.take" }, { letter })}
      >
        <FormattedMessage id="plan.takeShort" />
      </Button>
      <Button
        size="compact-xs"
        variant="subtle"
        color="gray"
        onClick={onDrop}
        aria-label={intl.formatMessage({ id: "plan.drop" }, { letter })}
      >
        <FormattedMessage id="plan.dropShort" />
      </Button>
    </Group>
  );
}

function letterOf(i: number): string {
  return String.fromCharCode(65 + i);
}
