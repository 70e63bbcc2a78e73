// What the checks of a definition share: their findings, and how they word amounts and times.
import { formatMinor } from "../../base/money.ts";
import type { CampaignDefinition } from "../../core/definition.ts";
import type { FilePath, Finding } from "./problems.ts";

/** Collects findings, and words amounts and times. */
export class DefinitionCheck {
  readonly definition: CampaignDefinition;
  readonly findings: Finding[] = [];

  constructor(definition: CampaignDefinition) {
    this.definition = definition;
  }

  error(path: FilePath, expected: string, found: string, nearest?: string): void {
    const finding: Finding = { severity: "error", path, expected, found };
    this.findings.push(nearest === undefined ? finding : { ...finding, nearest });
  }

  warn(path: FilePath, expected: string, found: string): void {
    this.findings.push({ severity: "warning", path, expected, found });
  }

  money(minor: number): string {
    if (!Number.isSafeInteger(minor)) return "an amount";
    return `${formatMinor(minor, this.definition.decimals)} ${this.definition.currency}`;
  }

  time(atMs: number): string {
    return Math.abs(atMs) <= 8.64e15 ? new Date(atMs).toISOString() : "a time";
  }

  notBeforeStart(path: FilePath, atMs: number): void {
    const { startsAtMs } = this.definition;
    if (!(atMs < startsAtMs)) return;
    const expected = `not before the campaign's start ${this.time(startsAtMs)}`;
    this.error(path, expected, this.time(atMs));
  }

  notAfterEnd(path: FilePath, atMs: number, tell: "error" | "warn" = "error"): void {
    const { endsAtMs } = this.definition;
    if (!(atMs > endsAtMs)) return;
    this[tell](path, `not after the campaign's end ${this.time(endsAtMs)}`, this.time(atMs));
  }

  unique(path: FilePath, ids: readonly string[]): void {
    const seen = new Set<string>();
    for (const [i, id] of ids.entries()) {
      if (seen.has(id)) this.error([...path, i, "id"], "an id of its own", `${id} again`);
      seen.add(id);
    }
  }
}
