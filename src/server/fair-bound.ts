// A bound that nobody reaches at another's cost: whoever has more than his share loses his own
// oldest, and beyond the whole bound whoever has the most loses one.

/** @param kept oldest first; what is too much is taken out of it */
export function keepFair<T>(
  kept: Map<string, T>,
  ownerOf: (one: T) => string,
  { each, all }: { each: number; all: number },
): void {
  for (;;) {
    const counts = new Map<string, number>();
    for (const one of kept.values()) counts.set(ownerOf(one), (counts.get(ownerOf(one)) ?? 0) + 1);
    const most = Math.max(0, ...counts.values());
    if (most <= each && kept.size <= all) return;
    for (const [name, one] of kept) {
      if (counts.get(ownerOf(one)) !== most) continue;
      kept.delete(name);
      break;
    }
  }
}
