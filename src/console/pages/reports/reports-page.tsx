// All reports that the server keeps, by kind; verdicts among them can be chosen to be compared.
import { Button, Code, Group, NativeSelect, Stack, Text, Title } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { FormattedMessage, useIntl } from "react-intl";
import { Link, useSearchParams } from "wouter";
import { REPORT_KINDS } from "../../../contract/schema/report.ts";
import { Loaded } from "../../parts/states.tsx";
import { withParam } from "../../parts/with-param.ts";
import { useIsAdmin } from "../../session/session.ts";
import { AddReport } from "./add-report.tsx";
import { compareAddress, listIn } from "./addresses.ts";
import type { ReportView } from "./document-of.ts";
import { reportList } from "./report-queries.ts";
import { ReportRows } from "./report-rows.tsx";

export function ReportsPage(): ReactNode {
  const query = useQuery(reportList());
  const isAdmin = useIsAdmin();
  return (
    <Stack gap="md">
      <Group justify="space-between">
        <Title order={1}>
          <FormattedMessage id="reports.title" />
        </Title>
        {isAdmin && <AddReport />}
      </Group>
      <Loaded query={query}>{({ reports }) => <Reports reports={reports} />}</Loaded>
    </Stack>
  );
}

function Reports({ reports }: { reports: readonly ReportView[] }): ReactNode {
  const [params, setParams] = useSearchParams();
  const named = params.get("kind");
  const kind = REPORT_KINDS.find((one) => one === named) ?? "";
  const shown = reports.filter((one) => kind === "" || one.kind === kind);
  const isThere = new Set(reports.map(({ report }) => report));
  const picked = listIn(params, "pick").filter((report) => isThere.has(report));
  const set = (name: string, value: string): void =>
    setParams((before) => withParam(before, name, value), { replace: true });
  const verdicts = shown.filter((one) => one.kind === "verdict").length;
  return (
    <>
      <Text>
        <FormattedMessage id="reports.sentence" values={{ count: reports.length }} />
      </Text>
      {reports.length === 0 ? (
        <HowToMake />
      ) : (
        <Group align="end" justify="space-between">
          <KindSelect kind={kind} onChange={(value) => set("kind", value)} />
          {verdicts > 1 && <CompareButton picked={picked} />}
        </Group>
      )}
      {reports.length > 0 && shown.length === 0 && (
        <Text c="dimmed">
          <FormattedMessage id="reports.noMatch" />
        </Text>
      )}
      {shown.length > 0 && (
        <ReportRows
          reports={shown}
          picking={verdicts > 1 ? { picked, onPick: (next) => set("pick", next.join(",")) } : null}
        />
      )}
    </>
  );
}

function HowToMake(): ReactNode {
  return (
    <Stack gap="xs">
      <Text>
        <FormattedMessage id="reports.none" />
      </Text>
      <Code block>{"hongbao prove PROJECT --json | hongbao report add -"}</Code>
    </Stack>
  );
}

function KindSelect({
  kind,
  onChange,
}: {
  kind: string;
  onChange: (kind: string) => void;
}): ReactNode {
  const intl = useIntl();
  const kinds = REPORT_KINDS.map((value) => {
    return { value, label: intl.formatMessage({ id: `reports.kind.${value}` }) };
  });
  return (
    <NativeSelect
      label={intl.formatMessage({ id: "reports.kind" })}
      data={[{ value: "", label: intl.formatMessage({ id: "reports.all" }) }, ...kinds]}
      value={kind}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}

function CompareButton({ picked }: { picked: readonly string[] }): ReactNode {
  const label = <FormattedMessage id="reports.compare" values={{ count: picked.length }} />;
  if (picked.length < 2) {
    return (
      <Text size="sm" c="dimmed">
        <FormattedMessage id="reports.compareHow" />
      </Text>
    );
  }
  return (
    <Button component={Link} href={compareAddress(picked)} variant="default">
      {label}
    </Button>
  );
}
