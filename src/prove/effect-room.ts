// Effects that a plan speaks of, before anything has happened: how they are written, and how large
// they can be at all. Of a share no more can be won than is left to 100 %.
import { formatSigned } from "../report/format.ts";

export interface EffectScale {
  readonly isShare: boolean;
  /** Of users without the offer; null: not known. */
  readonly level: number | null;
  readonly unit: string;
  /** Decides the digits: three figures of it are shown. */
  readonly smallest: number;
}

/** The largest effect that there can be; Infinity where nothing bounds it. */
export function roomOf({ isShare, level }: Pick<EffectScale, "isShare" | "level">): number {
  return isShare && level !== null ? 1 - level : Number.POSITIVE_INFINITY;
}

/** Points for a share, else the number's own unit. */
export function effectFormat({ isShare, unit, smallest }: EffectScale): (effect: number) => string {
  const factor = isShare ? 100 : 1;
  const digits = Math.max(0, Math.min(9, 1 - Math.floor(Math.log10(factor * smallest))));
  const counted = isShare ? " points" : unit === "" ? "" : ` ${unit}`;
  return (effect) => {
    const size = factor * effect;
    const text = formatSigned(size, digits);
    const isPlain = Math.abs(size) < 1e15 && (size === 0 || /[1-9]/.test(text));
    return (isPlain ? text : `+${size.toExponential(1)}`) + counted;
  };
}

/** An effect in a table; what cannot be is not seen, whatever its figure. */
export function seenFormat(scale: EffectScale): (effect: number) => string {
  const [shown, room] = [effectFormat(scale), roomOf(scale)];
  return (effect) => (effect > room ? "none" : shown(effect));
}

/** Why cells say "none", or nothing where none does. */
export function noneNote(scale: EffectScale, effects: readonly number[]): string[] {
  const room = roomOf(scale);
  if (effects.every((effect) => effect <= room)) return [];
  const left = effectFormat(scale)(room);
  return [`none: it would take more than the ${left} that are left to 100 %`];
}

/** What an effect that just pays means for what can be seen; a sentence. */
export function payingText(scale: EffectScale, pays: number, seen: number): string {
  const shown = effectFormat(scale);
  const room = roomOf(scale);
  const what = `The effect that just pays is ${shown(pays)}`;
  if (pays > room) {
    const left = `more than the ${shown(room)} that are left to 100 %`;
    return `${what}, ${left}: even if it worked on everybody, it would not pay.`;
  }
  if (seen <= pays) return `${what}: the holdout is large enough to tell.`;
  return `${what}: too small for this holdout to see, so it cannot tell whether it pays.`;
}
