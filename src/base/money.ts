// Money is a safe integer of minor units; these convert from and to text, exactly, without floats.

const MAX_MINOR = Number.MAX_SAFE_INTEGER;

/** Minor-unit digits of currencies that differ from two (ISO 4217). */
const DECIMALS: Record<string, number> = {
  BHD: 3,
  BIF: 0,
  CLP: 0,
  DJF: 0,
  GNF: 0,
  IQD: 3,
  ISK: 0,
  JOD: 3,
  JPY: 0,
  KMF: 0,
  KRW: 0,
  KWD: 3,
  LYD: 3,
  OMR: 3,
  PYG: 0,
  RWF: 0,
  TND: 3,
  UGX: 0,
  UYI: 0,
  VND: 0,
  VUV: 0,
  XAF: 0,
  XOF: 0,
  XPF: 0,
};

/** Minor-unit digits of an ISO 4217 code, or null when it is not three capital letters. */
export function currencyDecimals(code: string): number | null {
  return /^[A-Z]{3}$/.test(code) ? (DECIMALS[code] ?? 2) : null;
}

/** "25.5" with 2 decimals is 2550; null when it is not a plain decimal, too fine, or too large. */
export function parseMajor(text: string, decimals: number): number | null {
  const match = /^(-?)(\d{1,16})(?:\.(\d+))?$/.exec(text);
  if (match === null) return null;
  const fraction = (match[3] ?? "").replace(/0+$/, "");
  if (fraction.length > decimals) return null;
  const minor = Number(match[2]! + fraction.padEnd(decimals, "0"));
  if (minor > MAX_MINOR) return null;
  return match[1] === "-" && minor !== 0 ? -minor : minor;
}

/** 2550 with 2 decimals is "25.50". */
export function formatMinor(minor: number, decimals: number): string {
  const digits = String(Math.abs(minor)).padStart(decimals + 1, "0");
  const whole = digits.slice(0, digits.length - decimals);
  const sign = minor < 0 ? "-" : "";
  return decimals === 0 ? sign + whole : `${sign}${whole}.${digits.slice(-decimals)}`;
}
