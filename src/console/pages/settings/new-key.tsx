// A key is made: whose it is, what it may do, and whether for one campaign or merchant alone.
import { Alert, Button, Group, NativeSelect, Stack, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, type ReactNode, useState } from "react";
import { FormattedMessage, useIntl } from "react-intl";
import type { InputOf } from "../../../client/index.ts";
import { client } from "../../client.ts";
import { CampaignSelect } from "../../parts/campaign-select.tsx";
import { FailureWords } from "../../parts/failure-words.tsx";
import { ShownOnce } from "../../parts/shown-once.tsx";
import { KEYS_QUERY, type Key } from "./key-queries.ts";

type Scope = Key["scope"];

const SCOPES: readonly Scope[] = ["viewer", "app", "merchant", "admin"];

export function NewKey(): ReactNode {
  const intl = useIntl();
  const queries = useQueryClient();
  const [name, setName] = useState("");
  const [scope, setScope] = useState<Scope>("viewer");
  const [merchant, setMerchant] = useState("");
  const [campaign, setCampaign] = useState("");
  const add = useMutation({
    mutationFn: (input: InputOf<"keys.add">) => client.keys.add(input, { totalMs: 0 }),
    onSuccess: () => {
      setName("");
      return queries.invalidateQueries({ queryKey: KEYS_QUERY });
    },
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    add.mutate({
      ...{ name, scope },
      ...(scope === "merchant" ? { merchant } : {}),
      ...(campaign === "" ? {} : { campaign }),
    });
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
          <CampaignSelect
            label="keys.campaign"
            none="keys.everyCampaign"
            campaign={campaign}
            onChange={setCampaign}
          />
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
