// What was given up of an endpoint: shown, sent again, or thrown away.
import { Alert, Anchor, Button, Code, Group, Stack, Text, Title } from "@mantine/core";
import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { type ReactNode, useMemo, useState } from "react";
import { FormattedMessage, useIntl } from "react-intl";
import { Link } from "wouter";
import type { AnswerOf } from "../../../client/index.ts";
import { client } from "../../client.ts";
import { Dialog } from "../../parts/dialog.tsx";
import { FailureWords } from "../../parts/failure-words.tsx";
import { At } from "../../parts/money.tsx";
import { Loaded } from "../../parts/states.tsx";
import type { DataColumn } from "../../parts/table/column.ts";
import { DataTable } from "../../parts/table/data-table.tsx";
import { HERE, ZoneNote } from "../../parts/zone-note.tsx";
import { webhookList } from "./webhook-queries.ts";

type Answer = AnswerOf<"webhooks.dead">;
type Letter = Answer["dead"][number];
type Verb = "replay" | "drop";

const AGAIN_MS = 2_000;

interface Wish {
  verb: Verb;
  /** Null: all. */
  place: string | null;
}

export function DeadLetters({ endpoint }: { endpoint: string }): ReactNode {
  const [asked, setAsked] = useState<Wish | null>(null);
  const queries = useQueryClient();
  const query = useInfiniteQuery({
    queryKey: ["webhooks", "dead", endpoint],
    queryFn: ({ signal, pageParam }) =>
      client.webhooks.dead(
        { endpoint, ...(pageParam !== null && { after: pageParam }) },
        { signal },
      ),
    initialPageParam: null as string | null,
    getNextPageParam: ({ dead, more }: Answer) => (more ? (dead.at(-1)?.place ?? null) : null),
    // All pages are asked for anew, one after the other.
    refetchInterval: ({ state }) => AGAIN_MS * (state.data?.pages.length ?? 1),
  });
  const run = useMutation({
    mutationFn: async ({ verb, place }: Wish) => {
      const input = { endpoint, ...(place !== null && { places: [place] }) };
      return { verb, letters: (await client.webhooks[verb](input)).letters };
    },
    onSuccess: () => queries.invalidateQueries({ queryKey: ["webhooks"] }),
  });
  const wish = (one: Wish): void => {
    // What is thrown away is asked for once more.
    if (one.verb === "drop") setAsked(one);
    else run.mutate(one);
  };
  return (
    <Stack gap="md">
      <Anchor component={Link} href="/settings/webhooks" underline="always" w="fit-content">
        <FormattedMessage id="hooks.back" />
      </Anchor>
      <Title order={2} className="outside">
        <FormattedMessage id="hooks.letters" values={{ endpoint }} />
      </Title>
      <Text>
        <FormattedMessage id="hooks.lettersHow" />
      </Text>
      <Said run={run} />
      <Loaded query={query}>
        {({ pages }) => (
          <Letters
            dead={pages.flatMap(({ dead }) => dead)}
            onWish={wish}
            onMore={query.hasNextPage ? () => void query.fetchNextPage() : null}
          />
        )}
      </Loaded>
      {asked !== null && (
        <DropDialog
          endpoint={endpoint}
          isAll={asked.place === null}
          onClose={() => setAsked(null)}
          onSure={() => {
            run.mutate(asked);
            setAsked(null);
          }}
        />
      )}
    </Stack>
  );
}

function Said({
  run: { error, data },
}: {
  run: { error: Error | null; data: { verb: Verb; letters: number } | undefined };
}): ReactNode {
  if (error !== null) {
    return (
      <Alert color="red" role="alert">
        <FailureWords error={error} />
      </Alert>
    );
  }
  if (data === undefined) return null;
  return (
    <Alert color="jade" role="status">
      <FormattedMessage id={`hooks.said.${data.verb}`} values={{ count: data.letters }} />
    </Alert>
  );
}

