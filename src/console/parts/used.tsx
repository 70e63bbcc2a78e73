// How much of a limit was given out, or redeemed where that is what it counts: in figures, with a
// bar whose colour says no more than they do.
import { Box, Progress } from "@mantine/core";
import type { ReactNode } from "react";
import { FormattedMessage } from "react-intl";
import { usePercent } from "./money.tsx";
import type { Books } from "./with-books.tsx";

type Phase = Books["phase"];

/** From here on a limit is near, and from here on hardly anything is left. */
export const NEAR = 0.8;
const FULL = 0.95;

interface Limited {
  on: "claim" | "redemption";
  used?: number;
  limit: number;
  /** What a curve has let out by now. */
  released?: number;
}

/** Whether it can still refuse: after the close nothing is asked, after the end no claim. */
export function isInForce({ on }: Pick<Limited, "on">, phase: Phase): boolean {
  return phase !== "closed" && (on === "redemption" || phase !== "settling");
}

/** Of a cap what its cell holds. */
export function UsedOf({ cap, phase }: { cap: Limited; phase: Phase }): ReactNode {
  return <Used share={usedShare(cap)} on={cap.on} isCalm={!isInForce(cap, phase)} />;
}

interface Shown {
  /** Null: it has no one cell whose use could be told. */
  share: number | null;
  on?: Limited["on"];
  /** Whether it alarms nobody any more. */
  isCalm?: boolean;
}

export function Used({ share, on = "claim", isCalm = false }: Shown): ReactNode {
  const percent = usePercent();
  if (share === null) return "–";
  const near = share >= FULL ? "orange.8" : share >= NEAR ? "var(--hongbao-settling)" : "jade";
  const color = isCalm ? "jade" : near;
  const values = { share: percent(share) };
  return (
    <Box miw={74}>
      {on === "claim" ? (
        values.share
      ) : (
        <FormattedMessage id="campaign.redeemedOf" values={values} />
      )}
      <Progress value={100 * share} size="xs" color={color} aria-label={percent(share)} />
    </Box>
  );
}

/**
 * Of what a curve has let out by now, where one does. Null where each user, device or merchant has
 * an own cell, and before the curve begins.
 */
export function usedShare({ used, limit, released }: Omit<Limited, "on">): number | null {
  if (used === undefined) return null;
  if (released !== undefined) return released === 0 ? null : used / released;
  return limit === 0 ? 1 : used / limit;
}
