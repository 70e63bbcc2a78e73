// Who may use this server: keys, made and revoked.
import { Box, Button, Code, Stack, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { type ReactNode, useMemo, useState } from "react";
import { FormattedMessage, type IntlShape, useIntl } from "react-intl";
import { client } from "../../client.ts";
import { At, useTime } from "../../parts/money.tsx";
import { Loaded } from "../../parts/states.tsx";
import type { DataColumn } from "../../parts/table/column.ts";
import { DataTable } from "../../parts/table/data-table.tsx";
import { useIsPhone } from "../../parts/use-phone.ts";
import { HERE, ZoneNote } from "../../parts/zone-note.tsx";
import { KEYS_QUERY, type Key } from "./key-queries.ts";
import { NewKey } from "./new-key.tsx";
import { RevokeKey } from "./revoke-key.tsx";
import { SettingsFrame } from "./settings-frame.tsx";

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
        <NewKey keys={query.data?.keys ?? []} />
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
      {asked !== null && <RevokeKey one={asked} keys={keys} onClose={() => setAsked(null)} />}
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
