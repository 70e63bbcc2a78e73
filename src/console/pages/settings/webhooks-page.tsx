// Where events are sent: endpoints with what waits for them, made, paused, removed.
import { Anchor, Button, Code, Group, Stack, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { type ReactNode, useMemo, useState } from "react";
import { FormattedMessage, FormattedNumber, type IntlShape, useIntl } from "react-intl";
import { Link, useSearchParams } from "wouter";
import { Loaded } from "../../parts/states.tsx";
import type { DataColumn } from "../../parts/table/column.ts";
import { DataTable } from "../../parts/table/data-table.tsx";
import { HERE, ZoneNote } from "../../parts/zone-note.tsx";
import { DeadLetters } from "./dead-letters.tsx";
import { NewWebhook } from "./new-webhook.tsx";
import { SettingsFrame } from "./settings-frame.tsx";
import { type AskedStep, WebhookDialog } from "./webhook-dialog.tsx";
import { type Webhook, webhookList } from "./webhook-queries.ts";

export function WebhooksPage(): ReactNode {
  const [search] = useSearchParams();
  const endpoint = search.get("dead");
  const query = useQuery(webhookList());
  return (
    <SettingsFrame page="webhooks">
      {endpoint === null ? (
        <Stack gap="md">
          <Text>
            <FormattedMessage id="hooks.sentence" />
          </Text>
          <NewWebhook webhooks={query.data?.webhooks ?? []} />
          <Loaded query={query}>{({ webhooks }) => <Endpoints webhooks={webhooks} />}</Loaded>
        </Stack>
      ) : (
        <DeadLetters key={endpoint} endpoint={endpoint} />
      )}
    </SettingsFrame>
  );
}

interface AskedOf {
  step: AskedStep;
  one: Webhook;
}

function Endpoints({ webhooks }: { webhooks: readonly Webhook[] }): ReactNode {
  const intl = useIntl();
  const [asked, setAsked] = useState<AskedOf | null>(null);
  const columns = useMemo(() => columnsOf(intl, setAsked), [intl]);
  if (webhooks.length === 0) {
    return (
      <Text c="dimmed">
        <FormattedMessage id="hooks.none" />
      </Text>
    );
  }
  return (
    <>
      <DataTable
        name="hooks"
        label={intl.formatMessage({ id: "settings.webhooks" })}
        columns={columns}
        rows={webhooks}
        rowKey={({ endpoint }) => endpoint}
        minWidth={820}
      />
      {webhooks.some(({ paused }) => paused !== undefined) && <ZoneNote zone={HERE} />}
      {asked !== null && <WebhookDialog {...asked} onClose={() => setAsked(null)} />}
    </>
  );
}

function columnsOf(intl: IntlShape, onAsk: (asked: AskedOf) => void): DataColumn<Webhook>[] {
  const gets = ({ campaigns = [], types = [] }: Webhook): string => {
    const named = [...campaigns, ...types].join(", ");
    return named === "" ? intl.formatMessage({ id: "hooks.all" }) : named;
  };
  return [
    {
      name: "hooks.url",
      isName: true,
      value: ({ url, endpoint }) => `${url} ${endpoint}`,
      cell: ({ url, endpoint }) => (
        <div className="outside">
          <div>{url}</div>
          <Code>{endpoint}</Code>
        </div>
      ),
    },
    {
      name: "hooks.gets",
      value: gets,
      cell: (one) => <span className="outside">{gets(one)}</span>,
    },
    {
      name: "hooks.waiting",
      align: "right",
      value: ({ pending }) => pending,
      cell: ({ pending, failing }) => (
        <>
          <FormattedNumber value={pending} />
          <FormattedMessage id="hooks.failing" values={{ count: failing }} />
        </>
      ),
    },
    {
      name: "hooks.delivered",
      align: "right",
      value: ({ delivered }) => delivered,
      cell: ({ delivered }) => <FormattedNumber value={delivered} />,
    },
    {
      name: "hooks.dead",
      align: "right",
      value: ({ dead }) => dead,
      cell: (one) => <GivenUp one={one} />,
    },
    {
      name: "hooks.state",
      value: (one) => stateText(one, intl),
      cell: (one) => (
        <Text span size="sm" className={isWell(one) ? "outside" : "outside attention"}>
          {stateText(one, intl)}
        </Text>
      ),
    },
    {
      name: "table.actions",
      isAction: true,
      value: () => "",
      cell: (one) => <EndpointActions one={one} onAsk={(step) => onAsk({ step, one })} />,
    },
  ];
}

function GivenUp({ one: { dead, endpoint } }: { one: Webhook }): ReactNode {
  const count = <FormattedNumber value={dead} />;
  if (dead === 0) return count;
  const href = `/settings/webhooks?dead=${encodeURIComponent(endpoint)}`;
  return (
    <Anchor component={Link} href={href} underline="always">
      {count}
    </Anchor>
  );
}

function EndpointActions({
  one: { paused },
  onAsk,
}: {
  one: Webhook;
  onAsk: (step: AskedStep) => void;
}): ReactNode {
  const step = paused === undefined ? "pause" : "resume";
  return (
    <Group gap={4} wrap="nowrap">
      <Button size="compact-xs" variant="default" onClick={() => onAsk(step)}>
        <FormattedMessage id={`hooks.${step}`} />
      </Button>
      <Button size="compact-xs" variant="default" onClick={() => onAsk("remove")}>
        <FormattedMessage id="hooks.remove" />
      </Button>
    </Group>
  );
}

function isWell({ paused, failing }: Webhook): boolean {
  return paused === undefined && failing === 0;
}

/** Whether what is sent comes through, too: an endpoint that is on may reach nobody. */
function stateText(one: Webhook, intl: IntlShape): string {
  const { paused, failing, delivered, lastFailure = "–" } = one;
  if (paused === undefined) {
    const id = failing > 0 ? "hooks.fails" : delivered > 0 ? "hooks.works" : "hooks.nothingYet";
    return intl.formatMessage({ id }, { why: lastFailure });
  }
  const { atMs, why } = paused;
  const at = intl.formatDate(atMs, { dateStyle: "medium", timeStyle: "short", timeZone: HERE });
  return intl.formatMessage({ id: "hooks.paused" }, { at, why });
}
