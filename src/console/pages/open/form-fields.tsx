// The form of a common campaign. What is wrong with a field is said below it, in the words of the
// check that judges the file.
import {
  ActionIcon,
  Autocomplete,
  Button,
  Fieldset,
  Group,
  SimpleGrid,
  Stack,
  Text,
  TextInput,
} from "@mantine/core";
import { type ReactNode, useMemo } from "react";
import { FormattedMessage, useIntl } from "react-intl";
import type { Problem } from "../../parts/campaign-file.tsx";
import {
  type CampaignFields,
  type FieldName,
  fieldAt,
  idFrom,
  NEW_OFFER,
  type OfferFields,
} from "./campaign-form.ts";

interface FormProps {
  fields: CampaignFields;
  onChange: (fields: CampaignFields) => void;
  problems: readonly Problem[];
}

export function FormFields({ fields, onChange, problems }: FormProps): ReactNode {
  const intl = useIntl();
  const zones = useMemo(() => Intl.supportedValuesOf("timeZone"), []);
  const set = (change: Partial<CampaignFields>): void => onChange({ ...fields, ...change });
  const field = (name: FieldName): object => ({
    label: intl.formatMessage({ id: `form.${name}` }),
    value: fields[name],
    error: wrongAt(problems, name),
    onChange: (event: { currentTarget: { value: string } }) =>
      set({ [name]: event.currentTarget.value }),
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
        <Offers offers={fields.offers} problems={problems} onChange={(offers) => set({ offers })} />
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

function Offers({
  offers,
  problems,
  onChange,
}: {
  offers: readonly OfferFields[];
  problems: readonly Problem[];
  onChange: (offers: readonly OfferFields[]) => void;
}): ReactNode {
  const intl = useIntl();
  const set = (at: number, change: Partial<OfferFields>): void =>
    onChange(offers.map((offer, i) => (i === at ? { ...offer, ...change } : offer)));
  return (
    <Stack gap="xs">
      {offers.map((offer, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: an offer's id is what is being typed.
        <Group key={at} align="flex-end" gap="xs">
          {(["id", "title", "amount", "days"] as const).map((name) => (
            <TextInput
              key={name}
              label={intl.formatMessage({ id: `form.offer.${name}` })}
              value={offer[name]}
              w={name === "title" ? 220 : 160}
              error={name === "id" ? wrongAt(problems, at) : undefined}
              onChange={(event) => set(at, { [name]: event.currentTarget.value })}
            />
          ))}
          {offers.length > 1 && (
            <ActionIcon
              mb={4}
              variant="default"
              aria-label={`${intl.formatMessage({ id: "form.offer.remove" })} ${at + 1}`}
              onClick={() => onChange(offers.filter((_, i) => i !== at))}
            >
              <span aria-hidden="true">×</span>
            </ActionIcon>
          )}
        </Group>
      ))}
      <Button
        size="xs"
        variant="default"
        w="fit-content"
        onClick={() => onChange([...offers, NEW_OFFER])}
      >
        <FormattedMessage id="form.offer.add" />
      </Button>
    </Stack>
  );
}

function wrongAt(problems: readonly Problem[], field: FieldName | number): string | undefined {
  const found = problems.filter(({ severity, path }) => {
    return severity === "error" && fieldAt(path) === field;
  });
  return found.length === 0 ? undefined : found.map(({ expected }) => expected).join("; ");
}
