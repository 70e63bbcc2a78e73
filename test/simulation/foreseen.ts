// What a preview foresees is drawn, so that the auditor cannot foretell it: it is held against what
// must be true of every draw.
import type { RevisionAnswer } from "../../src/contract/index.ts";

type Outlook = NonNullable<RevisionAnswer["outlook"]>;

/** What is wrong with it, in words; null: nothing. */
export function foreseenFault(answer: RevisionAnswer): string | null {
  const { status, preview = false, outlook, before, after, atMs } = answer;
  if (outlook === undefined) {
    return preview && status === "ok" ? "expected an outlook of a preview, found none" : null;
  }
  if (!preview) return "expected no outlook but of a preview, found one";
  return faultOf(outlook.before, before!, atMs) ?? faultOf(outlook.after, after!, atMs);
}

function faultOf(
  { expected, runOut }: Outlook["before"],
  { budgetMinor, boundMinor }: { budgetMinor: number; boundMinor: number },
  nowMs: number,
): string | null {
  const { spendMinor, likely, almostSure, bounds, refusalChance } = expected;
  const ordered = [
    ...[0, bounds.fromMinor, almostSure.fromMinor, likely.fromMinor, spendMinor],
    ...[likely.toMinor, almostSure.toMinor, bounds.toMinor, Math.min(budgetMinor, boundMinor)],
  ];
  if (!ascends(ordered)) return `expected spans within each other, found ${ordered.join(" ")}`;
  if (!(refusalChance >= 0 && refusalChance <= 1)) return `a chance of ${refusalChance}`;
  if (runOut === null) return null;
  const { chance, fromMs, atMs, toMs } = runOut;
  const instants = [nowMs, fromMs, atMs, toMs].map((ms) => ms ?? Number.POSITIVE_INFINITY);
  if (!ascends(instants)) return `expected instants to come, found ${instants.join(" ")}`;
  return chance >= 0 && chance <= 1 ? null : `a chance of ${chance}`;
}

function ascends(numbers: readonly number[]): boolean {
  return numbers.every((one, i) => i === 0 || one >= numbers[i - 1]!);
}
