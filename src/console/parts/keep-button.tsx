// Keeps what is turned as a column of its own.
import { Button } from "@mantine/core";
import type { ReactNode } from "react";
import { FormattedMessage } from "react-intl";
import { type Turned, turnedText } from "./turned.ts";

/** What is kept beside what is assumed and what is turned; more do not fit a screen. */
export const COLUMNS_MOST = 4;

export function KeepButton({
  turned,
  kept,
  onKeep,
}: {
  turned: Turned;
  kept: readonly Turned[];
  onKeep: (kept: readonly Turned[]) => void;
}): ReactNode {
  const isNew = kept.every((each) => turnedText(each) !== turnedText(turned));
  const may = Object.keys(turned).length > 0 && isNew && kept.length < COLUMNS_MOST;
  return (
    <Button size="xs" variant="default" disabled={!may} onClick={() => onKeep([...kept, turned])}>
      <FormattedMessage id="plan.keepColumn" />
    </Button>
  );
}
