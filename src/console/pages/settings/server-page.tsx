// How the server is: what an answer survives, how busy it is, what its disk has, how long it takes.
import { Alert, Group, Stack, Table, Text, Title } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { FormattedMessage, useIntl } from "react-intl";
import type { AnswerOf } from "../../../client/index.ts";
import { client } from "../../client.ts";
import { Labelled } from "../../parts/labelled.tsx";
import { Loaded } from "../../parts/states.tsx";
import { Wide } from "../../parts/wide.tsx";
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

function Latency({ status }: { status: Status }): ReactNode {
  const intl = useIntl();
  const title = intl.formatMessage({ id: "settings.latency" });
  const columns = ["operation", "answers", "half", "most"] as const;
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
          <Wide label={title} minWidth={420}>
            <Table maw={640}>
              <Table.Thead>
                <Table.Tr>
                  {columns.map((name) => (
                    <Table.Th key={name} className={name === "operation" ? "" : "number"}>
                      <FormattedMessage id={`settings.${name}`} />
                    </Table.Th>
                  ))}
                </Table.Tr>
              </Table.Thead>
              <Table.Tbody>
                {status.answers.map(({ operation, count, p50Ms, p99Ms }) => (
                  <Table.Tr key={operation}>
                    <Table.Td>{operation}</Table.Td>
                    <Table.Td className="number">{intl.formatNumber(count)}</Table.Td>
                    <Table.Td className="number">
                      <FormattedMessage id="settings.ms" values={{ ms: p50Ms }} />
                    </Table.Td>
                    <Table.Td className="number">
                      <FormattedMessage id="settings.ms" values={{ ms: p99Ms }} />
                    </Table.Td>
                  </Table.Tr>
                ))}
              </Table.Tbody>
            </Table>
          </Wide>
        </>
      )}
    </Stack>
  );
}
