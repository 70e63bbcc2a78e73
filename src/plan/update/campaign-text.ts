// A plan's campaign as the text of a campaign file: the source file with its comments, its numbers
// set to what the plan says, each with a comment of where it comes from.
import { type Document, isMap, isSeq, type Node, parseDocument, Scalar, type YAMLMap } from "yaml";
import { assert } from "../../base/assert.ts";
import { HongbaoError } from "../../base/error.ts";
import { parseMajor } from "../../base/money.ts";
import { isOfWave } from "../../contract/campaign-file/check-pacing.ts";
import { parseCampaignFile } from "../../contract/campaign-file/parse-campaign.ts";
import { type CampaignProblem, formatProblem } from "../../contract/campaign-file/problems.ts";
import type { NamedText, PlanFile } from "../plan-file/index.ts";
import {
  type CampaignNumbers,
  campaignNumbers,
  type FileNumber,
  type NamedChanges,
} from "./campaign-numbers.ts";
import { setPacing, type WrittenPacing } from "./campaign-pacing.ts";

export interface CampaignTextOptions {
  /** The campaign file that the plan was read with. */
  readonly source: NamedText;
  readonly plan: PlanFile;
  readonly changes: NamedChanges;
  /** At the real campaign's size instead of the campaign file's. */
  readonly isReal: boolean;
  /** What is expected of each wave, in the plan's words. */
  readonly expected: readonly string[];
  /** How the waves let their budgets out; null: as the source says. */
  readonly pacing: WrittenPacing | null;
}

export interface CampaignText {
  readonly text: string;
  /** What the file's reader must know beside it. */
  readonly notes: readonly string[];
  readonly warnings: readonly CampaignProblem[];
}

/** Throws `invalid_data` where the changes make a campaign that would be refused. */
export function campaignText(options: CampaignTextOptions): CampaignText {
  const { source, plan, changes, isReal, expected } = options;
  const document = parseDocument(source.text);
  const decimals = plan.campaign.decimals;
  const numbers = campaignNumbers(plan, changes, isReal ? plan.scale : 1);
  setMoney(document, ["budget"], numbers.budget, decimals);
  numbers.waves.forEach((number, w) => {
    if (document.getIn(["waves", w]) === undefined) return;
    if (number !== null) setMoney(document, ["waves", w, "budget"], number, decimals);
    const wave = document.getIn(["waves", w]) as YAMLMap;
    if (expected[w] !== undefined) addComment(wave, expected[w], "\n");
  });
  numbers.offers.forEach(({ factor, says }, i) => {
    setReward(document, i, factor, says, decimals);
  });
  numbers.caps.forEach((number, i) => {
    if (number !== null) setCap(document, i, number, plan);
  });
  if (numbers.newUserGrants !== null) addUserCap(document, numbers.newUserGrants);
  const isEven = changes.changes.some((one) => one.kind === "pacing" && one.pacing === "even");
  const pacing = isEven ? "even" : options.pacing;
  const notes = [
    ...(pacing === null ? [] : setPacing(document, plan.campaign, pacing)),
    ...numbers.untold.map((what) => `${changes.name} also ${what}`),
    ...unscaledCaps(plan, numbers),
  ];
  const { contents } = document;
  assert(isMap(contents), "a campaign that was read");
  // Before the first key, since the editor's line must stay the first.
  const first = contents.items[0]!.key as Scalar;
  first.commentBefore = headOf(first, options, notes);
  const text = document.toString({ lineWidth: 0 });
  return { text, notes, warnings: requireValid(text, changes.name) };
}

/** A cap on a person's money means another number of rewards once an amount has changed. */
function unscaledCaps({ campaign }: PlanFile, { offers, caps }: CampaignNumbers): string[] {
  if (offers.every(({ factor }) => factor === 1)) return [];
  return campaign.caps
    .filter(({ counts, dimension }, i) => {
      return counts === "money" && !/^(campaign|wave|offer)/.test(dimension) && caps[i] === null;
    })
    .map(({ id }) => `cap ${id} counts money and stays as it is, although amounts changed`);
}

function headOf(
  { commentBefore }: Node,
  { plan, changes, isReal }: CampaignTextOptions,
  notes: readonly string[],
): string {
  const what = changes.name === null ? "the plan" : changes.name;
  const size = isReal
    ? `at the real campaign's size, ${plan.scale} times that of ${plan.campaignName}`
    : `at the size of ${plan.campaignName}`;
  const lines = [
    "",
    ` Written by hongbao plan from ${plan.file}: ${what},`,
    ` ${size}.`,
    " Each number that the plan sets says where it comes from; everything else, other comments",
    " too, is as it was.",
    ...notes.map((note) => ` ${note}.`),
  ];
  return [commentBefore, ...lines].filter((line) => line !== null && line !== undefined).join("\n");
}

