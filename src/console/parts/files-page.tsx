// A page that computes from files, in a worker of its own: from a report that came with its files,
// from files, or from texts.
import { Button, Group, Stack, Text, Title } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { FormattedMessage } from "react-intl";
import { useSearchParams } from "wouter";
import { client } from "../client.ts";
import type { WordName } from "../words/words.ts";
import { FailureAlert } from "./failure-alert.tsx";
import { type Files, FilesStart, type Pasted } from "./files-start.tsx";
import { Loaded, Loading } from "./states.tsx";
import { useAskedOnce } from "./use-asked-once.ts";
import { useWorker } from "./use-worker.ts";
import type { WorkerCalls } from "./worker-calls.ts";

/** What every worker of such a page can be asked. */
interface OpenCall {
  readonly kind: "open";
  readonly files: Files;
}

/** What is open. */
export interface OpenedFiles<Call, Opened> {
  /** Of the files, so that nothing of others is shown. */
  readonly source: string;
  readonly opened: Opened;
  readonly files: Files;
  /** That the report is about. */
  readonly campaign: string | undefined;
  readonly calls: WorkerCalls<Call>;
}

interface FilesPageProps<Call, Opened> {
  readonly place: "/plan" | "/value";
  readonly kind: "plan-study" | "valuation";
  readonly words: {
    readonly title: WordName;
    readonly how: WordName;
    readonly choose: WordName;
    readonly another: WordName;
  };
  readonly pasted: readonly Pasted[];
  /** Such as `.yaml,.yml`. */
  readonly accept: string;
  readonly makeWorker: () => Worker;
  readonly children: (files: OpenedFiles<Call | OpenCall, Opened>) => ReactNode;
}

/** What was chosen here and lies nowhere else. */
interface Chosen {
  readonly source: string;
  readonly files: Files;
}

export function FilesPage<Call, Opened>(props: FilesPageProps<Call, Opened>): ReactNode {
  const { place, kind, words, pasted, accept, makeWorker, children } = props;
  const [params, setParams] = useSearchParams();
  const [chosen, setChosen] = useState<Chosen | null>(null);
  const calls = useWorker<Call | OpenCall>(makeWorker);
  const from = params.get("from");
  const choose = (files: Files): void => {
    // A verdict that was chosen before stays it.
    const verdict = params.get("verdict");
    setParams(verdict === null ? {} : { verdict }, { replace: true });
    setChosen({ source: `chosen ${Date.now()}`, files });
  };
  const leave = (): void => {
    setChosen(null);
    setParams({});
  };
  const isOpen = from !== null || chosen !== null;
  return (
    <Stack gap="md">
      <Group justify="space-between">
        <Title order={1}>
          <FormattedMessage id={words.title} />
        </Title>
        {isOpen && (
          <Button variant="default" onClick={leave}>
            <FormattedMessage id={words.another} />
          </Button>
        )}
      </Group>
      {!isOpen && (
        <>
          <Text>
            <FormattedMessage id={words.how} />
          </Text>
          <FilesStart {...{ kind, place, pasted, accept }} choose={words.choose} onFiles={choose} />
        </>
      )}
      {isOpen && calls === null && <Loading />}
      {from !== null && calls !== null && (
        <OfReport report={from} calls={calls}>
          {children}
        </OfReport>
      )}
      {from === null && chosen !== null && calls !== null && (
        <Opening key={chosen.source} {...chosen} campaign={undefined} calls={calls}>
          {children}
        </Opening>
      )}
    </Stack>
  );
}

function OfReport<Call, Opened>({
  report,
  calls,
  children,
}: {
  report: string;
  calls: WorkerCalls<Call | OpenCall>;
  children: FilesPageProps<Call, Opened>["children"];
}): ReactNode {
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
      {(shown) => (
        <Opening key={report} source={report} {...shown} calls={calls}>
          {children}
        </Opening>
      )}
    </Loaded>
  );
}

function Opening<Call, Opened>({
  source,
  files,
  campaign,
  calls,
  children,
}: Chosen & {
  campaign: string | undefined;
  calls: WorkerCalls<Call | OpenCall>;
  children: FilesPageProps<Call, Opened>["children"];
}): ReactNode {
  const { data, error, again } = useAskedOnce(["files", source, "open"], ({ signal }) =>
    calls.call<Opened>({ kind: "open", files }, signal),
  );
  if (error !== null) return <FailureAlert error={error} onAgain={again} />;
  return data === undefined ? (
    <Loading />
  ) : (
    children({ source, files, opened: data, campaign, calls })
  );
}
