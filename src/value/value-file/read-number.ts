// Numbers of value.yaml: plain, as a per cent, or blank where nobody published one.

/** 12.5 and "12.5 %" are numbers; "not found" and nothing are null. */
export function readNumber(raw: number | string | null): number | null | "unreadable" {
  if (raw === null) return null;
  if (typeof raw === "number") return Number.isFinite(raw) ? raw : "unreadable";
  const words = raw.trim();
  if (/^(not found|not published)$/i.test(words)) return null;
  const match = /^([-+−]?)(\d+(?:\.\d+)?) ?%$/.exec(words);
  if (match === null) return "unreadable";
  const size = Number(match[2]) / 100;
  return match[1] === "-" || match[1] === "−" ? -size : size;
}
