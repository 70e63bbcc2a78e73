// Reports, a row each: what it is, what it says first, how strong its evidence is, since when.
import { Anchor, Checkbox, Table, Text } from "@mantine/core";
import type { ReactNode } from "react";
import { FormattedMessage, useIntl } from "react-intl";
import { Link } from "wouter";
import { ToneBadge } from "../../parts/tone-badge.tsx";
import { Wide } from "../../parts/wide.tsx";
import { reportAddress, verdictAddress } from "./addresses.ts";
import type { ReportView } from "./document-of.ts";

export function ReportRows({
  reports,
  picked,
  onPick,
}: {
  reports: readonly ReportView[];
  picked: readonly string[];
  /** Null: nothing can be chosen. */
  onPick: ((picked: readonly string[]) => void) | null;
}): ReactNode {
  const intl = useIntl();
  return (
    <Wide label={intl.formatMessage({ id: "reports.title" })} minWidth={680}>
      <Table verticalSpacing="sm">
        <Table.Thead>
          <Table.Tr>
            {onPick !== null && <Table.Td />}
            {(["name", "kind", "grade", "campaign", "added"] as const).map((name) => (
              <Table.Th key={name} scope="col" className="whole">
                <FormattedMessage id={`reports.${name}`} />
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {reports.map((one) => (
            <Row key={one.report} one={one} picked={picked} onPick={onPick} />
          ))}
        </Table.Tbody>
      </Table>
    </Wide>
  );
}

function Row({
  one,
  picked,
  onPick,
}: {
  one: ReportView;
  picked: readonly string[];
  onPick: ((picked: readonly string[]) => void) | null;
}): ReactNode {
  const intl = useIntl();
  const isPicked = picked.includes(one.report);
  const toggle = (): void =>
    onPick?.(isPicked ? picked.filter((id) => id !== one.report) : [...picked, one.report]);
  return (
    <Table.Tr>
      {onPick !== null && (
        <Table.Td>
          {one.kind === "verdict" && (
            <Checkbox
              checked={isPicked}
              onChange={toggle}
              aria-label={intl.formatMessage({ id: "reports.pick" }, { title: one.title })}
            />
          )}
        </Table.Td>
      )}
      <Table.Td maw={420}>
        <Anchor component={Link} href={reportAddress(one.report)} fw={600} className="outside">
          {one.title}
        </Anchor>
        {one.headline !== undefined && (
          <Text size="xs" c="dimmed" lang="en" lineClamp={2} className="outside">
            {one.headline}
          </Text>
        )}
      </Table.Td>
      <Table.Td className="whole">
        <FormattedMessage id={`reports.kind.${one.kind}`} />
      </Table.Td>
      <Table.Td>{one.grade === undefined ? "–" : <GradeBadge grade={one.grade} />}</Table.Td>
      <Table.Td>
        {one.campaign === undefined ? (
          "–"
        ) : (
          <Anchor component={Link} href={verdictAddress(one.campaign)} className="outside">
            {one.campaign}
          </Anchor>
        )}
      </Table.Td>
      <Table.Td>
        {intl.formatDate(one.addedAtMs, { dateStyle: "medium", timeStyle: "long" })}
      </Table.Td>
    </Table.Tr>
  );
}

/** Evidence, evidence with less behind it, none. */
export function GradeBadge({
  grade,
  children,
}: {
  grade: string;
  children?: ReactNode;
}): ReactNode {
  const tone = grade === "A" ? "good" : grade === "F" ? "bad" : "warn";
  return (
    <ToneBadge tone={tone}>
      {children} {grade}
    </ToneBadge>
  );
}
