// What somebody turned, as addresses have it: `margin:2.5,retention.d30:0.12`, and several such
// side by side parted by semicolons.

export type Turned = Readonly<Record<string, number>>;

export function turnedText(turned: Turned): string {
  return Object.entries(turned)
    .map(([id, value]) => `${id}:${value}`)
    .join(",");
}

/** Whatever is no number is left out. */
export function readTurned(text: string | null): Turned {
  const turned: Record<string, number> = {};
  for (const part of (text ?? "").split(",")) {
    const at = part.lastIndexOf(":");
    const value = Number(part.slice(at + 1));
    if (at < 1 || part.slice(at + 1).trim() === "" || !Number.isFinite(value)) continue;
    Object.defineProperty(turned, part.slice(0, at), { value, enumerable: true, writable: true });
  }
  return turned;
}

export function readKept(text: string | null): Turned[] {
  return (text ?? "")
    .split(";")
    .filter((part) => part !== "")
    .map(readTurned);
}

export function keptText(kept: readonly Turned[]): string {
  return kept.map(turnedText).join(";");
}
