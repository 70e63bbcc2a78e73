// Who may use this server: keys, made and revoked.
import {
  Alert,
  Box,
  Button,
  Code,
  Group,
  NativeSelect,
  Stack,
  Text,
  TextInput,
} from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, type ReactNode, useMemo, useState } from "react";
import { FormattedMessage, type IntlShape, useIntl } from "react-intl";
import type { AnswerOf, InputOf } from "../../../client/index.ts";
import { client } from "../../client.ts";
import { Dialog } from "../../parts/dialog.tsx";
import { FailureWords } from "../../parts/failure-words.tsx";
import { At, useTime } from "../../parts/money.tsx";
import { noticeFailure } from "../../parts/notice-failure.tsx";
import { ShownOnce } from "../../parts/shown-once.tsx";
import { Loaded } from "../../parts/states.tsx";
import type { DataColumn } from "../../parts/table/column.ts";
import { DataTable } from "../../parts/table/data-table.tsx";
import { useIsPhone } from "../../parts/use-phone.ts";
import { HERE, ZoneNote } from "../../parts/zone-note.tsx";
import { SettingsFrame } from "./settings-frame.tsx";

type Key = AnswerOf<"keys.list">["keys"][number];
type Scope = Key["scope"];

const SCOPES: readonly Scope[] = ["viewer", "app", "merchant", "admin"];
const KEYS_QUERY = ["keys"] as const;

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
  const isPhone = useIsPhone();
  const columns = useMemo(() => columnsOf(intl, isPhone, setAsked), [intl, isPhone]);
  return (
    <>
      <DataTable
        name="keys"
        label={intl.formatMessage({ id: "settings.keys" })}
        columns={columns}
        rows={keys}
        rowKey={({ key }) => key}
        minWidth={640}
      />
      <ZoneNote zone={HERE} />
      {asked !== null && <Revoke one={asked} onClose={() => setAsked(null)} />}
    </>
  );
}

/** On a phone what can be done stands under the name: the last column is out of sight. */
function columnsOf(
  intl: IntlShape,
  isPhone: boolean,
  onRevoke: (key: Key) => void,
): DataColumn<Key>[] {
  return [
    {
      name: "keys.name",
      isName: true,
      value: ({ name }) => name,
      cell: (one) => (
        <Box className="outside">
          {one.name}
          {isPhone && (
            <Box mt={4}>
              <Use one={one} onRevoke={() => onRevoke(one)} />
            </Box>
          )}
        </Box>
      ),
    },
    { name: "keys.id", value: ({ key }) => key, cell: ({ key }) => <Code>{key}</Code> },
    { name: "keys.scope", value: ({ scope }) => intl.formatMessage({ id: `scope.${scope}` }) },
    {
      name: "keys.bound",
      value: ({ merchant, campaign }) =>
        [merchant, campaign].filter((part) => part !== undefined).join(", "),
    },
    {
      name: "keys.made",
      value: ({ createdAtMs }) => createdAtMs,
      isInstant: true,
      cell: ({ createdAtMs }) => <At timeZone={HERE} atMs={createdAtMs} />,
    },
    ...(isPhone ? [] : [columnOfUse(onRevoke)]),
  ];
}

function columnOfUse(onRevoke: (key: Key) => void): DataColumn<Key> {
  return {
    name: "keys.use",
    value: ({ revokedAtMs }) =>
      revokedAtMs === undefined ? "" : new Date(revokedAtMs).toISOString(),
    cell: (one) => <Use one={one} onRevoke={() => onRevoke(one)} />,
  };
}

function Use({ one, onRevoke }: { one: Key; onRevoke: () => void }): ReactNode {
  const time = useTime(HERE);
  if (one.revokedAtMs !== undefined) {
    return (
      <span className="quiet">
        <FormattedMessage id="keys.revoked" values={{ at: time(one.revokedAtMs) }} />
      </span>
    );
  }
  return (
    <Button size="compact-xs" variant="default" onClick={onRevoke}>
      <FormattedMessage id="keys.revoke" />
    </Button>
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
    onError: noticeFailure,
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
            <FailureWords error={add.error} />
          </Alert>
        )}
        {add.data !== undefined && <ShownOnce title="keys.secret" text={add.data.secret} />}
      </Stack>
    </form>
  );
}
