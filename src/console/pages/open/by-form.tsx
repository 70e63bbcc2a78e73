// A campaign by its form: whatever is filled in is written into the file's text at once, and what
// is wrong is told at its field.
import { Stack } from "@mantine/core";
import { type ReactNode, useEffect, useState } from "react";
import { useIntl } from "react-intl";
import type { TypedFile } from "../../parts/campaign-file.tsx";
import { decimalMark } from "../../parts/typed-number.ts";
import { campaignText, newCampaign } from "./campaign-form.ts";
import { FaultList } from "./fault-list.tsx";
import { faultsOf } from "./form-faults.ts";
import { FormFields } from "./form-fields.tsx";

export function ByForm({ file }: { file: TypedFile }): ReactNode {
  const { locale } = useIntl();
  const mark = decimalMark(locale);
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const [fields, setFields] = useState(() => newCampaign(zone));
  const [isTouched, setTouched] = useState(false);
  const { setYaml } = file;
  useEffect(() => {
    if (isTouched) setYaml(campaignText(fields, mark));
  }, [fields, isTouched, mark, setYaml]);
  const faults = isTouched ? faultsOf(fields, file.check?.problems ?? [], mark) : [];
  return (
    <Stack gap="md">
      <FormFields
        fields={fields}
        faults={faults}
        mark={mark}
        onChange={(next) => {
          setTouched(true);
          setFields(next);
        }}
      />
      <FaultList faults={faults} fields={fields} />
    </Stack>
  );
}
