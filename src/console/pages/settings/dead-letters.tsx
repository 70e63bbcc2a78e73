// What was given up of an endpoint: shown, sent again, or thrown away.
import { Alert, Anchor, Button, Code, Group, Stack, Text, Title } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import { type ReactNode, useMemo, useState } from "react";
import { FormattedMessage, useIntl } from "react-intl";
import { Link } from "wouter";
import { LIMITS } from "../../../base/limits.ts";
import type { AnswerOf, CallOptions } from "../../../client/index.ts";
import { client } from "../../client.ts";
import { Dialog } from "../../parts/dialog.tsx";
import { At } from "../../parts/money.tsx";
import { Loaded } from "../../parts/states.tsx";
import type { DataColumn } from "../../parts/table/column.ts";
import { DataTable } from "../../parts/table/data-table.tsx";
import { useWish, type Wish } from "../../parts/use-wish.ts";
import { WishWords } from "../../parts/wish-words.tsx";
import { HERE, ZoneNote } from "../../parts/zone-note.tsx";

type Answer = AnswerOf<"webhooks.dead">;
type Letter = Answer["dead"][number];
type Verb = "replay" | "drop";

const AGAIN_MS = 2_000;

/** Those that were seen: what was given up since is left for its own look. */
interface Asked {
  verb: Verb;
  places: readonly string[];
}

interface Done {
  verb: Verb;
  letters: number;
}

/** By their places: what the sender was asked to do with them, and has not done yet. */
type Waiting = ReadonlyMap<string, { readonly verb: Verb; readonly deadAtMs: number }>;

export function DeadLetters({ endpoint }: { endpoint: string }): ReactNode {
  const [asked, setAsked] = useState<Asked | null>(null);
  const [waiting, setWaiting] = useState<Waiting>(new Map());
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
  const dead = query.data?.pages.flatMap((page) => page.dead) ?? [];
  const run = useWish(
    (options, one: Asked) => actOn(endpoint, one, options),
    (_, { verb, places }) => {
      const letters = dead.filter(({ place }) => places.includes(place));
      setWaiting((before) => {
        const added = letters.map(({ place, deadAtMs }) => [place, { verb, deadAtMs }] as const);
        return new Map([...before, ...added]);
      });
      setAsked(null);
    },
    { shown: ["webhooks"] },
  );
  const wish = (one: Asked): void => {
    // What is thrown away is asked for once more.
    if (one.verb === "drop") setAsked(one);
    else run.mutate(one);
  };
  const close = (): void => {
    run.stop();
    setAsked(null);
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
      {asked === null && <WishWords wish={run} />}
      {run.data !== undefined && <Said {...run.data} />}
      <Loaded query={query}>
        {() => (
          <Letters
            {...{ dead, waiting }}
            onWish={wish}
            onMore={query.hasNextPage ? () => void query.fetchNextPage() : null}
          />
        )}
      </Loaded>
      {asked !== null && (
        <DropDialog
          run={run}
          count={asked.places.length}
          onClose={close}
          onSure={() => run.mutate(asked)}
        />
      )}
    </Stack>
  );
}

/** As many at a time as the server takes. */
async function actOn(
  endpoint: string,
  { verb, places }: Asked,
  options: CallOptions,
): Promise<Done> {
  let letters = 0;
  for (let from = 0; from < places.length; from += LIMITS.page) {
    const input = { endpoint, places: places.slice(from, from + LIMITS.page) };
    letters += (await client.webhooks[verb](input, options)).letters;
  }
  return { verb, letters };
}

function Said({ verb, letters }: Done): ReactNode {
  return (
    <Alert color={letters === 0 ? "yellow" : "jade"} role="status">
      <FormattedMessage
        id={letters === 0 ? "hooks.said.none" : `hooks.said.${verb}`}
        values={{ count: letters }}
      />
    </Alert>
  );
}

function Letters({
  dead,
  waiting,
  onWish,
  onMore,
}: {
  dead: readonly Letter[];
  waiting: Waiting;
  onWish: (wish: Asked) => void;
  onMore: (() => void) | null;
}): ReactNode {
  const intl = useIntl();
  const columns = useMemo(() => columnsOf(waiting, onWish), [waiting, onWish]);
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
        {(["replay", "drop"] as const).map((verb) => (
          <Button
            key={verb}
            size="xs"
            variant="default"
            onClick={() => onWish({ verb, places: dead.map(({ place }) => place) })}
          >
            <FormattedMessage
              id={onMore === null ? `hooks.${verb}All` : `hooks.${verb}Shown`}
              values={{ count: dead.length }}
            />
          </Button>
        ))}
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

function columnsOf(waiting: Waiting, onWish: (wish: Asked) => void): DataColumn<Letter>[] {
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
      cell: ({ place, deadAtMs }) => {
        const wish = waiting.get(place);
        // What was sent again and given up once more is another letter of its place.
        if (wish?.deadAtMs === deadAtMs)
          return <FormattedMessage id={`hooks.asked.${wish.verb}`} />;
        return <LetterActions onWish={(verb) => onWish({ verb, places: [place] })} />;
      },
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
  run,
  count,
  onSure,
  onClose,
}: {
  run: Wish<Done, Asked>;
  count: number;
  onSure: () => void;
  onClose: () => void;
}): ReactNode {
  const intl = useIntl();
  return (
    <Dialog title={intl.formatMessage({ id: "hooks.drop" })} onClose={onClose}>
      <Stack>
        <Text>
          <FormattedMessage id="hooks.dropWhy" values={{ count }} />
        </Text>
        <WishWords wish={run} />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose} data-autofocus>
            <FormattedMessage id="campaign.cancel" />
          </Button>
          <Button color="red.9" onClick={onSure} loading={run.isPending}>
            <FormattedMessage id="hooks.drop" />
          </Button>
        </Group>
      </Stack>
    </Dialog>
  );
}
