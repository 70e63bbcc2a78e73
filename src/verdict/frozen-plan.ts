// Whether what is measured was fixed before the first grant: the campaign's opening event holds the
// hash of the plan, and of how its sources are read, as it was then.
export interface PlanReading {
  /** SHA-256 of the plan that was read, and of how its sources are, in hex. */
  readonly hash: string;
  /** The one of the opening event; null: none was frozen, or there is no journal. */
  readonly frozenHash: string | null;
  /** "plan as frozen": by an older rule, which did not fix how sources are read. */
  readonly state: "as frozen" | "plan as frozen" | "changed" | "not frozen" | "no journal";
  /** What was given by hand where the plan fixes it. */
  readonly deviations: readonly string[];
}

interface PlanHashes {
  readonly planHash: string;
  readonly planOnlyHash: string;
}

export function planReading(
  { planHash: hash, planOnlyHash }: PlanHashes,
  frozenHash: string | null | undefined,
  deviations: readonly string[] = [],
): PlanReading {
  if (frozenHash === undefined) return { hash, frozenHash: null, state: "no journal", deviations };
  if (frozenHash === null) return { hash, frozenHash, state: "not frozen", deviations };
  const same = hash === frozenHash ? "as frozen" : "plan as frozen";
  const isSame = hash === frozenHash || planOnlyHash === frozenHash;
  return { hash, frozenHash, state: isSame ? same : "changed", deviations };
}

/** The reading in words, for every report. */
export function planSentence(reading: PlanReading): string {
  return [stateSentence(reading), ...deviationSentence(reading)].join(" ");
}

/** What of it lets a result be chosen, which is told before the result; empty: nothing. */
export function planAlarms(reading: PlanReading): string[] {
  const changed = reading.state === "changed" ? [stateSentence(reading)] : [];
  return [...changed, ...deviationSentence(reading)];
}

/** What of it is no alarm; null: nothing. */
export function planNote(reading: PlanReading): string | null {
  return reading.state === "changed" ? null : stateSentence(reading);
}

function deviationSentence({ deviations }: PlanReading): string[] {
  if (deviations.length === 0) return [];
  return [`DEVIATION from the plan, given by hand: ${deviations.join("; ")}.`];
}

function stateSentence({ state, hash, frozenHash }: PlanReading): string {
  const short = (text: string | null): string => (text ?? "").slice(0, 12);
  switch (state) {
    case "as frozen":
      return `The plan is the one that was frozen when the campaign opened (${short(hash)}…).`;
    case "plan as frozen":
      return (
        `The plan is the one that was frozen when the campaign opened (${short(frozenHash)}…). ` +
        "How its sources are read (control, shares, missing and the like) was not frozen with " +
        "it, since the older rule by which it was did not do that."
      );
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
