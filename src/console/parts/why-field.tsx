// A reason for the journal, no longer than it takes.
import { Textarea } from "@mantine/core";
import type { ReactNode } from "react";
import { useIntl } from "react-intl";
import { LIMITS } from "../../base/limits.ts";
import type { WordName } from "../words/words.ts";

/** The server counts bytes of UTF-8. */
export function fits(text: string, most: number): boolean {
  return new TextEncoder().encode(text.trim()).length <= most;
}

export function isReason(why: string): boolean {
  return why.trim() !== "" && fits(why, LIMITS.whyBytes);
}

export function WhyField({
  label,
  value,
  onChange,
  isFirst = false,
}: {
  label: WordName;
  value: string;
  onChange: (why: string) => void;
  /** Whether it is where whoever has just come to it begins. */
  isFirst?: boolean;
}): ReactNode {
  const intl = useIntl();
  const most = LIMITS.whyBytes;
  return (
    <Textarea
      label={intl.formatMessage({ id: label })}
      description={intl.formatMessage({ id: "grants.whyHow" })}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
      error={fits(value, most) ? null : intl.formatMessage({ id: "grants.tooLong" }, { most })}
      autosize
      minRows={2}
      required
      withAsterisk={false}
      data-autofocus={isFirst || undefined}
      autoFocus={isFirst}
    />
  );
}
