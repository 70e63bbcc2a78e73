// Whether what is measured was fixed before the first grant: the campaign's opening event holds the
// hash of the plan as it was then.
export interface PlanReading {
  /** SHA-256 of the plan that was read, in hex. */
  readonly hash: string;
  /** The one of the opening event; null: none was frozen, or there is no journal. */
  readonly frozenHash: string | null;
  readonly state: "as frozen" | "changed" | "not frozen" | "no journal";
  /** What was given by hand where the plan fixes it. */
  readonly deviations: readonly string[];
}

export function planReading(
  hash: string,
  frozenHash: string | null | undefined,
  deviations: readonly string[] = [],
): PlanReading {
  if (frozenHash === undefined) return { hash, frozenHash: null, state: "no journal", deviations };
  if (frozenHash === null) return { hash, frozenHash, state: "not frozen", deviations };
  return { hash, frozenHash, state: hash === frozenHash ? "as frozen" : "changed", deviations };
}

/** The reading in words, for every report. */
export function planSentence(reading: PlanReading): string {
  const { deviations } = reading;
  const own = stateSentence(reading);
  if (deviations.length === 0) return own;
  return `${own} DEVIATION from the plan, given by hand: ${deviations.join("; ")}.`;
}

function stateSentence({ state, hash, frozenHash }: PlanReading): string {
  const short = (text: string | null): string => (text ?? "").slice(0, 12);
  switch (state) {
    case "as frozen":
      return `The plan is the one that was frozen when the campaign opened (${short(hash)}…).`;
    case "changed":
      return (
        `THE PLAN WAS CHANGED after the campaign opened: frozen ${short(frozenHash)}…, read ` +
        `${short(hash)}…. What was not fixed beforehand can be chosen by its result.`
      );
    case "not frozen":
      return (
        "No plan was frozen when the campaign opened: nothing shows that what is measured was " +
        "not chosen by its result."
      );
    case "no journal":
      return "Without a journal nothing shows when the plan was made.";
  }
}
