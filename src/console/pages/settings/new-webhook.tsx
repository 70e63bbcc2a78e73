// Makes an endpoint, whose secret is shown once.
import { Button, Stack } from "@mantine/core";
import { type FormEvent, type ReactNode, useState } from "react";
import { FormattedMessage } from "react-intl";
import type { InputOf } from "../../../client/index.ts";
import { client } from "../../client.ts";
import { ShownOnce } from "../../parts/shown-once.tsx";
import { useWish } from "../../parts/use-wish.ts";
import { MaybeMade } from "./maybe-made.tsx";
import { WebhookFields, type WebhookFieldValues, wrongField } from "./webhook-fields.tsx";
import type { Webhook } from "./webhook-queries.ts";

const NOTHING: WebhookFieldValues = { url: "", types: [], campaigns: [] };

/** @param webhooks those that are known; what is there later and not among them was made since */
export function NewWebhook({ webhooks }: { webhooks: readonly Webhook[] }): ReactNode {
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
    const { types, campaigns } = fields;
    add.mutate({
      url: fields.url.trim(),
      ...(types.length > 0 && { types }),
      ...(campaigns.length > 0 && { campaigns }),
    });
  };
  return (
    <form onSubmit={submit}>
      <Stack gap="sm">
        <WebhookFields fields={fields} error={add.error} onChange={setFields} />
        <Button type="submit" variant="default" w="fit-content" loading={add.isPending}>
          <FormattedMessage id="hooks.add" />
        </Button>
        {add.error !== null && wrongField(add.error) === null && (
          <MaybeMade what="hooks" error={add.error} made={made.map(({ endpoint }) => endpoint)} />
        )}
        {add.data !== undefined && <ShownOnce title="hooks.secret" text={add.data.secret} />}
      </Stack>
    </form>
  );
}
