// A campaign by its form: whatever is filled in is written into the file's text at once.
import { type ReactNode, useEffect, useState } from "react";
import type { TypedFile } from "../../parts/campaign-file.tsx";
import { campaignText, newCampaign } from "./campaign-form.ts";
import { FormFields } from "./form-fields.tsx";

export function ByForm({ file }: { file: TypedFile }): ReactNode {
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const [fields, setFields] = useState(() => newCampaign(zone));
  const [isTouched, setTouched] = useState(false);
  const { setYaml } = file;
  useEffect(() => {
    if (isTouched) setYaml(campaignText(fields));
  }, [fields, isTouched, setYaml]);
  return (
    <FormFields
      fields={fields}
      problems={isTouched ? (file.check?.problems ?? []) : []}
      onChange={(next) => {
        setTouched(true);
        setFields(next);
      }}
    />
  );
}
