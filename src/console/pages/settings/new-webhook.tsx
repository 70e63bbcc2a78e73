// Makes an endpoint, whose secret is shown once.
import { Alert, Button, Group, Stack, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, type ReactNode, useState } from "react";
import { FormattedMessage, useIntl } from "react-intl";
import type { InputOf } from "../../../client/index.ts";
import { client } from "../../client.ts";
import { FailureWords } from "../../parts/failure-words.tsx";
import { ShownOnce } from "../../parts/shown-once.tsx";

const NOTHING = { url: "", types: "", campaigns: "" };
const FIELDS = ["url", "types", "campaigns"] as const;

export function NewWebhook(): ReactNode {
  const intl = useIntl();
  const queries = useQueryClient();
  const [fields, setFields] = useState(NOTHING);
  const add = useMutation({
    mutationFn: (input: InputOf<"webhooks.add">) => client.webhooks.add(input, { totalMs: 0 }),
    onSuccess: () => {
      setFields(NOTHING);
      return queries.invalidateQueries({ queryKey: ["webhooks"] });
    },
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
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
        {add.isError && (
          <Alert color="red" role="alert" className="outside">
            <FailureWords error={add.error} />
          </Alert>
        )}
        {add.data !== undefined && <ShownOnce title="hooks.secret" text={add.data.secret} />}
      </Stack>
    </form>
  );
}

function listed(text: string): string[] {
  return text.split(/[\s,]+/).filter((one) => one !== "");
}
