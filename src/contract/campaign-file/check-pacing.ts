// Pacing: a curve belongs to a wave with a budget, ascends, and releases all of it within the wave.
import type { CapDefinition } from "../../core/definition.ts";
import type { DefinitionCheck } from "./definition-check.ts";
import type { FilePath } from "./problems.ts";

const PREFIX = "wave-pacing:";

/** Whether a cap follows from a wave, by its id. */
export function isOfWave(id: string): boolean {
  return id.startsWith("wave-budget:") || id.startsWith(PREFIX);
}

export function checkPacing(check: DefinitionCheck): void {
  for (const [i, cap] of check.definition.caps.entries()) {
    const isNamed = cap.id.startsWith(PREFIX);
    if (cap.curve === undefined && !isNamed) continue;
    const at = ["caps", i];
    const wave = check.definition.waves.findIndex(({ id }) => cap.id === PREFIX + id);
    const form = [cap.dimension, cap.counts, cap.per, cap.on, cap.refund].join(" ");
    const expected = `wave:${cap.id.slice(PREFIX.length)} money total claim false`;
    if (cap.curve === undefined || wave < 0 || form !== expected) {
      const rule = "a curve only of wave-pacing:<wave>, and there always, with";
      check.error(at, `${rule} ${expected}`, `${cap.id} with ${form}`);
    } else checkCurve(check, cap, wave);
  }
}

function checkCurve(check: DefinitionCheck, { curve, limit }: CapDefinition, wave: number): void {
  const { fromMs, toMs, budgetMinor } = check.definition.waves[wave]!;
  const { points } = curve!;
  const path: FilePath = ["waves", wave, "pacing"];
  if (budgetMinor !== null && limit !== budgetMinor && !Number.isNaN(limit)) {
    check.error(path, `the wave's budget ${check.money(budgetMinor)}`, check.money(limit));
  }
  for (const [j, { atMs, share }] of points.entries()) {
    const at = [...path, "points", j];
    if (atMs < fromMs || atMs > toMs) {
      const expected = `within the wave, ${check.time(fromMs)} to ${check.time(toMs)}`;
      check.error([...at, "at"], expected, check.time(atMs));
    }
    const before = points[j - 1];
    if (before === undefined) continue;
    if (atMs <= before.atMs) {
      check.error([...at, "at"], `after ${check.time(before.atMs)}`, check.time(atMs));
    }
    if (share < before.share) {
      const expected = `at least ${before.share}, for shares are cumulative`;
      check.error([...at, "share"], expected, String(share));
    }
  }
  const last = points.at(-1);
  if (last !== undefined && last.share < 1) {
    const at = [...path, "points", points.length - 1, "share"];
    check.error(at, "1 at last, so that all of the budget is released", String(last.share));
  }
}
