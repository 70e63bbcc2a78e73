// A campaign by its form: whatever is filled in is written into the file's text at once, and what
// is wrong is told at its field.
import { Stack } from "@mantine/core";
import { type ReactNode, useEffect, useRef, useState } from "react";
import { useIntl } from "react-intl";
import type { TypedFile } from "../../parts/campaign-file.tsx";
import { useDraft } from "../../parts/draft.ts";
import { decimalMark } from "../../parts/typed-number.ts";
import { type CampaignFields, campaignText, newCampaign } from "./campaign-form.ts";
import { FaultList } from "./fault-list.tsx";
import { faultsOf } from "./form-faults.ts";
import { FormFields } from "./form-fields.tsx";

export function ByForm({ file }: { file: TypedFile }): ReactNode {
  const { locale } = useIntl();
  const mark = decimalMark(locale);
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const [own, setOwn] = useDraft<CampaignFields | null>("open.form", null);
  const [empty] = useState(() => newCampaign(zone));
  const fields = own ?? empty;
  const isTouched = own !== null;
  const { setYaml } = file;
  // What was kept is in the file already, which may have been written on since.
  const written = useRef({ own, mark });
  useEffect(() => {
    if (own === null || (written.current.own === own && written.current.mark === mark)) return;
    written.current = { own, mark };
    setYaml(campaignText(own, mark));
  }, [own, mark, setYaml]);
  const faults = isTouched ? faultsOf(fields, file.check?.problems ?? [], mark) : [];
  return (
    <Stack gap="md">
      <FormFields fields={fields} faults={faults} mark={mark} onChange={setOwn} />
      <FaultList faults={faults} fields={fields} />
    </Stack>
  );
}
