// What needs somebody now: a sentence with its figures, and the way to where one acts. Nothing
// where nothing does.
import { Anchor, Button, Stack, Text, Title } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { type ReactNode, useId, useState } from "react";
import { FormattedMessage, useIntl } from "react-intl";
import { Link } from "wouter";
import { client } from "../../client.ts";
import { useIsAdmin } from "../../session/session.ts";
import { attentionEn } from "../../words/attention.en.ts";
import type { WordName } from "../../words/words.ts";
import { webhookList } from "../settings/webhook-queries.ts";
import { placeOf } from "./need-place.ts";
import { NeedWords } from "./need-words.tsx";
import { isUrgent, type Need, needsOf, type Summary } from "./needs.ts";

/** More are shown on demand: what runs stays in sight. */
const SHOWN = 6;
const SERVER_MS = 10_000;

export function AttentionPanel({ campaigns }: { campaigns: readonly Summary[] }): ReactNode {
  const titleId = useId();
  const [isWhole, setWhole] = useState(false);
  const needs = useNeeds(campaigns);
  const shown = isWhole ? needs : needs.slice(0, SHOWN);
  if (needs.length === 0) return null;
  return (
    <Stack gap="xs" component="section" aria-labelledby={titleId} mb="md">
      <Title order={2} id={titleId}>
        <FormattedMessage id="attention.title" />
      </Title>
      <ul className="needs">
        {shown.map((need) => (
          <OneNeed key={keyOf(need)} need={need} />
        ))}
      </ul>
      {shown.length < needs.length && (
        <Button size="xs" variant="default" w="fit-content" onClick={() => setWhole(true)}>
          <FormattedMessage id="attention.all" values={{ count: needs.length }} />
        </Button>
      )}
    </Stack>
  );
}

/** Of the server what the key may see. */
function useNeeds(campaigns: readonly Summary[]): Need[] {
  const isAdmin = useIsAdmin();
  const status = useQuery({
    queryKey: ["server.status"],
    queryFn: ({ signal }) => client.server.status({}, { signal, totalMs: 3_000 }),
    refetchInterval: SERVER_MS,
  });
  const webhooks = useQuery({
    ...webhookList(),
    enabled: isAdmin,
    retry: false,
    // A server without a data directory has none, and goes on having none.
    refetchInterval: ({ state }) => (state.error === null ? SERVER_MS : false),
  });
  return needsOf(campaigns, status.data, webhooks.data?.webhooks ?? []);
}

function OneNeed({ need }: { need: Need }): ReactNode {
  const isAdmin = useIsAdmin();
  const { of } = need;
  const href = placeOf(need, isAdmin);
  return (
    <li className="need">
      <WhoOf of={of} />
      <Text className={isUrgent(need) ? "outside attention" : "outside"}>
        <NeedWords need={need} />
      </Text>
      <Do need={need} href={href} isAdmin={isAdmin} />
    </li>
  );
}

/** Titles may be alike; ids are not. */
function WhoOf({ of }: Pick<Need, "of">): ReactNode {
  return (
    <Text component="div" fw={600} className="outside">
      {of === null ? <FormattedMessage id="attention.server" /> : of.title}
      {of !== null && (
        <Text size="xs" c="dimmed">
          {of.campaign}
        </Text>
      )}
    </Text>
  );
}

/** Many links are called the same: who has them read out hears of whom each is. */
function Do({ need, href, isAdmin }: { need: Need; href: string; isAdmin: boolean }): ReactNode {
  const intl = useIntl();
  const action = `attention.do.${need.what.kind}`;
  const id = isAdmin && action in attentionEn ? (action as WordName) : "attention.look";
  const word = intl.formatMessage({ id });
  const of = need.of?.title ?? intl.formatMessage({ id: "attention.server" });
  return (
    <Anchor component={Link} href={href} underline="always" aria-label={`${word}: ${of}`}>
      {word}
    </Anchor>
  );
}

function keyOf({ of, what }: Need): string {
  const which = what.kind === "round" ? what.round : what.kind === "dead" ? what.endpoint : "";
  return `${of?.campaign ?? ""} ${what.kind} ${which}`;
}
