// What one says of a new endpoint: its address, and which events it gets. What there is to choose
// from is offered; a campaign may also be named before there is one.
import { Group, MultiSelect, TagsInput, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { FormattedMessage, useIntl } from "react-intl";
import { HongbaoError } from "../../../client/index.ts";
import { EVENT_KINDS } from "../../../core/event.ts";
import { CAMPAIGNS } from "../../parts/campaigns-query.ts";

export interface WebhookFieldValues {
  readonly url: string;
  readonly types: string[];
  readonly campaigns: string[];
}

/** As messages name them. */
const KINDS = Object.keys(EVENT_KINDS).sort();

export function WebhookFields({
  fields,
  error,
  onChange,
}: {
  fields: WebhookFieldValues;
  /** Of the last try. */
  error: Error | null;
  onChange: (fields: WebhookFieldValues) => void;
}): ReactNode {
  const intl = useIntl();
  const { data } = useQuery(CAMPAIGNS);
  const wrong = wrongField(error);
  const bind = (name: keyof WebhookFieldValues) => ({
    label: intl.formatMessage({ id: `hooks.${name}` }),
    description: intl.formatMessage({ id: `hooks.${name}How` }),
    error: wrong === name ? <FormattedMessage id={`hooks.wrong.${name}`} /> : null,
    autoComplete: "off",
    spellCheck: false,
  });
  return (
    <Group align="flex-start" gap="sm">
      <TextInput
        {...bind("url")}
        {...{ required: true, withAsterisk: false, miw: 280 }}
        value={fields.url}
        onChange={(event) => onChange({ ...fields, url: event.currentTarget.value })}
      />
      <MultiSelect
        {...bind("types")}
        {...{ searchable: true, clearable: false, hidePickedOptions: true, w: 280, data: KINDS }}
        nothingFoundMessage={intl.formatMessage({ id: "table.noMatch" })}
        value={fields.types}
        onChange={(types) => onChange({ ...fields, types })}
      />
      <TagsInput
        {...bind("campaigns")}
        {...{ w: 280, splitChars: [",", " "], acceptValueOnBlur: true }}
        data={(data?.campaigns ?? []).map(({ campaign }) => campaign)}
        value={fields.campaigns}
        onChange={(campaigns) => onChange({ ...fields, campaigns })}
      />
    </Group>
  );
}

/** What the server found wrong, of what is filled in here; null: something else. */
export function wrongField(error: Error | null): keyof WebhookFieldValues | null {
  if (!(error instanceof HongbaoError) || error.code !== "invalid_request") return null;
  const field = /^\$\.(url|types|campaigns)\b/.exec(error.message)?.[1];
  return (field as keyof WebhookFieldValues | undefined) ?? null;
}
