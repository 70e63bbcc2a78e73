// Where events are sent: endpoints with what waits for them, made, paused, removed.
import { Anchor, Button, Code, Group, Stack, Table, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { FormattedMessage, useIntl } from "react-intl";
import { Link, useSearchParams } from "wouter";
import type { AnswerOf } from "../../../client/index.ts";
import { client } from "../../client.ts";
import { useTime } from "../../parts/money.tsx";
import { Loaded } from "../../parts/states.tsx";
import { Wide } from "../../parts/wide.tsx";
import { HERE, ZoneNote } from "../../parts/zone-note.tsx";
import { DeadLetters } from "./dead-letters.tsx";
import { NewWebhook } from "./new-webhook.tsx";
import { SettingsFrame } from "./settings-frame.tsx";
import { type AskedStep, WebhookDialog } from "./webhook-dialog.tsx";

export type Webhook = AnswerOf<"webhooks.list">["webhooks"][number];

const COLUMNS = ["url", "gets", "waiting", "delivered", "dead", "state"] as const;
const FIGURES: ReadonlySet<string> = new Set(["waiting", "delivered", "dead"]);

export function WebhooksPage(): ReactNode {
  const [search] = useSearchParams();
  const endpoint = search.get("dead");
  const query = useQuery({
    queryKey: ["webhooks"],
    queryFn: ({ signal }) => client.webhooks.list({}, { signal, totalMs: 3_000 }),
    refetchInterval: 2_000,
  });
  return (
    <SettingsFrame page="webhooks">
      {endpoint === null ? (
        <Stack gap="md">
          <Text>
            <FormattedMessage id="hooks.sentence" />
          </Text>
          <NewWebhook />
          <Loaded query={query}>{({ webhooks }) => <Endpoints webhooks={webhooks} />}</Loaded>
        </Stack>
      ) : (
        <DeadLetters key={endpoint} endpoint={endpoint} />
      )}
    </SettingsFrame>
  );
}

function Endpoints({ webhooks }: { webhooks: readonly Webhook[] }): ReactNode {
  const intl = useIntl();
  const [asked, setAsked] = useState<{ step: AskedStep; one: Webhook } | null>(null);
  if (webhooks.length === 0) {
    return (
      <Text c="dimmed">
        <FormattedMessage id="hooks.none" />
      </Text>
    );
  }
  return (
    <>
      <Wide label={intl.formatMessage({ id: "settings.webhooks" })} minWidth={820}>
        <Table>
          <Table.Thead>
            <Table.Tr>
              {COLUMNS.map((name) => (
                <Table.Th key={name} className={FIGURES.has(name) ? "number" : ""}>
                  <FormattedMessage id={`hooks.${name}`} />
                </Table.Th>
              ))}
              <Table.Td />
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {webhooks.map((one) => (
              <EndpointRow key={one.endpoint} one={one} onAsk={(step) => setAsked({ step, one })} />
            ))}
          </Table.Tbody>
        </Table>
      </Wide>
      {webhooks.some(({ paused }) => paused !== undefined) && <ZoneNote zone={HERE} />}
      {asked !== null && <WebhookDialog {...asked} onClose={() => setAsked(null)} />}
    </>
  );
}

function EndpointRow({
  one,
  onAsk,
}: {
  one: Webhook;
  onAsk: (step: AskedStep) => void;
}): ReactNode {
  const intl = useIntl();
  const { endpoint, url, campaigns = [], types = [], dead, paused } = one;
  const gets = [...campaigns, ...types].join(", ");
  return (
    <Table.Tr className="outside">
      <Table.Td>
        <Text size="sm">{url}</Text>
        <Code>{endpoint}</Code>
      </Table.Td>
      <Table.Td>{gets === "" ? <FormattedMessage id="hooks.all" /> : gets}</Table.Td>
      <Table.Td className="number">
        {intl.formatNumber(one.pending)}
        <FormattedMessage id="hooks.failing" values={{ count: one.failing }} />
      </Table.Td>
      <Table.Td className="number">{intl.formatNumber(one.delivered)}</Table.Td>
      <Table.Td className="number">
        {dead === 0 ? (
          "0"
        ) : (
          <Anchor
            component={Link}
            href={`/settings/webhooks?dead=${encodeURIComponent(endpoint)}`}
            underline="always"
          >
            {intl.formatNumber(dead)}
          </Anchor>
        )}
      </Table.Td>
      <Table.Td>
        <State one={one} />
      </Table.Td>
      <Table.Td>
        <Group gap={4} wrap="nowrap">
          <Button
            size="compact-xs"
            variant="default"
            onClick={() => onAsk(paused === undefined ? "pause" : "resume")}
          >
            <FormattedMessage id={paused === undefined ? "hooks.pause" : "hooks.resume"} />
          </Button>
          <Button size="compact-xs" variant="default" onClick={() => onAsk("remove")}>
            <FormattedMessage id="hooks.remove" />
          </Button>
        </Group>
      </Table.Td>
    </Table.Tr>
  );
}

function State({ one }: { one: Webhook }): ReactNode {
  const time = useTime(HERE);
  const { paused, lastFailure } = one;
  if (paused !== undefined) {
    return (
      <Text span size="sm" className="attention">
        <FormattedMessage id="hooks.paused" values={{ at: time(paused.atMs), why: paused.why }} />
      </Text>
    );
  }
  return (
    <Text span size="sm">
      <FormattedMessage id="hooks.on" />
      {lastFailure !== undefined && ` · ${lastFailure}`}
    </Text>
  );
}
