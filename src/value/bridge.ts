// The bridge of a quarter's profit: a year earlier → base trend → the campaign's lines → reported.
// Amounts are whole minor units and the trend is what remains, so that the steps add up to the last
// one; what is shown are differences of rounded levels, so that the printed steps add up, too.
import { assert } from "../base/assert.ts";

export interface BridgeStep {
  readonly id: string;
  readonly title: string;
  /** A total stands on zero; a change stands on the level before it. */
  readonly kind: "total" | "change";
  /** Of a total the level, of a change by how much it moves. */
  readonly minor: number;
}

export interface BridgeQuestion {
  /** Null: not found; the bridge then begins at the level without the campaign. */
  readonly yearEarlierMinor: number | null;
  readonly reportedMinor: number;
  /** What the campaign moves, gains above zero; in the order in which they are shown. */
  readonly changes: readonly {
    readonly id: string;
    readonly title: string;
    readonly minor: number;
  }[];
}

export function bridgeOf(question: BridgeQuestion): BridgeStep[] {
  const { yearEarlierMinor, reportedMinor, changes } = question;
  const moved = changes.reduce((sum, { minor }) => sum + minor, 0);
  const without = reportedMinor - moved;
  for (const minor of [reportedMinor, without, yearEarlierMinor ?? 0]) {
    assert(Number.isSafeInteger(minor), `expected whole minor units, got ${minor}`);
  }
  const total = (id: string, title: string, minor: number): BridgeStep => ({
    ...{ id, title, minor },
    kind: "total",
  });
  const start: BridgeStep[] =
    yearEarlierMinor === null
      ? []
      : [
          total("year-earlier", "a year earlier", yearEarlierMinor),
          {
            ...{ id: "trend", title: "base trend (what remains)", kind: "change" },
            minor: without - yearEarlierMinor,
          },
        ];
  return [
    ...start,
    total("without", "without the campaign", without),
    ...changes.map((change): BridgeStep => ({ ...change, kind: "change" })),
    total("reported", "reported", reportedMinor),
  ];
}

/** Each step with the levels between which it stands. */
export interface BridgeLevel extends BridgeStep {
  readonly fromMinor: number;
  readonly toMinor: number;
}

export function bridgeLevels(steps: readonly BridgeStep[]): BridgeLevel[] {
  let level = 0;
  return steps.map((step) => {
    const fromMinor = step.kind === "total" ? 0 : level;
    level = fromMinor + step.minor;
    return { ...step, fromMinor, toMinor: level };
  });
}

/** The steps in units of `unitMinor`, rounded so that they still add up. */
export function shownSteps(steps: readonly BridgeStep[], unitMinor: number): number[] {
  const rounded = (minor: number): number => Math.round(minor / unitMinor) + 0;
  return bridgeLevels(steps).map(({ fromMinor, toMinor }) => rounded(toMinor) - rounded(fromMinor));
}
