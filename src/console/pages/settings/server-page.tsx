// How the server is: what an answer survives, how busy it is, what its disk has, how long it takes.
import { Alert, Box, Group, Stack, Text, Title } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { FormattedMessage, useIntl } from "react-intl";
import type { AnswerOf } from "../../../client/index.ts";
import { client } from "../../client.ts";
import { Labelled } from "../../parts/labelled.tsx";
import { Loaded } from "../../parts/states.tsx";
import type { DataColumn } from "../../parts/table/column.ts";
import { countColumn } from "../../parts/table/columns.tsx";
import { DataTable } from "../../parts/table/data-table.tsx";
import type { WordName } from "../../words/words.ts";
import { isDiskLow } from "../attention/needs.ts";
import { useBytes, useSpan } from "./amounts.ts";
import { SettingsFrame } from "./settings-frame.tsx";

type Status = AnswerOf<"server.status">;

export function ServerPage(): ReactNode {
  const query = useQuery({
    queryKey: ["server.status"],
    queryFn: ({ signal }) => client.server.status({}, { signal, totalMs: 3_000 }),
    refetchInterval: 2_000,
  });
  return (
    <SettingsFrame page="server">
      <Loaded query={query}>
        {(status) => (
          <Stack gap="xl" maw={960}>
            {status.ready ? (
              <Text>
                <FormattedMessage id="settings.ready" />
              </Text>
            ) : (
              <Alert color="red" role="alert">
                <FormattedMessage id="settings.notReady" values={{ why: status.reason ?? "" }} />
              </Alert>
            )}
            <Durability status={status} />
            <Now status={status} />
            <Disk status={status} />
            <Latency status={status} />
          </Stack>
        )}
      </Loaded>
    </SettingsFrame>
  );
}

function Durability({ status }: { status: Status }): ReactNode {
  const isSynced = status.durability === "synced";
  const says = isSynced
    ? (["settings.synced", "settings.syncedMore", "settings.syncedMode"] as const)
    : (["settings.pageCache", "settings.pageCacheMore", "settings.pageCacheMode"] as const);
  return (
    <Stack gap="xs">
      <Title order={2}>
        <FormattedMessage id="settings.durability" />
      </Title>
      <Alert color={isSynced ? "jade" : "red"} role={isSynced ? "status" : "alert"}>
        <Text fw={600}>
          <FormattedMessage id={says[0]} />
        </Text>
        <Text>
          <FormattedMessage id={says[1]} />
        </Text>
      </Alert>
      <Text size="sm" c="dimmed">
        <FormattedMessage id={says[2]} /> <FormattedMessage id="settings.copies" />
      </Text>
    </Stack>
  );
}

function Now({ status }: { status: Status }): ReactNode {
  const intl = useIntl();
  const bytes = useBytes();
  const span = useSpan();
  const { version, node, uptimeMs, memoryBytes, heapBytes } = status;
  return (
    <Stack gap="xs">
      <Title order={2}>
        <FormattedMessage id="settings.now" />
      </Title>
      <Group gap="xl" align="flex-start">
        <Labelled name="settings.version">
          hongbao {version}, Node {node}
        </Labelled>
        <Labelled name="settings.uptime">{span(uptimeMs)}</Labelled>
        <Labelled name="settings.waiting">{intl.formatNumber(status.waitingLines)}</Labelled>
        <Labelled name="settings.underWay">{intl.formatNumber(status.requestsUnderWay)}</Labelled>
        <Labelled name="settings.batches">{intl.formatNumber(status.batchesUnderWay)}</Labelled>
        <Labelled name="settings.streams">{intl.formatNumber(status.eventStreams)}</Labelled>
        <Labelled name="settings.decided">{intl.formatNumber(status.decidedLines)}</Labelled>
        <Labelled name="settings.memory">{bytes(memoryBytes)}</Labelled>
        <Labelled name="settings.heap">{bytes(heapBytes)}</Labelled>
      </Group>
    </Stack>
  );
}

function Disk({ status }: { status: Status }): ReactNode {
  const intl = useIntl();
  const bytes = useBytes();
  const { log, records, bytesWritten } = status;
  return (
    <Stack gap="xs">
      <Title order={2}>
        <FormattedMessage id="settings.disk" />
      </Title>
      {isDiskLow(status) && (
        <Alert color="yellow" role="status">
          <FormattedMessage id="settings.diskLow" />
        </Alert>
      )}
      <Group gap="xl" align="flex-start">
        {log !== undefined && (
          <>
            <Labelled name="settings.diskFree">
              <FormattedMessage
                id="settings.diskOf"
                values={{ free: bytes(log.diskFreeBytes), all: bytes(log.diskBytes) }}
              />
            </Labelled>
            <Labelled name="settings.journalBytes">{bytes(log.journalBytes)}</Labelled>
            <Labelled name="settings.behind">
              {intl.formatNumber(Math.max(0, records - log.records))}
            </Labelled>
          </>
        )}
        <Labelled name="settings.records">{intl.formatNumber(records)}</Labelled>
        <Labelled name="settings.written">{bytes(bytesWritten)}</Labelled>
      </Group>
      {log === undefined && (
        <Text size="sm" c="dimmed">
          <FormattedMessage id="settings.noLog" />
        </Text>
      )}
    </Stack>
  );
}

type Answers = Status["answers"][number];

const withinMs = (name: WordName, of: (one: Answers) => number): DataColumn<Answers> => ({
  ...{ name, align: "right", unit: "ms", value: of },
  cell: (one) => <FormattedMessage id="settings.ms" values={{ ms: of(one) }} />,
});

const LATENCY: readonly DataColumn<Answers>[] = [
  { name: "settings.operation", isName: true, value: ({ operation }) => operation },
  countColumn("settings.answers", ({ count }) => count),
  withinMs("settings.half", ({ p50Ms }) => p50Ms),
  withinMs("settings.most", ({ p99Ms }) => p99Ms),
];

function Latency({ status }: { status: Status }): ReactNode {
  const intl = useIntl();
  const title = intl.formatMessage({ id: "settings.latency" });
  const [first] = status.answers;
  return (
    <Stack gap="xs">
      <Title order={2}>{title}</Title>
      {first === undefined ? (
        <Text c="dimmed">
          <FormattedMessage id="settings.noAnswers" />
        </Text>
      ) : (
        <>
          <Text>
            <FormattedMessage
              id="settings.latencySays"
              values={{
                ...{ count: first.count, operation: first.operation },
                p50: intl.formatNumber(first.p50Ms),
                p99: intl.formatNumber(first.p99Ms),
              }}
            />
          </Text>
          <Box maw={640}>
            <DataTable
              {...{ name: "latency", label: title, columns: LATENCY }}
              rows={status.answers}
              rowKey={({ operation }) => operation}
              minWidth={420}
            />
          </Box>
        </>
      )}
    </Stack>
  );
}
