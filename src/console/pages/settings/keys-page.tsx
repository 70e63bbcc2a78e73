// Who may use this server: keys, made and revoked.
import {
  Alert,
  Button,
  Code,
  Group,
  NativeSelect,
  Stack,
  Table,
  Text,
  TextInput,
} from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, type ReactNode, useState } from "react";
import { FormattedMessage, useIntl } from "react-intl";
import type { AnswerOf, InputOf } from "../../../client/index.ts";
import { client, failureText } from "../../client.ts";
import { Dialog } from "../../parts/dialog.tsx";
import { useTime } from "../../parts/money.tsx";
import { ShownOnce } from "../../parts/shown-once.tsx";
import { Loaded } from "../../parts/states.tsx";
import { Wide } from "../../parts/wide.tsx";
import { SettingsFrame } from "./settings-frame.tsx";

type Key = AnswerOf<"keys.list">["keys"][number];
type Scope = Key["scope"];

const SCOPES: readonly Scope[] = ["viewer", "app", "merchant", "admin"];
const KEYS_QUERY = ["keys"] as const;
const COLUMNS = ["name", "id", "scope", "bound", "made"] as const;

export function KeysPage(): ReactNode {
  const query = useQuery({
    queryKey: KEYS_QUERY,
    queryFn: ({ signal }) => client.keys.list({}, { signal }),
  });
  return (
    <SettingsFrame page="keys">
      <Stack gap="md">
        <Text>
          <FormattedMessage id="keys.sentence" />
        </Text>
        <NewKey />
        <Loaded query={query}>{({ keys }) => <KeyTable keys={keys} />}</Loaded>
      </Stack>
    </SettingsFrame>
  );
}

function KeyTable({ keys }: { keys: readonly Key[] }): ReactNode {
  const intl = useIntl();
  const [asked, setAsked] = useState<Key | null>(null);
  return (
    <Wide label={intl.formatMessage({ id: "settings.keys" })} minWidth={640}>
      <Table>
        <Table.Thead>
          <Table.Tr>
            {COLUMNS.map((name) => (
              <Table.Th key={name}>
                <FormattedMessage id={`keys.${name}`} />
              </Table.Th>
            ))}
            <Table.Td />
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {keys.map((key) => (
            <KeyRow key={key.key} one={key} onRevoke={() => setAsked(key)} />
          ))}
        </Table.Tbody>
      </Table>
      {asked !== null && <Revoke one={asked} onClose={() => setAsked(null)} />}
    </Wide>
  );
}

function KeyRow({ one, onRevoke }: { one: Key; onRevoke: () => void }): ReactNode {
  const time = useTime(Intl.DateTimeFormat().resolvedOptions().timeZone);
  const { key, name, scope, merchant, campaign, createdAtMs, revokedAtMs } = one;
  return (
    <Table.Tr className={revokedAtMs === undefined ? "" : "quiet"}>
      <Table.Td>{name}</Table.Td>
      <Table.Td>
        <Code>{key}</Code>
      </Table.Td>
      <Table.Td>
        <FormattedMessage id={`scope.${scope}`} />
      </Table.Td>
      <Table.Td>{[merchant, campaign].filter((part) => part !== undefined).join(", ")}</Table.Td>
      <Table.Td>{time(createdAtMs)}</Table.Td>
      <Table.Td>
        {revokedAtMs === undefined ? (
          <Button size="compact-xs" variant="default" onClick={onRevoke}>
            <FormattedMessage id="keys.revoke" />
          </Button>
        ) : (
          <FormattedMessage id="keys.revoked" values={{ at: time(revokedAtMs) }} />
        )}
      </Table.Td>
    </Table.Tr>
  );
}

function Revoke({ one, onClose }: { one: Key; onClose: () => void }): ReactNode {
  const intl = useIntl();
  const queries = useQueryClient();
  const revoke = useMutation({
    mutationFn: () => client.keys.revoke({ key: one.key }),
    onSuccess: () => {
      onClose();
      return queries.invalidateQueries();
    },
    onError: (error) => notifications.show({ color: "red", message: failureText(error) }),
  });
  const title = `${intl.formatMessage({ id: "keys.revoke" })}: ${one.name}`;
  return (
    <Dialog title={title} onClose={onClose}>
      <Stack>
        <Text>
          <FormattedMessage id="keys.revokeWhy" />
        </Text>
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose} data-autofocus>
            <FormattedMessage id="campaign.cancel" />
          </Button>
          <Button color="red.9" loading={revoke.isPending} onClick={() => revoke.mutate()}>
            <FormattedMessage id="keys.revoke" />
          </Button>
        </Group>
      </Stack>
    </Dialog>
  );
}

function NewKey(): ReactNode {
  const intl = useIntl();
  const queries = useQueryClient();
  const [name, setName] = useState("");
  const [scope, setScope] = useState<Scope>("viewer");
  const [merchant, setMerchant] = useState("");
  const add = useMutation({
    mutationFn: (input: InputOf<"keys.add">) => client.keys.add(input, { totalMs: 0 }),
    onSuccess: () => {
      setName("");
      return queries.invalidateQueries({ queryKey: KEYS_QUERY });
    },
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    add.mutate({ name, scope, ...(scope === "merchant" ? { merchant } : {}) });
  };
  return (
    <form onSubmit={submit}>
      <Stack gap="sm">
        <Group align="flex-end" gap="sm">
          <TextInput
            label={intl.formatMessage({ id: "keys.name" })}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
            required
            withAsterisk={false}
          />
          <NativeSelect
            label={intl.formatMessage({ id: "keys.scope" })}
            data={SCOPES.map((value) => {
              return { value, label: intl.formatMessage({ id: `scope.${value}` }) };
            })}
            value={scope}
            onChange={(event) => setScope(event.currentTarget.value as Scope)}
          />
          {scope === "merchant" && (
            <TextInput
              label={intl.formatMessage({ id: "keys.merchant" })}
              value={merchant}
              onChange={(event) => setMerchant(event.currentTarget.value)}
              required
              withAsterisk={false}
            />
          )}
          <Button type="submit" variant="default" loading={add.isPending}>
            <FormattedMessage id="keys.add" />
          </Button>
        </Group>
        {add.isError && (
          <Alert color="red" role="alert">
            {failureText(add.error)}
          </Alert>
        )}
        {add.data !== undefined && <ShownOnce title="keys.secret" text={add.data.secret} />}
      </Stack>
    </form>
  );
}
