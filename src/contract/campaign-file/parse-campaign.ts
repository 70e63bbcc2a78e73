// The way in for campaigns: the text of a campaign.yaml, or a definition in JSON, becomes a checked
// CampaignDefinition or a list of problems.
import type { HongbaoError } from "../../base/error.ts";
import { currencyDecimals } from "../../base/money.ts";
import { ownOf } from "../../base/record.ts";
import { dayStarts, isTimeZone } from "../../base/time.ts";
import type { CampaignDefinition, OfferDefinition } from "../../core/definition.ts";
import { contractError } from "../errors.ts";
import type { CampaignSource } from "../schema/campaign.ts";
import { checkDefinition } from "./check-definition.ts";
import { checkShape } from "./check-shape.ts";
import { prizePath } from "./draw-file.ts";
import {
  type CampaignProblem,
  type FilePath,
  type Finding,
  formatProblem,
  pathText,
  sortProblems,
} from "./problems.ts";
import { resolveFile } from "./resolve.ts";
import { SourceTree } from "./source-tree.ts";

export interface CampaignCheck {
  /** Null when there is an error among the problems. */
  definition: CampaignDefinition | null;
  /** Errors and warnings, in the order of the file. */
  problems: CampaignProblem[];
  /** Where a path of the definition stands, in the words of what was read. */
  place: (path: FilePath) => Place;
}

export type Place = Pick<CampaignProblem, "file" | "line" | "column" | "path">;

/** Never throws for any text. `file` is only for naming it in problems. */
export function parseCampaignFile(text: string, file = "campaign.yaml"): CampaignCheck {
  const source = new SourceTree(text);
  let resolved: CampaignDefinition | null = null;
  const place = (path: FilePath): Place => {
    const own = filePath(path, resolved?.offers);
    return { file, ...source.placeOf(own), path: pathText(own) };
  };
  const problems: CampaignProblem[] = source.problems.map((problem) => ({
    ...problem,
    severity: "error",
    file,
    path: pathText(problem.path),
  }));
  if (problems.length > 0) return { definition: null, problems: sortProblems(problems), place };
  const { file: shape, wrong } = checkShape(source, file, problems);
  if (shape === null) return { definition: null, problems: sortProblems(problems), place };

  const findings: Finding[] = [];
  const definition = resolveFile(shape, (path) => source.textOf(path), findings);
  resolved = definition;
  const unresolved = new Set(findings.map((finding) => pathText(finding.path)));
  for (const finding of checkDefinition(definition)) {
    const path = filePath(finding.path, definition.offers);
    if (!unresolved.has(pathText(path))) findings.push({ ...finding, path });
  }
  for (const { path, ...finding } of findings) {
    // Without waves there is one from starts to ends, and what is wrong with it is told of those.
    if (path[0] === "waves" && shape.waves === undefined) continue;
    if (wrong.some((one) => followsFrom(one, path, finding.severity))) continue;
    problems.push({ ...finding, file, ...source.placeOf(path), path: pathText(path) });
  }
  return checked(definition, problems, place);
}

/** Whether a finding may come from a value that is wrong in itself, and is told already. */
function followsFrom(wrong: FilePath, found: FilePath, severity: Finding["severity"]): boolean {
  if (severity === "warning" || found.length === 0) return true;
  // Within one entry of a list the rules hang together; elsewhere only on the value itself.
  const shared = wrong.length > 1 ? Math.min(2, found.length) : wrong.length;
  return wrong.slice(0, shared).every((part, i) => part === found[i]) && shared > 0;
}

/** Checks a definition that came as JSON, of the right shape. */
export function checkCampaignDefinition(definition: CampaignDefinition): CampaignCheck {
  const findings = [...checkDefinition(definition), ...checkDerived(definition)];
  const place = (path: FilePath): Place => {
    return { file: "definition", line: 0, column: 0, path: pathText(path) };
  };
  const problems = findings.map(({ path, ...finding }): CampaignProblem => {
    return { ...finding, ...place(path) };
  });
  return checked(definition, problems, place);
}

/** The text or the definition of a request. */
export function checkCampaignSource(source: CampaignSource): CampaignCheck {
  if (source.definition !== undefined) return checkCampaignDefinition(source.definition);
  return parseCampaignFile(source.yaml ?? "");
}

/** Throws HongbaoError `invalid_campaign`, with `problems` among its details. */
export function requireCampaign(check: CampaignCheck): CampaignDefinition {
  if (check.definition !== null) return check.definition;
  throw invalidCampaign(check.problems);
}

