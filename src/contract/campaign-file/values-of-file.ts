// Single values of a campaign file: amounts, times, shares, names of other things. What cannot be
// read becomes NaN or -1 with a finding, so that all findings come at once.
import { currencyDecimals } from "../../base/money.ts";
import type { CampaignFile } from "./file-schema.ts";
import { type FilePath, type Finding, nearestOf, shown } from "./problems.ts";
import { readAmount, readDuration, readInstant, readShare } from "./scalars.ts";

export class ValuesOfFile {
  readonly decimals: number;
  private readonly currency: string;
  private readonly textOf: (path: FilePath) => string | null;
  private readonly findings: Finding[];

  /** @param textOf how the scalar at a path was spelled */
  constructor(
    { currency }: CampaignFile,
    textOf: (path: FilePath) => string | null,
    findings: Finding[],
  ) {
    this.currency = currency;
    this.decimals = currencyDecimals(currency) ?? 2;
    this.textOf = textOf;
    this.findings = findings;
  }

  /** `found` in words, not a value of the file. */
  wrong(path: FilePath, expected: string, found: string): void {
    this.findings.push({ severity: "error", path, expected, found });
  }

  /** `found` as the file has it. */
  unfit(path: FilePath, expected: string, found: unknown, nearest?: string): void {
    const finding: Finding = { severity: "error", path, expected, found: shown(found) };
    this.findings.push(nearest === undefined ? finding : { ...finding, nearest });
  }

  instant(path: FilePath, text: string): number {
    const atMs = readInstant(text);
    if (atMs === null) this.unfit(path, "a time that exists, with zone", text);
    return atMs ?? Number.NaN;
  }

  duration(path: FilePath, text: string): number {
    const ms = readDuration(text);
    if (ms === null) this.unfit(path, "a duration such as 7d, 24h or 90m", text);
    return ms ?? Number.NaN;
  }

  share(path: FilePath, value: string | number): number {
    const share = readShare(value);
    if (share === null) this.unfit(path, "a share from 0 to 1, or from 0 % to 100 %", value);
    return share ?? Number.NaN;
  }

  amount(path: FilePath, value: number): number {
    const text = this.textOf(path) ?? String(value);
    const minor = readAmount(text, this.decimals);
    if (minor === null) {
      const form = this.decimals === 0 ? "no decimals" : `at most ${this.decimals} decimals`;
      this.unfit(path, `an amount of ${this.currency} with ${form}, in plain digits`, text);
    }
    return minor ?? Number.NaN;
  }

  count(path: FilePath, value: number): number {
    const text = this.textOf(path) ?? String(value);
    const count = readAmount(text, 0);
    if (count === null) this.unfit(path, "a whole number of grants", text);
    return count ?? Number.NaN;
  }

  /** @param what "an offer", of the ids in `names` */
  ordinal(path: FilePath, name: string, names: readonly string[], what: string): number {
    const ordinal = names.indexOf(name);
    if (ordinal < 0) {
      const known = names.length === 0 ? "none is declared" : names.join(", ");
      this.unfit(path, `the id of ${what} (${known})`, name, nearestOf(name, names));
    }
    return ordinal;
  }
}
