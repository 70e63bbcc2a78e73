// A valuation of a verdict that did not come with it: one that is kept here, whose address says so,
// or a file of the reader's.
import { Anchor, List, Stack, Text, Title } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { FormattedMessage } from "react-intl";
import { useSearchParams } from "wouter";
import { LIMITS } from "../../../base/limits.ts";
import { client } from "../../client.ts";
import { FailureAlert } from "../../parts/failure-alert.tsx";
import { FilesButton } from "../../parts/files-button.tsx";
import type { OpenedFiles } from "../../parts/files-page.tsx";
import { readFile } from "../../parts/read-file.ts";
import { Loaded, Loading } from "../../parts/states.tsx";
import { useAskedOnce } from "../../parts/use-asked-once.ts";
import { withParam } from "../../parts/with-param.ts";
import { reportList } from "../reports/report-queries.ts";
import { ValueDesk } from "./value-desk.tsx";
import type { Opened, OpenedWhole, ValueCall, WantsVerdict } from "./value-worker.ts";

type Wanting = OpenedFiles<ValueCall, WantsVerdict>;

export function OfVerdict(wanting: Wanting): ReactNode {
  const [params] = useSearchParams();
  const [own, setOwn] = useState<string | null>(null);
  const kept = params.get("verdict");
  if (own !== null) return <With {...wanting} source={`${wanting.source} own`} text={own} />;
  if (kept !== null) return <WithKept key={kept} {...wanting} report={kept} />;
  return <Choose wants={wanting.opened.wants} onText={setOwn} />;
}

function Choose({ wants, onText }: { wants: string; onText: (text: string) => void }): ReactNode {
  const { data } = useQuery(reportList());
  const [, setParams] = useSearchParams();
  const read = useMutation({
    mutationFn: (file: File) => readFile(file, LIMITS.reportBytes),
    onSuccess: onText,
  });
  const verdicts = (data?.reports ?? []).filter(({ kind }) => kind === "verdict");
  return (
    <Stack gap="lg" maw={860}>
      <Stack gap="xs" align="flex-start">
        <Title order={2}>
          <FormattedMessage id="value.verdictTitle" />
        </Title>
        <Text className="outside">
          <FormattedMessage id="value.verdictHow" values={{ file: wants }} />
        </Text>
        <FilesButton
          accept=".json"
          variant="filled"
          onFiles={([file]) => file !== undefined && read.mutate(file)}
        />
        <FailureAlert error={read.error} />
      </Stack>
      {verdicts.length > 0 && (
        <Stack component="section" gap="xs">
          <Title order={3}>
            <FormattedMessage id="value.verdictKept" />
          </Title>
          <List>
            {verdicts.map(({ report, title }) => (
              <List.Item key={report}>
                <Anchor
                  component="button"
                  type="button"
                  underline="always"
                  py={4}
                  className="outside"
                  onClick={() => setParams((before) => withParam(before, "verdict", report))}
                >
                  {title}
                </Anchor>
              </List.Item>
            ))}
          </List>
        </Stack>
      )}
    </Stack>
  );
}

function WithKept({ report, ...wanting }: Wanting & { report: string }): ReactNode {
  const query = useQuery({
    queryKey: ["reports", "verdict", report],
    queryFn: async ({ signal }) => {
      const shown = await client.report.show({ report }, { signal, totalMs: 5_000 });
      return { text: JSON.stringify(shown.report ?? {}), campaign: shown.view.campaign };
    },
    staleTime: Number.POSITIVE_INFINITY,
    refetchOnWindowFocus: false,
  });
  return (
    <Loaded query={query}>
      {({ text, campaign = wanting.campaign }) => (
        <With
          {...wanting}
          source={`${wanting.source} ${report}`}
          text={text}
          campaign={wanting.campaign ?? campaign}
        />
      )}
    </Loaded>
  );
}

function With({ text, ...wanting }: Wanting & { text: string }): ReactNode {
  const { source, files, opened, calls } = wanting;
  const { data, error, again } = useAskedOnce(["files", source, "open"], ({ signal }) => {
    const whole = { ...files, [opened.wants]: text };
    return calls.call<Opened>({ kind: "open", files: whole }, signal);
  });
  if (error !== null) return <FailureAlert error={error} onAgain={again} />;
  return data === undefined ? <Loading /> : <ValueDesk {...wanting} opened={data as OpenedWhole} />;
}
