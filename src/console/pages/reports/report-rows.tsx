// Reports, a row each: what it is, what it says first, how strong its evidence is, since when.
import { Anchor, Box, Checkbox, Text } from "@mantine/core";
import { type ReactNode, useMemo } from "react";
import { FormattedMessage, useIntl } from "react-intl";
import { Link } from "wouter";
import { At } from "../../parts/money.tsx";
import type { DataColumn } from "../../parts/table/column.ts";
import { DataTable } from "../../parts/table/data-table.tsx";
import { ToneBadge } from "../../parts/tone-badge.tsx";
import { HERE, ZoneNote } from "../../parts/zone-note.tsx";
import { reportAddress, verdictAddress } from "./addresses.ts";
import type { ReportView } from "./document-of.ts";

interface Picking {
  readonly picked: readonly string[];
  readonly onPick: (picked: readonly string[]) => void;
}

export function ReportRows({
  reports,
  picking,
}: {
  reports: readonly ReportView[];
  /** Null: nothing can be chosen. */
  picking: Picking | null;
}): ReactNode {
  const intl = useIntl();
  const columns = useMemo(
    () => (picking === null ? COLUMNS : [pickColumn(picking), ...COLUMNS]),
    [picking],
  );
  return (
    <>
      <DataTable
        name="reports"
        label={intl.formatMessage({ id: "reports.title" })}
        columns={columns}
        rows={reports}
        rowKey={({ report }) => report}
        minWidth={680}
      />
      <ZoneNote zone={HERE} />
    </>
  );
}

function pickColumn(picking: Picking): DataColumn<ReportView> {
  return {
    name: "table.chosen",
    isAction: true,
    value: () => "",
    cell: (one) => (one.kind === "verdict" ? <Pick one={one} picking={picking} /> : null),
  };
}

function Pick({ one, picking }: { one: ReportView; picking: Picking }): ReactNode {
  const intl = useIntl();
  const { picked, onPick } = picking;
  const { report, title } = one;
  const isPicked = picked.includes(report);
  return (
    <Checkbox
      checked={isPicked}
      onChange={() => onPick(isPicked ? picked.filter((id) => id !== report) : [...picked, report])}
      aria-label={intl.formatMessage({ id: "reports.pick" }, { title })}
    />
  );
}

const COLUMNS: readonly DataColumn<ReportView>[] = [
  {
    name: "reports.name",
    isName: true,
    value: ({ title, headline = "" }) => `${title} ${headline}`.trim(),
    cell: (one) => <Name one={one} />,
  },
  {
    name: "reports.kind",
    value: ({ kind }) => kind,
    word: ({ kind }) => `reports.kind.${kind}`,
    cell: ({ kind }) => (
      <span className="whole">
        <FormattedMessage id={`reports.kind.${kind}`} />
      </span>
    ),
  },
  {
    name: "reports.grade",
    value: ({ grade = "" }) => grade,
    cell: ({ grade }) => (grade === undefined ? "–" : <GradeBadge grade={grade} />),
  },
  {
    name: "reports.campaign",
    value: ({ campaign = "" }) => campaign,
    cell: ({ campaign }) =>
      campaign === undefined ? (
        "–"
      ) : (
        <Anchor component={Link} href={verdictAddress(campaign)} className="outside">
          {campaign}
        </Anchor>
      ),
  },
  {
    name: "reports.added",
    value: ({ addedAtMs }) => addedAtMs,
    isInstant: true,
    cell: ({ addedAtMs }) => <At timeZone={HERE} atMs={addedAtMs} />,
  },
];

function Name({ one: { report, title, headline, basis } }: { one: ReportView }): ReactNode {
  return (
    <Box maw={420}>
      <Anchor component={Link} href={reportAddress(report)} fw={600} className="outside">
        {title}
      </Anchor>
      {basis !== undefined && (
        <Text size="xs" c="dimmed">
          <FormattedMessage id={`reports.basis.${basis}`} />
        </Text>
      )}
      {headline !== undefined && (
        <Text size="xs" c="dimmed" lang="en" lineClamp={2} className="outside">
          {headline}
        </Text>
      )}
    </Box>
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
