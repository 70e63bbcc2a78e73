// Counts, shares and spans as the explanation of a campaign words them.

export function whole(count: number): string {
  return String(count).replace(/\B(?=(\d{3})+$)/g, ",");
}

export function plural(count: number, noun: string): string {
  return `${whole(count)} ${noun}${count === 1 ? "" : "s"}`;
}

export function percent(share: number): string {
  return `${Number((share * 100).toFixed(4))} %`;
}

export function duration(ms: number): string {
  const units = [
    [86_400_000, "day"],
    [3_600_000, "hour"],
    [60_000, "minute"],
  ] as const;
  for (const [size, noun] of units) {
    if (ms >= size && ms % size === 0) return plural(ms / size, noun);
  }
  return plural(ms / 1000, "second");
}