function Letters({
  dead,
  onWish,
  onMore,
}: {
  dead: readonly Letter[];
  onWish: (wish: Wish) => void;
  onMore: (() => void) | null;
}): ReactNode {
  const intl = useIntl();
  const columns = useMemo(() => columnsOf(onWish), [onWish]);
  if (dead.length === 0) {
    return (
      <Text c="dimmed">
        <FormattedMessage id="hooks.lettersNone" />
      </Text>
    );
  }
  return (
    <>
      <Group gap="xs">
        <Button size="xs" variant="default" onClick={() => onWish({ verb: "replay", place: null })}>
          <FormattedMessage id="hooks.replayAll" />
        </Button>
        <Button size="xs" variant="default" onClick={() => onWish({ verb: "drop", place: null })}>
          <FormattedMessage id="hooks.dropAll" />
        </Button>
      </Group>
      <DataTable
        name="dead"
        label={intl.formatMessage({ id: "hooks.dead" })}
        columns={columns}
        rows={dead}
        rowKey={({ place }) => place}
        minWidth={760}
      />
      <ZoneNote zone={HERE} />
      {onMore !== null && (
        <Button size="xs" variant="default" w="fit-content" onClick={onMore}>
          <FormattedMessage id="hooks.more" />
        </Button>
      )}
    </>
  );
}

function columnsOf(onWish: (wish: Wish) => void): DataColumn<Letter>[] {
  const text = (children: string): ReactNode => <span className="outside">{children}</span>;
  return [
    {
      name: "hooks.place",
      isName: true,
      value: ({ place }) => place,
      cell: ({ place }) => <Code>{place}</Code>,
    },
    { name: "hooks.kind", value: ({ type }) => type },
    {
      name: "hooks.campaign",
      value: ({ campaign }) => campaign,
      cell: ({ campaign }) => text(campaign),
    },
    { name: "hooks.attempts", align: "right", value: ({ attempts }) => attempts },
    {
      name: "hooks.givenUp",
      value: ({ deadAtMs }) => deadAtMs,
      isInstant: true,
      cell: ({ deadAtMs }) => <At timeZone={HERE} atMs={deadAtMs} />,
    },
    { name: "hooks.last", value: ({ last = "–" }) => last, cell: ({ last = "–" }) => text(last) },
    {
      name: "table.actions",
      isAction: true,
      value: () => "",
      cell: ({ place }) => <LetterActions onWish={(verb) => onWish({ verb, place })} />,
    },
  ];
}

function LetterActions({ onWish }: { onWish: (verb: Verb) => void }): ReactNode {
  return (
    <Group gap={4} wrap="nowrap">
      {(["replay", "drop"] as const).map((verb) => (
        <Button key={verb} size="compact-xs" variant="default" onClick={() => onWish(verb)}>
          <FormattedMessage id={`hooks.${verb}`} />
        </Button>
      ))}
    </Group>
  );
}

function DropDialog({
  endpoint,
  isAll,
  onSure,
  onClose,
}: {
  endpoint: string;
  isAll: boolean;
  onSure: () => void;
  onClose: () => void;
}): ReactNode {
  const intl = useIntl();
  const { data } = useQuery(webhookList());
  // More may have been given up than this page has seen.
  const one = data?.webhooks.find((each) => each.endpoint === endpoint);
  const count = isAll ? one?.dead : 1;
  return (
    <Dialog title={intl.formatMessage({ id: "hooks.drop" })} onClose={onClose}>
      <Stack>
        <Text mih="1.5em">
          {count !== undefined && <FormattedMessage id="hooks.dropWhy" values={{ count }} />}
        </Text>
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose} data-autofocus>
            <FormattedMessage id="campaign.cancel" />
          </Button>
          <Button color="red.9" onClick={onSure} disabled={count === undefined}>
            <FormattedMessage id="hooks.drop" />
          </Button>
        </Group>
      </Stack>
    </Dialog>
  );
}
