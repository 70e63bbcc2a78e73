// What was given up of an endpoint: shown, sent again, or thrown away.
import { Alert, Anchor, Button, Code, Group, Stack, Table, Text, Title } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { FormattedMessage, useIntl } from "react-intl";
import { Link } from "wouter";
import type { AnswerOf } from "../../../client/index.ts";
import { client, failureText } from "../../client.ts";
import { Dialog } from "../../parts/dialog.tsx";
import { useTime } from "../../parts/money.tsx";
import { Loaded } from "../../parts/states.tsx";
import { Wide } from "../../parts/wide.tsx";
import { HERE, ZoneNote } from "../../parts/zone-note.tsx";

type Letter = AnswerOf<"webhooks.dead">["dead"][number];
type Verb = "replay" | "drop";

const COLUMNS = ["place", "kind", "campaign", "attempts", "givenUp", "last"] as const;

interface Wish {
  verb: Verb;
  /** Null: all. */
  place: string | null;
}

export function DeadLetters({ endpoint }: { endpoint: string }): ReactNode {
  const [after, setAfter] = useState<string | null>(null);
  const [asked, setAsked] = useState<Wish | null>(null);
  const queries = useQueryClient();
  const query = useQuery({
    queryKey: ["webhooks", "dead", endpoint, after],
    queryFn: ({ signal }) =>
      client.webhooks.dead({ endpoint, ...(after !== null && { after }) }, { signal }),
    refetchInterval: 2_000,
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
      {run.isError && (
        <Alert color="red" role="alert">
          {failureText(run.error)}
        </Alert>
      )}
      {run.data !== undefined && (
        <Alert color="jade" role="status">
          <FormattedMessage
            id={`hooks.said.${run.data.verb}`}
            values={{ count: run.data.letters }}
          />
        </Alert>
      )}
      <Loaded query={query}>
        {({ dead, more }) => (
          <Letters
            dead={dead}
            onWish={wish}
            onMore={more ? () => setAfter(dead.at(-1)?.place ?? null) : null}
          />
        )}
      </Loaded>
      {asked !== null && (
        <DropDialog
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
      <Wide label={intl.formatMessage({ id: "hooks.dead" })} minWidth={760}>
        <Table>
          <Table.Thead>
            <Table.Tr>
              {COLUMNS.map((name) => (
                <Table.Th key={name} className={name === "attempts" ? "number" : ""}>
                  <FormattedMessage id={`hooks.${name}`} />
                </Table.Th>
              ))}
              <Table.Td />
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {dead.map((one) => (
              <LetterRow key={one.place} one={one} onWish={onWish} />
            ))}
          </Table.Tbody>
        </Table>
      </Wide>
      <ZoneNote zone={HERE} />
      {onMore !== null && (
        <Button size="xs" variant="default" w="fit-content" onClick={onMore}>
          <FormattedMessage id="hooks.more" />
        </Button>
      )}
    </>
  );
}

function LetterRow({ one, onWish }: { one: Letter; onWish: (wish: Wish) => void }): ReactNode {
  const intl = useIntl();
  const time = useTime(HERE);
  const { place, type, campaign, attempts, deadAtMs, last } = one;
  return (
    <Table.Tr className="outside">
      <Table.Td>
        <Code>{place}</Code>
      </Table.Td>
      <Table.Td>{type}</Table.Td>
      <Table.Td>{campaign}</Table.Td>
      <Table.Td className="number">{intl.formatNumber(attempts)}</Table.Td>
      <Table.Td>{time(deadAtMs)}</Table.Td>
      <Table.Td>{last ?? "–"}</Table.Td>
      <Table.Td>
        <Group gap={4} wrap="nowrap">
          {(["replay", "drop"] as const).map((verb) => (
            <Button
              key={verb}
              size="compact-xs"
              variant="default"
              onClick={() => onWish({ verb, place })}
            >
              <FormattedMessage id={`hooks.${verb}`} />
            </Button>
          ))}
        </Group>
      </Table.Td>
    </Table.Tr>
  );
}

function DropDialog({ onSure, onClose }: { onSure: () => void; onClose: () => void }): ReactNode {
  const intl = useIntl();
  return (
    <Dialog title={intl.formatMessage({ id: "hooks.drop" })} onClose={onClose}>
      <Stack>
        <Text>
          <FormattedMessage id="hooks.dropWhy" />
        </Text>
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose} data-autofocus>
            <FormattedMessage id="campaign.cancel" />
          </Button>
          <Button color="red.9" onClick={onSure}>
            <FormattedMessage id="hooks.drop" />
          </Button>
        </Group>
      </Stack>
    </Dialog>
  );
}
