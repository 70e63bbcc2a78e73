// A key is made: whose it is, what it may do, and whether for one campaign or merchant alone.
import { Button, Group, NativeSelect, Stack, TextInput } from "@mantine/core";
import { type FormEvent, type ReactNode, useState } from "react";
import { FormattedMessage, useIntl } from "react-intl";
import type { InputOf } from "../../../client/index.ts";
import { client } from "../../client.ts";
import { CampaignSelect } from "../../parts/campaign-select.tsx";
import { ShownOnce } from "../../parts/shown-once.tsx";
import { useWish } from "../../parts/use-wish.ts";
import { KEYS_QUERY, type Key } from "./key-queries.ts";
import { MaybeMade } from "./maybe-made.tsx";

type Scope = Key["scope"];

const SCOPES: readonly Scope[] = ["viewer", "app", "merchant", "admin"];

/** @param keys those that are known; what is there later and not among them was made since */
export function NewKey({ keys }: { keys: readonly Key[] }): ReactNode {
  const intl = useIntl();
  const [name, setName] = useState("");
  const [scope, setScope] = useState<Scope>("viewer");
  const [merchant, setMerchant] = useState("");
  const [campaign, setCampaign] = useState("");
  const [before, setBefore] = useState<ReadonlySet<string>>(new Set());
  const add = useWish(
    (options, input: InputOf<"keys.add">) => client.keys.add(input, { ...options, totalMs: 0 }),
    () => setName(""),
    { shown: KEYS_QUERY },
  );
  const made = keys.filter((one) => one.name === name && !before.has(one.key));
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    setBefore(new Set(keys.map(({ key }) => key)));
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
        {add.error !== null && (
          <MaybeMade what="keys" error={add.error} made={made.map(({ key }) => key)} />
        )}
        {add.data !== undefined && <ShownOnce title="keys.secret" text={add.data.secret} />}
      </Stack>
    </form>
  );
}
