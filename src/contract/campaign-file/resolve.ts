// A campaign file of the right shape to a CampaignDefinition: names to ordinals, amounts to minor
// units, times to instants, defaults filled in, days of the zone resolved.
import { LIMITS } from "../../base/limits.ts";
import { dayStarts, isTimeZone } from "../../base/time.ts";
import type {
  AudienceDefinition,
  CampaignDefinition,
  CapDefinition,
  DrawDefinition,
  OfferDefinition,
} from "../../core/definition.ts";
import { attributesOf } from "./attributes-of-file.ts";
import { resolveBeacon } from "./beacon-file.ts";
import { compensationLine } from "./compensation-file.ts";
import { given, makeSalt, planHashOf } from "./derive.ts";
import { resolveDraws } from "./draw-file.ts";
import type { CampaignFile } from "./file-schema.ts";
import { inviterCaps, resolveInvites } from "./invites-file.ts";
import { resolveGrey } from "./modes-file.ts";
import { resolveOverissue } from "./overissue-file.ts";
import { potCaps } from "./pot-file.ts";
import type { FilePath, Finding } from "./problems.ts";
import { resolveCaps } from "./resolve-caps.ts";
import { resolveExpiry, resolveOffers } from "./resolve-offers.ts";
import { ValuesOfFile } from "./values-of-file.ts";
import { waveBudgets, wavePaces, wavesOf } from "./wave-caps.ts";

const DAY_MS = 86_400_000;

/** The definition is of use only when there is no error among the findings. */
export function resolveFile(
  file: CampaignFile,
  textOf: (path: FilePath) => string | null,
  findings: Finding[],
): CampaignDefinition {
  const read = new ValuesOfFile(file, textOf, findings);
  const startsAtMs = read.instant(["starts"], file.starts);
  const endsAtMs = read.instant(["ends"], file.ends);
  const closesAtMs = read.instant(["closes"], file.closes);
  const waves = wavesOf(file.waves, { startsAtMs, endsAtMs }, read);
  const dayStartsMs = daysOf(file, startsAtMs, closesAtMs, read);
  const { draws, prizes } = resolveDraws(file, startsAtMs, read);
  const offers = [...resolveOffers(file, read), ...prizes];
  const line = compensationOf(file, read);
  const caps = [
    ...resolveCaps(file.caps ?? [], read),
    ...waveBudgets(waves),
    ...wavePaces(waves, dayStartsMs, file.waves ?? [], read),
    ...potCaps(offers),
    ...inviterCaps(file.invites ?? []),
    ...line.map(({ cap }) => cap),
  ];
  return {
    id: file.campaign,
    title: file.title,
    currency: file.currency,
    decimals: read.decimals,
    timeZone: file.timeZone,
    budgetMinor: read.amount(["budget"], file.budget),
    startsAtMs,
    endsAtMs,
    closesAtMs,
    settlingLagMs:
      file.settlingLag === undefined ? DAY_MS : read.duration(["settlingLag"], file.settlingLag),
    ...given("releaseGraceMs", file.releaseGrace, (g) => read.duration(["releaseGrace"], g)),
    waves,
    offers: [...offers, ...line.map(({ offer }) => offer)],
    caps,
    assignment: assignmentOf(file, read),
    audiences: audiencesOf(file, read),
    attributes: attributesOf(file, findings),
    dayStartsMs,
    planHash: planHashOf(file.measure),
    ...chosenParts(file, draws, read),
    ...given("invites", file.invites, (invites) => {
      const names = file.offers.map(({ id }) => id);
      return resolveInvites(
        invites,
        { offers, waves, startsAtMs, endsAtMs },
        {
          instant: (path, text) => read.instant(path, text),
          duration: (path, text) => read.duration(path, text),
          offer: (path, name) => read.ordinal(path, name, names, "an offer"),
        },
      );
    }),
  };
}

/** What a campaign has only if its file says so. The journal keeps the order of keys. */
function chosenParts(
  file: CampaignFile,
  draws: DrawDefinition[],
  read: ValuesOfFile,
): Partial<CampaignDefinition> {
  const { lists, surfaces } = file;
  return {
    ...(file.fourEyes === true ? { fourEyes: true } : {}),
    ...(file.rehearsal === true ? { rehearsal: true } : {}),
    ...resolveGrey(file.grey, file.campaign, read),
    ...given("contingency", file.contingency, ({ line, amount }) => {
      return { line, limitMinor: read.amount(["contingency", "amount"], amount) };
    }),
    ...given("beacon", file.beacon, (b) => resolveBeacon(b, (...at) => read.wrong(...at))),
    ...given("overissue", file.overissue, (o) => resolveOverissue(o, read)),
    ...(draws.length === 0 ? {} : { draws }),
    ...given("facts", file.facts, (facts) =>
      Object.entries(facts).map(([name, type]) => ({ name, type })),
    ),
    ...(lists === undefined ? {} : { lists: lists.map((id) => ({ id })) }),
    ...(surfaces === undefined ? {} : { surfaces }),
  };
}

/** The line as an offer and its cap; nothing where the file has none. */
function compensationOf(
  { compensation }: CampaignFile,
  read: ValuesOfFile,
): { offer: OfferDefinition; cap: CapDefinition }[] {
  if (compensation === undefined) return [];
  const amountOf = (key: "budget" | "amount" | "max") =>
    read.amount(["compensation", key], compensation[key]!);
  const expiry = resolveExpiry(compensation, ["compensation", "expires"], read);
  return compensationLine(compensation, amountOf, expiry);
}

function assignmentOf(
  { holdout, assignment, variants, campaign }: CampaignFile,
  read: ValuesOfFile,
): CampaignDefinition["assignment"] {
  return {
    source: assignment ?? "hash",
    holdoutShare: holdout === undefined ? 0 : read.share(["holdout", "share"], holdout.share),
    variants: variants?.map((variant, i) => ({
      id: variant.id,
      share: read.share(["variants", i, "share"], variant.share),
    })) ?? [{ id: "treated", share: 1 }],
    masked: holdout?.masked ?? false,
    salt: holdout?.salt ?? makeSalt(campaign, "assignment"),
  };
}

function audiencesOf(
  { audiences = [], campaign }: CampaignFile,
  read: ValuesOfFile,
): AudienceDefinition[] {
  return audiences.map((audience, i) => ({
    id: audience.id,
    holdoutShare: read.share(["audiences", i, "holdout"], audience.holdout),
    salt: audience.salt ?? makeSalt(campaign, `audience:${audience.id}`),
  }));
}

function daysOf(
  { timeZone }: CampaignFile,
  startsAtMs: number,
  closesAtMs: number,
  read: ValuesOfFile,
): number[] {
  if (!isTimeZone(timeZone)) {
    read.unfit(["timeZone"], "a time zone such as Asia/Shanghai", timeZone);
    return [];
  }
  const days = (closesAtMs - startsAtMs) / DAY_MS;
  if (!(days >= 0 && days < LIMITS.campaignDays - 1)) return [];
  return dayStarts(timeZone, startsAtMs, closesAtMs);
}
