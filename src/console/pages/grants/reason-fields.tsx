// Why, and on what evidence: both go into the journal for good.
import { Textarea, TextInput } from "@mantine/core";
import type { ReactNode } from "react";
import { useIntl } from "react-intl";
import { LIMITS } from "../../../base/limits.ts";

export interface Reason {
  why: string;
  evidence: string;
}

export function isReasoned({ why, evidence }: Reason): boolean {
  return why.trim() !== "" && fits(why, LIMITS.whyBytes) && fits(evidence, LIMITS.refBytes);
}

export function ReasonFields({
  reason,
  onChange,
}: {
  reason: Reason;
  onChange: (reason: Reason) => void;
}): ReactNode {
  const intl = useIntl();
  const complaint = (text: string, most: number): string | null =>
    fits(text, most) ? null : intl.formatMessage({ id: "grants.tooLong" }, { most });
  return (
    <>
      <Textarea
        label={intl.formatMessage({ id: "grants.why" })}
        description={intl.formatMessage({ id: "grants.whyHow" })}
        value={reason.why}
        onChange={(event) => onChange({ ...reason, why: event.currentTarget.value })}
        error={complaint(reason.why, LIMITS.whyBytes)}
        autosize
        minRows={2}
        required
        withAsterisk={false}
        data-autofocus
      />
      <TextInput
        label={intl.formatMessage({ id: "grants.evidence" })}
        description={intl.formatMessage({ id: "grants.evidenceHow" })}
        value={reason.evidence}
        onChange={(event) => onChange({ ...reason, evidence: event.currentTarget.value })}
        error={complaint(reason.evidence, LIMITS.refBytes)}
        autoComplete="off"
      />
    </>
  );
}

/** The server counts bytes of UTF-8. */
function fits(text: string, most: number): boolean {
  return new TextEncoder().encode(text.trim()).length <= most;
}
