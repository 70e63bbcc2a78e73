// Verdicts side by side; the address says which.
import { Alert, Anchor, Breadcrumbs, Group, Stack, Text, Title } from "@mantine/core";
import { useQueries } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { FormattedMessage } from "react-intl";
import { Link, useSearchParams } from "wouter";
import { verdictComparison } from "../../../verdict/comparison.ts";
import type { Verdict } from "../../../verdict/verdict.ts";
import { EnglishNote } from "../../parts/english-note.tsx";
import { ReportBody } from "../../parts/report/report-document.tsx";
import { Failed, Loading } from "../../parts/states.tsx";
import { shownTexts } from "../../shown-text.ts";
import { listIn, REPORTS, reportAddress } from "./addresses.ts";
import { reportShown } from "./report-queries.ts";

export function ComparePage(): ReactNode {
  const [params] = useSearchParams();
  const ids = [...new Set(listIn(params, "of"))];
  return (
    <Stack gap="md">
      <Breadcrumbs>
        <Anchor component={Link} href={REPORTS} size="sm" underline="always">
          <FormattedMessage id="reports.title" />
        </Anchor>
      </Breadcrumbs>
      <Title order={1}>
        <FormattedMessage id="reports.compareTitle" />
      </Title>
      {ids.length < 2 ? <TooFew /> : <Compared ids={ids} />}
    </Stack>
  );
}

function TooFew(): ReactNode {
  return (
    <Alert color="gray">
      <FormattedMessage id="reports.compareNone" />
    </Alert>
  );
}

function Compared({ ids }: { ids: readonly string[] }): ReactNode {
  const queries = useQueries({ queries: ids.map((id) => reportShown(id)) });
  const failed = queries.find(({ isError }) => isError);
  if (failed !== undefined) return <Failed query={failed} />;
  const shown = queries.flatMap(({ data }) => data ?? []);
  if (shown.length < ids.length) return <Loading />;
  const verdicts = shown.filter(({ view }) => view.kind === "verdict");
  const others = shown.filter(({ view }) => view.kind !== "verdict");
  const compared = verdicts.map(({ report }) => shownTexts(report) as unknown as Verdict);
  return (
    <Stack gap="lg">
      {others.map(({ view: { report, title } }) => (
        <Alert key={report} color="yellow">
          <FormattedMessage id="reports.notVerdict" values={{ title }} />
        </Alert>
      ))}
      <Group gap="md">
        {verdicts.map(({ view: { report, title } }) => (
          <Anchor key={report} component={Link} href={reportAddress(report)} underline="always">
            {title}
          </Anchor>
        ))}
      </Group>
      {verdicts.length < 2 ? (
        <TooFew />
      ) : (
        <>
          <EnglishNote />
          <Headlines verdicts={compared} />
          <ReportBody document={verdictComparison(compared)} />
        </>
      )}
    </Stack>
  );
}

function Headlines({ verdicts }: { verdicts: readonly Verdict[] }): ReactNode {
  return (
    <Stack gap="xs" lang="en">
      {verdicts.map(({ title, headline }, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: verdicts may share a title.
        <Text key={i} maw={900} className="outside">
          <b>{title}.</b> {headline}
        </Text>
      ))}
    </Stack>
  );
}
