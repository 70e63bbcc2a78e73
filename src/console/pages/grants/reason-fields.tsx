// Why, and on what evidence: both go into the journal for good.
import { TextInput } from "@mantine/core";
import type { ReactNode } from "react";
import { useIntl } from "react-intl";
import { LIMITS } from "../../../base/limits.ts";
import { fits, isReason, WhyField } from "../../parts/why-field.tsx";

export interface Reason {
  why: string;
  evidence: string;
}

export function isReasoned({ why, evidence }: Reason): boolean {
  return isReason(why) && fits(evidence, LIMITS.refBytes);
}

/** As the server takes it: without what is empty. */
export function reasonInput({ why, evidence }: Reason): { why: string; evidence?: string } {
  const shown = evidence.trim();
  return { why: why.trim(), ...(shown !== "" && { evidence: shown }) };
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
      <WhyField
        label="grants.why"
        value={reason.why}
        onChange={(why) => onChange({ ...reason, why })}
        isFirst
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