/** @param problems at least one error among them */
export function invalidCampaign(problems: readonly CampaignProblem[]): HongbaoError {
  const errors = problems.filter((problem) => problem.severity === "error");
  const more = errors.length > 1 ? `, and ${errors.length - 1} more` : "";
  return contractError("invalid_campaign", formatProblem(errors[0]!) + more, { problems });
}

function checked(
  definition: CampaignDefinition,
  problems: CampaignProblem[],
  place: CampaignCheck["place"],
): CampaignCheck {
  const isValid = problems.every((problem) => problem.severity === "warning");
  return { definition: isValid ? definition : null, problems: sortProblems(problems), place };
}

/** Of JSON only: what a file's resolver derives must be what it would derive. */
function checkDerived(definition: CampaignDefinition): Finding[] {
  const findings: Finding[] = [];
  const error = (path: FilePath, expected: string, found: string): void => {
    findings.push({ severity: "error", path, expected, found });
  };
  const { timeZone, currency, decimals, startsAtMs, closesAtMs, dayStartsMs } = definition;
  for (const [i, offer] of definition.offers.entries()) {
    if (offer.wave >= definition.waves.length) {
      error(["offers", i, "wave"], `below ${definition.waves.length}`, String(offer.wave));
    }
    if (offer.audience !== null && offer.audience >= definition.audiences.length) {
      error(["offers", i, "audience"], "the ordinal of an audience", String(offer.audience));
    }
  }
  for (const [i, invite] of (definition.invites ?? []).entries()) {
    for (const key of ["inviterOffer", "invitedOffer"] as const) {
      if (invite[key] < definition.offers.length) continue;
      error(["invites", i, key], "the ordinal of an offer", String(invite[key]));
    }
  }
  for (const [i, wave] of definition.waves.entries()) {
    const cap = definition.caps.find((one) => one.id === `wave-budget:${wave.id}`);
    if ((cap?.limit ?? null) !== wave.budgetMinor) {
      const found = cap === undefined ? "no such cap" : String(cap.limit);
      error(["waves", i, "budgetMinor"], `equal to the limit of wave-budget:${wave.id}`, found);
    }
  }
  if (decimals !== currencyDecimals(currency)) {
    error(["decimals"], String(currencyDecimals(currency)), String(decimals));
  }
  if (!isTimeZone(timeZone)) error(["timeZone"], "a time zone such as Asia/Shanghai", timeZone);
  else if (closesAtMs >= startsAtMs && dayStartsMs.length < 2000) {
    const last = Math.min(closesAtMs, startsAtMs + 2000 * 86_400_000);
    const days = dayStarts(timeZone, startsAtMs, last);
    if (days.length !== dayStartsMs.length || days.some((day, i) => day !== dayStartsMs[i])) {
      const expected = `the ${days.length} local midnights of ${timeZone}`;
      error(["dayStartsMs"], expected, `${dayStartsMs.length} instants`);
    }
  }
  return findings;
}

const FILE_WORDS: Readonly<Record<string, readonly string[]>> = {
  startsAtMs: ["starts"],
  endsAtMs: ["ends"],
  closesAtMs: ["closes"],
  budgetMinor: ["budget"],
  settlingLagMs: ["settlingLag"],
  releaseGraceMs: ["releaseGrace"],
  maturesMs: ["matures"],
  blockMs: ["blockFor"],
  fromMs: ["from"],
  toMs: ["to"],
  untilMs: ["until"],
  entries: ["table"],
  expiry: ["expires"],
  atMs: ["at"],
  afterMs: ["after"],
  dimension: ["of"],
  totalMinor: ["pot", "total"],
  minMinor: ["pot", "min"],
  maxMinor: ["pot", "max"],
  inviterOffer: ["inviter"],
  invitedOffer: ["invited"],
  openMs: ["openFor"],
  redeemedShare: ["redeemed"],
  deviation: ["uncertainty"],
};

/** A key of the definition as the file has it. */
export function fileWord(key: string): string {
  return String(ownOf(FILE_WORDS, key)?.[0] ?? key);
}

/** A path of the definition in the words of the file. */
function filePath(path: FilePath, offers: readonly OfferDefinition[] = []): FilePath {
  const [list, i, key] = path;
  if (list === "offers" && typeof i === "number" && offers[i]?.draw !== undefined) {
    const prize = prizePath(offers, i);
    return key === "expiry" ? [...prize.slice(0, 2), "takeUp"] : prize;
  }
  if (path[0] === "assignment") {
    return path[1] === "holdoutShare" ? ["holdout", "share"] : path.slice(1);
  }
  return path.flatMap((part, i): FilePath => {
    if (part === "amountMinor") return [path[i - 1] === "reward" ? "fixed" : "amount"];
    return typeof part === "string" ? (ownOf(FILE_WORDS, part) ?? [part]) : [part];
  });
}
