// One report, whole: what it is, how strong its evidence is, who added it, and all that it says.
import { Anchor, Breadcrumbs, Button, Group, Stack, Text, Title } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { FormattedMessage, useIntl } from "react-intl";
import { Link } from "wouter";
import { isUnknown } from "../../client.ts";
import { ReportBody } from "../../parts/report/report-document.tsx";
import { saveFile } from "../../parts/save-file.ts";
import { Loaded, Unknown } from "../../parts/states.tsx";
import { useWho } from "../../parts/who.ts";
import { useIsAdmin } from "../../session/session.ts";
import { REPORTS, verdictAddress } from "./addresses.ts";
import type { ReportView } from "./document-of.ts";
import { RemoveReport } from "./remove-report.tsx";
import { reportShown } from "./report-queries.ts";
import { GradeBadge } from "./report-rows.tsx";

export function ReportPage({ report }: { report: string }): ReactNode {
  return (
    <Stack gap="md">
      <Breadcrumbs>
        <Anchor component={Link} href={REPORTS} size="sm" underline="always">
          <FormattedMessage id="reports.title" />
        </Anchor>
      </Breadcrumbs>
      <ShownReport report={report} />
    </Stack>
  );
}

export function ShownReport({ report }: { report: string }): ReactNode {
  const query = useQuery(reportShown(report));
  if (isUnknown(query.error, "report")) {
    return (
      <Unknown what={<FormattedMessage id="reports.unknown" values={{ report }} />} list={REPORTS}>
        <FormattedMessage id="reports.home" />
      </Unknown>
    );
  }
  return (
    <Loaded query={query}>
      {(shown) => (
        <Stack gap="lg">
          <Head view={shown.view} json={shown.report} subtitle={shown.document.subtitle} />
          <ReportBody document={shown.document} />
        </Stack>
      )}
    </Loaded>
  );
}

function Head({
  view,
  json,
  subtitle,
}: {
  view: ReportView;
  json: unknown;
  subtitle: string | undefined;
}): ReactNode {
  const intl = useIntl();
  const who = useWho();
  const isAdmin = useIsAdmin();
  const at = intl.formatDate(view.addedAtMs, { dateStyle: "medium", timeStyle: "long" });
  const save = (): void => {
    const text = `${JSON.stringify(json)}\n`;
    saveFile(`${view.kind}-${view.report}.json`, new Blob([text], { type: "application/json" }));
  };
  return (
    <Stack gap="xs">
      <Group gap="sm">
        <Title order={1} className="outside">
          {view.title}
        </Title>
        {view.grade !== undefined && (
          <GradeBadge grade={view.grade}>
            <FormattedMessage id="reports.grade" />
          </GradeBadge>
        )}
      </Group>
      <Text c="dimmed" className="outside">
        <FormattedMessage id={`reports.kind.${view.kind}`} />
        {subtitle === undefined ? "" : " · "}
        {subtitle !== undefined && <span lang="en">{subtitle}</span>}
      </Text>
      <Group gap="xs" className="no-print">
        <Open view={view} />
        <Button size="xs" variant="default" onClick={save}>
          <FormattedMessage id="reports.json" />
        </Button>
        {isAdmin && <RemoveReport view={view} />}
      </Group>
      <Text size="xs" c="dimmed">
        <FormattedMessage id="reports.addedBy" values={{ at, who: who(view.addedBy) }} />{" "}
        {view.campaign !== undefined && (
          <Anchor component={Link} href={verdictAddress(view.campaign)} inherit underline="always">
            {view.campaign}
          </Anchor>
        )}{" "}
        {intl.locale.startsWith("en") ? "" : <FormattedMessage id="reports.english" />}
      </Text>
    </Stack>
  );
}

/** A plan or a valuation that came with its files can be computed anew, a verdict valued. */
function Open({ view: { report, kind, files } }: { view: ReportView }): ReactNode {
  if (kind === "verdict") {
    return (
      <Button component={Link} href={`/value?verdict=${encodeURIComponent(report)}`} size="xs">
        <FormattedMessage id="reports.value" />
      </Button>
    );
  }
  const place = kind === "plan-study" ? "/plan" : kind === "valuation" ? "/value" : null;
  if (place === null || files === undefined) return null;
  return (
    <Button component={Link} href={`${place}?from=${encodeURIComponent(report)}`} size="xs">
      <FormattedMessage id="reports.open" />
    </Button>
  );
}
