// The rules of a campaign, as its definition has them, as the text of a campaign file. What was
// written is read again and held against the definition: a file that says something else is never
// handed out, and what no file can say is told instead.
import { drandChainName, roundAtMs } from "../../../base/drand.ts";
import type { BeaconDefinition, CampaignDefinition } from "../../../core/definition.ts";
import type { CampaignProblem } from "../../schema/campaign.ts";
import { checkShape } from "../check-shape.ts";
import { makeSalt } from "../derive.ts";
import { lineUp } from "../line-up-revision.ts";
import { type Finding, pathText } from "../problems.ts";
import { resolveFile } from "../resolve.ts";
import { differences } from "../revised-values.ts";
import { SourceTree } from "../source-tree.ts";
import {
  capsOf,
  compensationOf,
  curveOf,
  curveWord,
  drawsOf,
  invitesOf,
  offersOf,
  wavesOf,
} from "./file-parts.ts";
import { fileText, type Group } from "./file-text.ts";
import { durationText, FileWords, shareText, unless } from "./file-words.ts";

const DAY_MS = 86_400_000;
const FILE = "campaign.yaml";

export interface WrittenCampaign {
  /** Null: there is something among the rules that no file can say. */
  yaml: string | null;
  /** Empty where there is a file. */
  problems: CampaignProblem[];
}

/**
 * Read again as a revision of `definition`, the file changes nothing. Opened afresh it is the same
 * campaign; what revisions added stands where a file has it, with the numbers of that place.
 * @param version in force; 0: as it was opened
 */
export function writeCampaign(definition: CampaignDefinition, version: number): WrittenCampaign {
  const yaml = textOf(definition, version);
  const problems = faultsOf(yaml, definition);
  return { yaml: problems.length === 0 ? yaml : null, problems };
}

/** What is other than in the definition, once the text is read. */
function faultsOf(yaml: string, definition: CampaignDefinition): CampaignProblem[] {
  const source = new SourceTree(yaml);
  const place = { severity: "error", file: FILE } as const;
  const faults: CampaignProblem[] = source.problems.map((problem) => {
    return { ...problem, ...place, path: pathText(problem.path) };
  });
  const shape = faults.length > 0 ? null : checkShape(source, FILE, faults).file;
  if (shape === null) return faults;
  const findings: Finding[] = [];
  const read = resolveFile(shape, (path) => source.textOf(path), findings);
  // Whether the rules are sound is another question: here they are those in force.
  const linedUp = lineUp(definition, read);
  const wrong = [...findings, ...linedUp.findings].filter(({ severity }) => severity === "error");
  return [
    ...faults,
    ...wrong.map(({ path, ...finding }) => ({
      ...{ ...finding, ...place },
      ...{ ...source.placeOf(path), path: pathText(path) },
    })),
    ...differences(definition, linedUp.definition).map(({ path, from, to }) => ({
      ...{ ...place, line: 0, column: 0, path, expected: from },
      found: `${to}, the nearest that a file can say`,
    })),
  ];
}

function textOf(definition: CampaignDefinition, version: number): string {
  const words = new FileWords(definition);
  const { id, title, currency, timeZone, budgetMinor, settlingLagMs, releaseGraceMs } = definition;
  const { facts, lists, attributes, surfaces, planHash, beacon, fourEyes, rehearsal } = definition;
  const sections: Group[] = [
    { campaign: id, title, currency, timeZone, budget: words.amount(budgetMinor) },
    {
      starts: words.instant(definition.startsAtMs),
      ends: words.instant(definition.endsAtMs),
      closes: words.instant(definition.closesAtMs),
      settlingLag: settlingLagMs === DAY_MS ? undefined : durationText(settlingLagMs),
      releaseGrace: releaseGraceMs === undefined ? undefined : durationText(releaseGraceMs),
    },
    { rehearsal, fourEyes, grey: greyOf(definition, words) },
    { beacon: beacon && beaconOf(beacon, words) },
    { waves: wavesOf(definition, words) },
    {
      facts: facts && Object.fromEntries(facts.map(({ name, type }) => [name, type])),
      lists: lists?.map((list) => list.id),
    },
    { offers: offersOf(definition, words) },
    { invites: invitesOf(definition, words) },
    { draws: drawsOf(definition, words) },
    { compensation: compensationOf(definition, words) },
    moneyBeside(definition, words),
    {
      attributes: attributes.length === 0 ? undefined : attributes,
      caps: capsOf(definition, words),
    },
    armsOf(definition),
    { surfaces, measure: planHash === null ? undefined : { sha256: planHash } },
  ];
  const remarks = beacon && {
    beacon: `due at ${words.instant(roundAtMs(beacon.chain, beacon.round))}`,
  };
  return fileText(headOf(definition, version), sections, remarks ?? {});
}

