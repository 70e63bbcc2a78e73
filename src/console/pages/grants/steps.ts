// What may be done to a grant, under suspicion or not, and in which states the server would do it.
import type { GrantState } from "../../parts/grant-badge.tsx";

export type StepName = "hold" | "release" | "clawback";

/** Extending asks for more than a reason. */
export type ActionName = StepName | "extend";

const POSSIBLE: Readonly<Record<GrantState, readonly ActionName[]>> = {
  reserved: ["hold", "extend", "clawback"],
  held: ["release", "extend", "clawback"],
  redeemed: ["clawback"],
  expired: ["clawback"],
  cancelled: [],
  clawed_back: [],
};

/** Of a grant that is over, only what was spent can be asked back. */
export function possibleSteps(grant: {
  state: GrantState;
  spentMinor: number;
}): readonly ActionName[] {
  if (grant.state === "expired" && grant.spentMinor === 0) return [];
  return POSSIBLE[grant.state];
}

/** An id for one wish: sending the wish again repeats it. Pages without TLS have no randomUUID. */
export function mintId(step: string): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return `${step}-${Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("")}`;
}
