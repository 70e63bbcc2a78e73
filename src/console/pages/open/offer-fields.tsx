// The rewards of a form: each with its fields, added and removed.
import { ActionIcon, Button, Group, Stack, TextInput } from "@mantine/core";
import type { ReactNode } from "react";
import { FormattedMessage, useIntl } from "react-intl";
import { type FieldPlace, NEW_OFFER, type OfferFields } from "./campaign-form.ts";
import type { FieldProps } from "./use-fields.tsx";

const FIELDS = ["id", "title", "amount", "days"] as const;

export function Offers({
  offers,
  at,
  onChange,
}: {
  offers: readonly OfferFields[];
  at: (place: FieldPlace) => FieldProps;
  onChange: (offers: readonly OfferFields[]) => void;
}): ReactNode {
  const intl = useIntl();
  const set = (number: number, change: Partial<OfferFields>): void =>
    onChange(offers.map((offer, i) => (i === number ? { ...offer, ...change } : offer)));
  return (
    <Stack gap="xs">
      {offers.map((_, number) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: an offer's id is what is being typed.
        <Group key={number} align="flex-start" gap="xs">
          {FIELDS.map((name) => (
            <TextInput
              key={name}
              {...at(`offers.${number}.${name}`)}
              label={intl.formatMessage({ id: `form.offer.${name}` })}
              w={{ base: "100%", xs: name === "title" ? 220 : 160 }}
              {...(name === "amount" && { inputMode: "decimal" })}
              {...(name === "days" && { inputMode: "numeric" })}
              onChange={(event) => set(number, { [name]: event.currentTarget.value })}
            />
          ))}
          {offers.length > 1 && (
            <ActionIcon
              mt={24}
              variant="default"
              aria-label={`${intl.formatMessage({ id: "form.offer.remove" })} ${number + 1}`}
              onClick={() => onChange(offers.filter((_, i) => i !== number))}
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
