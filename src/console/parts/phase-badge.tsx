// Where a campaign is in its life, and whether it is one at all.
import { Badge, Group } from "@mantine/core";
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

export function PhaseBadges({
  of: { phase, rehearsal },
}: {
  of: { readonly phase: Phase; readonly rehearsal?: true };
}): ReactNode {
  return (
    <Group gap={6}>
      <PhaseBadge phase={phase} />
      {rehearsal === true && <RehearsalBadge />}
    </Group>
  );
}

/** Nothing of it is money: said wherever it could be taken for the campaign itself. */
export function RehearsalBadge(): ReactNode {
  return (
    <Badge variant="outline" color="gray">
      <FormattedMessage id="campaigns.rehearsal" />
    </Badge>
  );
}

function PhaseBadge({ phase }: { phase: Phase }): ReactNode {
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
