// What a campaign caused: the newest verdict on it, or another one that the address names.
import { Anchor, Code, List, Stack, Text, Title } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { FormattedMessage } from "react-intl";
import { Link, useSearchParams } from "wouter";
import { CampaignTrail } from "../../parts/campaign-trail.tsx";
import { Loaded } from "../../parts/states.tsx";
import { type Books, WithBooks } from "../../parts/with-books.tsx";
import { reportAddress } from "./addresses.ts";
import type { ReportView } from "./document-of.ts";
import { ShownReport } from "./report-page.tsx";
import { reportList } from "./report-queries.ts";

export function VerdictPage({ campaign }: { campaign: string }): ReactNode {
  return <WithBooks campaign={campaign}>{(books) => <OfCampaign books={books} />}</WithBooks>;
}

function OfCampaign({ books }: { books: Books }): ReactNode {
  const query = useQuery(reportList());
  return (
    <Stack gap="md">
      <CampaignTrail books={books} />
      <Loaded query={query}>
        {({ reports }) => (
          <Chosen
            campaign={books.campaign}
            reports={reports.filter(({ campaign }) => campaign === books.campaign)}
          />
        )}
      </Loaded>
    </Stack>
  );
}

function Chosen({
  campaign,
  reports,
}: {
  campaign: string;
  reports: readonly ReportView[];
}): ReactNode {
  const [params] = useSearchParams();
  const named = reports.find(({ report }) => report === params.get("report"));
  const shown = named ?? reports.find(({ kind }) => kind === "verdict");
  const others = reports.filter((one) => one !== shown);
  return (
    <Stack gap="xl">
      {shown === undefined ? <None campaign={campaign} /> : <ShownReport report={shown.report} />}
      {others.length > 0 && <Others reports={others} />}
    </Stack>
  );
}

function None({ campaign }: { campaign: string }): ReactNode {
  return (
    <>
      <Title order={1}>
        <FormattedMessage id="verdict.title" />
      </Title>
      <Text fw={600}>
        <FormattedMessage id="verdict.none" />
      </Text>
      <Text>
        <FormattedMessage id="verdict.how" />
      </Text>
      <Code block>
        {`hongbao prove PROJECT --json | hongbao report add - --campaign ${campaign}`}
      </Code>
    </>
  );
}

function Others({ reports }: { reports: readonly ReportView[] }): ReactNode {
  return (
    <Stack component="section" gap="xs">
      <Title order={2}>
        <FormattedMessage id="reports.another" />
      </Title>
      <List>
        {reports.map(({ report, kind, title }) => (
          <List.Item key={report}>
            <Anchor
              component={Link}
              href={reportAddress(report)}
              underline="always"
              display="inline-block"
              py={4}
            >
              {title}
            </Anchor>{" "}
            (<FormattedMessage id={`reports.kind.${kind}`} />)
          </List.Item>
        ))}
      </List>
    </Stack>
  );
}
