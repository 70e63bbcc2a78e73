// How much of a limit is used: in figures, with a bar whose colour says no more than they do.
import { Box, Progress } from "@mantine/core";
import type { ReactNode } from "react";
import { usePercent } from "./money.tsx";

/** From here on a limit is near, and from here on hardly anything is left. */
export const NEAR = 0.8;
const FULL = 0.95;

/** @param share used of the limit; null: it has no one cell whose use could be told */
export function Used({ share }: { share: number | null }): ReactNode {
  const percent = usePercent();
  if (share === null) return "–";
  const color = share >= FULL ? "orange.8" : share >= NEAR ? "var(--hongbao-settling)" : "jade";
  return (
    <Box miw={74}>
      {percent(share)}
      <Progress value={100 * share} size="xs" color={color} aria-label={percent(share)} />
    </Box>
  );
}

/** Null where each user, device or merchant has an own cell. */
export function usedShare({ used, limit }: { used?: number; limit: number }): number | null {
  if (used === undefined) return null;
  return limit === 0 ? 1 : used / limit;
}
