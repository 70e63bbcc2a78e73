// All that is wrong with a form, with the way to each field.
import { Anchor, List, Stack, Title } from "@mantine/core";
import type { ReactNode } from "react";
import { FormattedMessage, type IntlShape, useIntl } from "react-intl";
import { EnglishNote } from "../../parts/english-note.tsx";
import type { CampaignFields, FieldName, FieldPlace, OfferFields } from "./campaign-form.ts";
import { FaultWords } from "./fault-words.tsx";
import type { Fault } from "./form-faults.ts";

export function FaultList({
  faults,
  fields,
}: {
  faults: readonly Fault[];
  fields: CampaignFields;
}): ReactNode {
  const intl = useIntl();
  if (faults.length === 0) return null;
  return (
    <Stack gap="xs" component="section" aria-live="polite">
      <Title order={2}>
        <FormattedMessage id="open.problems" values={{ count: faults.length }} />
      </Title>
      {faults.some(({ kind }) => kind === "said") && <EnglishNote />}
      <List>
        {faults.map((fault) => (
          <List.Item key={`${fault.place} ${fault.kind === "said" ? fault.text : fault.kind}`}>
            {fault.place !== null && (
              <>
                <ToField place={fault.place}>{labelOf(fault.place, fields, intl)}</ToField>
                {": "}
              </>
            )}
            <FaultWords fault={fault} fields={fields} />
          </List.Item>
        ))}
      </List>
    </Stack>
  );
}

export function fieldId(place: FieldPlace): string {
  return `field-${place}`;
}

function ToField({ place, children }: { place: FieldPlace; children: ReactNode }): ReactNode {
  const go = (): void => {
    const field = document.getElementById(fieldId(place));
    field?.scrollIntoView({ block: "center" });
    field?.focus({ preventScroll: true });
  };
  return (
    <Anchor component="button" type="button" underline="always" inherit onClick={go}>
      {children}
    </Anchor>
  );
}

/** As it stands above the field, with the number of the reward where there are several. */
function labelOf(place: FieldPlace, { offers }: CampaignFields, intl: IntlShape): string {
  const [, at, name] = /^offers\.(\d+)\.(\w+)$/.exec(place) ?? [];
  if (at === undefined) return intl.formatMessage({ id: `form.${place as FieldName}` });
  const label = intl.formatMessage({ id: `form.offer.${name as keyof OfferFields}` });
  if (offers.length < 2) return label;
  return intl.formatMessage({ id: "form.ofOffer" }, { label, number: Number(at) + 1 });
}
