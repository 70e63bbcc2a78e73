// Makes an endpoint, whose secret is shown once.
import { Button, Group, Stack, TextInput } from "@mantine/core";
import { type FormEvent, type ReactNode, useState } from "react";
import { FormattedMessage, useIntl } from "react-intl";
import type { InputOf } from "../../../client/index.ts";
import { client } from "../../client.ts";
import { ShownOnce } from "../../parts/shown-once.tsx";
import { useWish } from "../../parts/use-wish.ts";
import { MaybeMade } from "./maybe-made.tsx";
import type { Webhook } from "./webhook-queries.ts";

const NOTHING = { url: "", types: "", campaigns: "" };
const FIELDS = ["url", "types", "campaigns"] as const;

/** @param webhooks those that are known; what is there later and not among them was made since */
export function NewWebhook({ webhooks }: { webhooks: readonly Webhook[] }): ReactNode {
  const intl = useIntl();
  const [fields, setFields] = useState(NOTHING);
  const [before, setBefore] = useState<ReadonlySet<string>>(new Set());
  const add = useWish(
    (options, input: InputOf<"webhooks.add">) => {
      return client.webhooks.add(input, { ...options, totalMs: 0 });
    },
    () => setFields(NOTHING),
    { shown: ["webhooks"] },
  );
  const made = webhooks.filter(({ endpoint }) => !before.has(endpoint));
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    setBefore(new Set(webhooks.map(({ endpoint }) => endpoint)));
    const types = listed(fields.types);
    const campaigns = listed(fields.campaigns);
    add.mutate({
      url: fields.url.trim(),
      ...(types.length > 0 && { types }),
      ...(campaigns.length > 0 && { campaigns }),
    });
  };
  return (
    <form onSubmit={submit}>
      <Stack gap="sm">
        <Group align="flex-start" gap="sm">
          {FIELDS.map((name) => (
            <TextInput
              key={name}
              label={intl.formatMessage({ id: `hooks.${name}` })}
              description={intl.formatMessage({ id: `hooks.${name}How` })}
              value={fields[name]}
              onChange={(event) => setFields({ ...fields, [name]: event.currentTarget.value })}
              autoComplete="off"
              spellCheck={false}
              {...(name === "url" && { required: true, withAsterisk: false, miw: 280 })}
            />
          ))}
        </Group>
        <Button type="submit" variant="default" w="fit-content" loading={add.isPending}>
          <FormattedMessage id="hooks.add" />
        </Button>
        {add.error !== null && (
          <MaybeMade what="hooks" error={add.error} made={made.map(({ endpoint }) => endpoint)} />
        )}
        {add.data !== undefined && <ShownOnce title="hooks.secret" text={add.data.secret} />}
      </Stack>
    </form>
  );
}

function listed(text: string): string[] {
  return text.split(/[\s,]+/).filter((one) => one !== "");
}
