// The form of a common campaign. What is wrong with a field is said below it.
import { Autocomplete, Fieldset, SimpleGrid, Stack, Text, TextInput } from "@mantine/core";
import { type ReactNode, useMemo } from "react";
import { FormattedMessage, useIntl } from "react-intl";
import { type CampaignFields, type FieldName, idFrom } from "./campaign-form.ts";
import type { Fault } from "./form-faults.ts";
import { Offers } from "./offer-fields.tsx";
import { type FieldProps, useFields } from "./use-fields.tsx";

interface FormProps {
  fields: CampaignFields;
  onChange: (fields: CampaignFields) => void;
  faults: readonly Fault[];
  /** Before decimals, in the reader's language. */
  mark: string;
}

interface Labelled {
  label: string;
  onChange: (event: { currentTarget: { value: string } }) => void;
}

export function FormFields({ fields, onChange, faults, mark }: FormProps): ReactNode {
  const intl = useIntl();
  const zones = useMemo(() => Intl.supportedValuesOf("timeZone"), []);
  const at = useFields(fields, faults, mark);
  const set = (change: Partial<CampaignFields>): void => onChange({ ...fields, ...change });
  const field = (name: FieldName): FieldProps & Labelled => ({
    ...at(name),
    label: intl.formatMessage({ id: `form.${name}` }),
    onChange: (event) => set({ [name]: event.currentTarget.value }),
  });
  const setTitle = (title: string): void => {
    const follows = fields.id === idFrom(fields.title);
    set({ title, ...(follows ? { id: idFrom(title) } : {}) });
  };
  return (
    <Stack gap="md">
      <Text size="sm" c="dimmed">
        <FormattedMessage id="form.note" />
      </Text>
      <Fieldset legend={intl.formatMessage({ id: "form.what" })}>
        <SimpleGrid cols={{ base: 1, sm: 2 }}>
          <TextInput
            {...field("title")}
            onChange={(event) => setTitle(event.currentTarget.value)}
          />
          <TextInput {...field("id")} />
          <TextInput {...field("budget")} inputMode="decimal" />
          <TextInput {...field("currency")} />
        </SimpleGrid>
      </Fieldset>
      <Fieldset legend={intl.formatMessage({ id: "form.when" })}>
        <SimpleGrid cols={{ base: 1, sm: 2 }}>
          <Autocomplete
            {...field("timeZone")}
            data={zones}
            limit={20}
            onChange={(timeZone) => set({ timeZone })}
          />
          <TextInput {...field("starts")} type="datetime-local" />
          <TextInput {...field("ends")} type="datetime-local" />
          <TextInput {...field("closes")} type="datetime-local" />
        </SimpleGrid>
      </Fieldset>
      <Fieldset legend={intl.formatMessage({ id: "form.rewards" })}>
        <Offers offers={fields.offers} at={at} onChange={(offers) => set({ offers })} />
      </Fieldset>
      <Fieldset legend={intl.formatMessage({ id: "form.limits" })}>
        <SimpleGrid cols={{ base: 1, xs: 2, sm: 4 }}>
          <TextInput {...field("perUser")} inputMode="numeric" />
          <TextInput {...field("perDay")} inputMode="numeric" />
          <TextInput {...field("perDevice")} inputMode="numeric" />
          <TextInput {...field("holdout")} inputMode="decimal" />
        </SimpleGrid>
      </Fieldset>
    </Stack>
  );
}
