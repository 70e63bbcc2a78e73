// Where a campaign is in its life.
import { Badge } from "@mantine/core";
import type { ReactNode } from "react";
import { FormattedMessage } from "react-intl";

/** White stands out from each of the filled ones, in both themes. */
const COLORS = {
  scheduled: "gray",
  open: "jade.9",
  paused: "yellow",
  settling: "gray",
  closed: "gray",
} as const;

export type Phase = keyof typeof COLORS;

export function PhaseBadge({ phase }: { phase: Phase }): ReactNode {
  const isOpen = phase === "open";
  const variant = isOpen ? "filled" : phase === "closed" ? "outline" : "light";
  return (
    <Badge
      color={COLORS[phase]}
      variant={variant}
      autoContrast={!isOpen}
      // Yellow on yellow is not read.
      {...(phase === "paused" && { c: "var(--hongbao-attention)" })}
      tt="none"
    >
      <FormattedMessage id={`phase.${phase}`} />
    </Badge>
  );
}