/** What became of the file that came in, and only what concerns this campaign. */
function headOf(definition: CampaignDefinition, version: number): string {
  const { id, beacon, planHash, lists = [], waves, offers } = definition;
  const drawn = waves.some((wave) => {
    const curve = curveOf(definition, wave);
    return curve !== undefined && curveWord(wave, curve) === undefined;
  });
  const which = version === 0 ? "as it was opened" : `as version ${version} has it`;
  const lines = [
    `Campaign ${id} ${which}, written from the rules that the server keeps.`,
    "They say what the file said that came in; its comments and its own wording are not kept.",
    ...(drawn ? ["Of demand by the hour the points of the curve are kept, not the weights."] : []),
    ...(beacon ? ["Of the beacon the number of its round is kept."] : []),
    ...(planHash === null
      ? []
      : ["Of the measurement plan, frozen at the opening, its hash is kept, not its text."]),
    ...(lists.length === 0 ? [] : ["Whom a list holds is in no file: it is imported."]),
    ...(offers.length > 0 && version > 0
      ? ["What was granted under an earlier version keeps the terms of that version."]
      : []),
  ];
  return lines.map((line) => ` ${line}`).join("\n");
}

/** In the file the salt follows from the id. */
function greyOf({ grey }: CampaignDefinition, words: FileWords): Group | undefined {
  if (grey === undefined) return undefined;
  const { share, untilMs } = grey;
  return {
    share: shareText(share),
    until: untilMs === undefined ? undefined : words.instant(untilMs),
  };
}

function beaconOf({ chain, round }: BeaconDefinition, words: FileWords): Group {
  const { hash, publicKey, scheme, genesisAtMs, periodMs } = chain;
  const name = drandChainName(hash);
  if (name !== null) return { chain: unless("quicknet", name), round };
  const genesis = words.instant(genesisAtMs);
  return { chain: { hash, publicKey, scheme, genesis, period: durationText(periodMs) }, round };
}

function moneyBeside(
  { contingency, overissue }: CampaignDefinition,
  words: FileWords,
): { contingency?: Group; overissue?: Group } {
  return {
    ...(contingency && {
      contingency: { line: contingency.line, amount: words.amount(contingency.limitMinor) },
    }),
    ...(overissue && {
      overissue: {
        factor: overissue.factor,
        redeemed: shareText(overissue.redeemedShare),
        uncertainty: shareText(overissue.deviation),
        atMost: shareText(overissue.atMost),
      },
    }),
  };
}

function armsOf({ id, assignment, audiences }: CampaignDefinition): Group {
  const { source, holdoutShare, variants, masked } = assignment;
  const salt = unless(makeSalt(id, "assignment"), assignment.salt);
  const isNobody = holdoutShare === 0 && !masked && salt === undefined;
  const [only] = variants;
  const isUsual = variants.length === 1 && only?.id === "treated" && only.share === 1;
  return {
    holdout: isNobody
      ? undefined
      : { share: shareText(holdoutShare), masked: unless(false, masked), salt },
    assignment: unless("hash", source),
    variants: isUsual
      ? undefined
      : variants.map((variant) => ({ id: variant.id, share: shareText(variant.share) })),
    audiences:
      audiences.length === 0
        ? undefined
        : audiences.map((audience) => ({
            id: audience.id,
            holdout: shareText(audience.holdoutShare),
            salt: unless(makeSalt(id, `audience:${audience.id}`), audience.salt),
          })),
  };
}