function setMoney(
  document: Document,
  path: readonly (string | number)[],
  { value, says }: FileNumber,
  decimals: number,
): void {
  const scalar = scalarAt(document, path);
  writeMinor(scalar, value, decimals);
  addComment(scalar, says);
}

/** Only where it differs: what a person wrote stays as he wrote it. */
function writeMinor(scalar: Scalar, minor: number, decimals: number): void {
  const isSame = parseMajor(scalar.source ?? "", decimals) === minor;
  if (isSame) return;
  scalar.value = minor / 10 ** decimals;
  scalar.minFractionDigits = decimals;
  delete scalar.format;
}

function scalarAt(document: Document, path: readonly (string | number)[]): Scalar {
  const found = document.getIn(path, true);
  if (found instanceof Scalar) return found;
  const made = new Scalar(0);
  document.setIn(path, made);
  return made;
}

function setReward(
  document: Document,
  offer: number,
  factor: number,
  says: string,
  decimals: number,
): void {
  const reward = document.getIn(["offers", offer, "reward"]);
  assert(isMap(reward), "the reward of a campaign that was read");
  const scaled = (scalar: Scalar, round = Math.round): void => {
    const minor = parseMajor(scalar.source ?? `${scalar.value}`, decimals);
    assert(minor !== null, "an amount of a campaign that was read");
    if (factor !== 1) writeMinor(scalar, Math.max(1, round(minor * factor)), decimals);
  };
  const pot = reward.get("pot");
  if (isMap(pot)) {
    // So rounded that the packets can still add up to the total.
    scaled(pot.get("total", true) as Scalar);
    scaled(pot.get("min", true) as Scalar, Math.floor);
    scaled(pot.get("max", true) as Scalar, Math.ceil);
    addComment(
      pot,
      factor === 1 ? says : `${says}; its amounts were multiplied by ${rounded(factor)}`,
    );
    return;
  }
  const table = reward.get("table");
  if (!isSeq(table)) {
    scaled(reward.get("fixed", true) as Scalar);
    addComment(reward, says);
    return;
  }
  for (const row of table.items) scaled((row as YAMLMap).get("amount", true) as Scalar);
  if (factor !== 1) addBefore(table, `${says}; every amount was multiplied by ${rounded(factor)}`);
}

function setCap(document: Document, cap: number, number: FileNumber, plan: PlanFile): void {
  const entry = document.getIn(["caps", cap]);
  assert(isMap(entry), "a cap of a campaign that was read");
  const limit = entry.get("limit", true) as Scalar;
  if (plan.campaign.caps.filter(isOfFile)[cap]!.counts === "money") {
    writeMinor(limit, number.value, plan.campaign.decimals);
  } else limit.value = number.value;
  addComment(entry, number.says);
}

function isOfFile({ id }: { readonly id: string }): boolean {
  return !isOfWave(id);
}

function addUserCap(document: Document, { value, says }: FileNumber): void {
  const cap = document.createNode({
    ...{ id: "plan-user-grants", of: "user", counts: "grants" },
    limit: value,
  }) as YAMLMap;
  cap.flow = true;
  addComment(cap, says);
  if (document.has("caps")) document.addIn(["caps"], cap);
  else document.set("caps", document.createNode([cap]));
}

/** After what stands there already. */
function addComment(node: Node, says: string, between = "; "): void {
  const lines = says
    .split("\n")
    .map((line) => ` ${line}`)
    .join("\n");
  const before = node.comment;
  node.comment = before ? `${before}${between === "\n" ? "\n" : `;`}${lines}` : lines;
}

function addBefore(node: Node, says: string): void {
  node.commentBefore = [node.commentBefore, ` ${says}`].filter((each) => each != null).join("\n");
}

function rounded(factor: number): string {
  return `${Number(factor.toPrecision(6))}`;
}

function requireValid(text: string, name: string | null): CampaignProblem[] {
  const { problems } = parseCampaignFile(text, "the campaign");
  const wrong = problems.find(({ severity }) => severity === "error");
  if (wrong === undefined) return [...problems];
  throw new HongbaoError({
    code: "invalid_data",
    message: `${name ?? "the plan"} makes a campaign that is refused: ${formatProblem(wrong)}`,
    details: { problems },
  });
}
