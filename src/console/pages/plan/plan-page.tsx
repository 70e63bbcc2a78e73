// A plan whose assumptions can be turned: from a report that came with its files, from files, or
// from texts. The address keeps what is turned.
import { Alert, Button, Group, Stack, Text, Title } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { FormattedMessage } from "react-intl";
import { useSearchParams } from "wouter";
import { client, failureText } from "../../client.ts";
import { type Files, FilesStart } from "../../parts/files-start.tsx";
import { Loaded, Loading } from "../../parts/states.tsx";
import { PlanDesk } from "./plan-desk.tsx";
import type { OpenedPlan } from "./plan-worker.ts";
import { type PlanCalls, usePlanWorker } from "./use-plan.ts";

/** What was chosen here and lies nowhere else. */
interface Chosen {
  readonly source: string;
  readonly files: Files;
}

const PASTED = [
  { name: "plan.yaml", label: "plan.textPlan" },
  { name: "campaign.yaml", label: "plan.textCampaign" },
] as const;

export function PlanPage(): ReactNode {
  const [params, setParams] = useSearchParams();
  const [chosen, setChosen] = useState<Chosen | null>(null);
  const calls = usePlanWorker();
  const from = params.get("from");
  const choose = (files: Files): void => {
    setParams({}, { replace: true });
    setChosen({ source: `chosen ${Date.now()}`, files });
  };
  const isOpen = from !== null || chosen !== null;
  return (
    <Stack gap="md">
      <Group justify="space-between">
        <Title order={1}>
          <FormattedMessage id="plan.title" />
        </Title>
        {isOpen && (
          <Button
            variant="default"
            onClick={() => {
              setChosen(null);
              setParams({});
            }}
          >
            <FormattedMessage id="plan.another" />
          </Button>
        )}
      </Group>
      {!isOpen && (
        <>
          <Text>
            <FormattedMessage id="plan.how" />
          </Text>
          <FilesStart
            kind="plan-study"
            place="/plan"
            choose="plan.startFiles"
            pasted={PASTED}
            onFiles={choose}
          />
        </>
      )}
      {isOpen && calls === null && <Loading />}
      {from !== null && calls !== null && <OfReport report={from} calls={calls} />}
      {from === null && chosen !== null && calls !== null && (
        <Opened key={chosen.source} {...chosen} calls={calls} />
      )}
    </Stack>
  );
}

function OfReport({ report, calls }: { report: string; calls: PlanCalls }): ReactNode {
  const query = useQuery({
    queryKey: ["reports", "files", report],
    queryFn: async ({ signal }) => {
      const { files, view } = await client.report.show({ report }, { signal, totalMs: 5_000 });
      return { files: files ?? {}, campaign: view.campaign };
    },
    staleTime: Number.POSITIVE_INFINITY,
  });
  return (
    <Loaded query={query}>
      {({ files, campaign }) => (
        <Opened key={report} source={report} files={files} campaign={campaign} calls={calls} />
      )}
    </Loaded>
  );
}

function Opened({
  source,
  files,
  campaign,
  calls,
}: Chosen & { campaign?: string | undefined; calls: PlanCalls }): ReactNode {
  const { data, error } = useQuery({
    queryKey: ["plan", source, "open"],
    queryFn: ({ signal }) => calls.call<OpenedPlan>({ kind: "open", files }, signal),
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  });
  if (error !== null) {
    return (
      <Alert color="red" role="alert" className="outside">
        {failureText(error)}
      </Alert>
    );
  }
  if (data === undefined) return <Loading />;
  return <PlanDesk source={source} opened={data} campaign={campaign} calls={calls} />;
}
