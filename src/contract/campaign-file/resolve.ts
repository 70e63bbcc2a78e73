// A campaign file of the right shape to a CampaignDefinition: names to ordinals, amounts to minor
// units, times to instants, defaults filled in, days of the zone resolved.
import { LIMITS } from "../../base/limits.ts";
import { currencyDecimals } from "../../base/money.ts";
import { dayStarts, isTimeZone } from "../../base/time.ts";
import type {
  AudienceDefinition,
  CampaignDefinition,
  CapDefinition,
  OfferDefinition,
  RewardDefinition,
} from "../../core/definition.ts";
import { resolveBeacon } from "./beacon-file.ts";
import { given, makeSalt, planHashOf } from "./derive.ts";
import { resolveDraws } from "./draw-file.ts";
import type { CampaignFile, CapEntry, OfferEntry } from "./file-schema.ts";
import { potCaps, resolvePot } from "./pot-file.ts";
import { type FilePath, type Finding, nearestOf, shown } from "./problems.ts";
import { readAmount, readDuration, readInstant, readShare } from "./scalars.ts";
import { waveBudgets, wavePaces, wavesOf } from "./wave-caps.ts";

const DAY_MS = 86_400_000;
/** Dimensions that are not attributes. */
export const BUILT_IN_DIMENSIONS: readonly string[] = ["campaign", "wave", "offer", "user"];

/**
 * What cannot be read becomes NaN or -1 with a finding, so that all findings come at once; the
 * definition is of use only when there is no error among them.
 */
export function resolveFile(
  file: CampaignFile,
  textOf: (path: FilePath) => string | null,
  findings: Finding[],
): CampaignDefinition {
  return new Resolver(file, textOf, findings).resolve();
}

class Resolver {
  private readonly file: CampaignFile;
  private readonly textOf: (path: FilePath) => string | null;
  private readonly findings: Finding[];
  private readonly decimals: number;

  constructor(file: CampaignFile, textOf: (path: FilePath) => string | null, findings: Finding[]) {
    this.file = file;
    this.textOf = textOf;
    this.findings = findings;
    this.decimals = currencyDecimals(file.currency) ?? 2;
  }

  resolve(): CampaignDefinition {
    const { file } = this;
    const { facts } = file;
    const startsAtMs = this.instant(["starts"], file.starts);
    const endsAtMs = this.instant(["ends"], file.ends);
    const closesAtMs = this.instant(["closes"], file.closes);
    const waves = wavesOf(file.waves, { startsAtMs, endsAtMs }, this);
    const dayStartsMs = this.days(startsAtMs, closesAtMs);
    const { draws, prizes } = resolveDraws(file, startsAtMs, this);
    const offers = [...file.offers.map((offer, i) => this.offer(offer, i)), ...prizes];
    const caps = [
      ...(file.caps ?? []).map((cap, i) => this.cap(cap, i)),
      ...waveBudgets(waves),
      ...wavePaces(waves, dayStartsMs, file.waves ?? [], this),
      ...potCaps(offers),
    ];
    return {
      id: file.campaign,
      title: file.title,
      currency: file.currency,
      decimals: this.decimals,
      timeZone: file.timeZone,
      budgetMinor: this.amount(["budget"], file.budget),
      startsAtMs,
      endsAtMs,
      closesAtMs,
      settlingLagMs:
        file.settlingLag === undefined ? DAY_MS : this.duration(["settlingLag"], file.settlingLag),
      ...given("releaseGraceMs", file.releaseGrace, (g) => this.duration(["releaseGrace"], g)),
      waves,
      offers,
      caps,
      assignment: this.assignment(),
      audiences: this.audiences(),
      attributes: this.attributes(),
      dayStartsMs,
      planHash: planHashOf(file.measure),
      ...(file.fourEyes === true ? { fourEyes: true } : {}),
      ...given("beacon", file.beacon, (b) => resolveBeacon(b, (...at) => this.wrong(...at))),
      ...(draws.length === 0 ? {} : { draws }),
      ...(facts === undefined
        ? {}
        : { facts: Object.entries(facts).map(([name, type]) => ({ name, type })) }),
      ...(file.lists === undefined ? {} : { lists: file.lists.map((id) => ({ id })) }),
    };
  }

  private error(path: FilePath, expected: string, found: unknown, nearest?: string): void {
    const finding: Finding = { severity: "error", path, expected, found: shown(found) };
    this.findings.push(nearest === undefined ? finding : { ...finding, nearest });
  }

  /** `found` in words, not a value of the file. */
  wrong(path: FilePath, expected: string, found: string): void {
    this.findings.push({ severity: "error", path, expected, found });
  }

  instant(path: FilePath, text: string): number {
    const atMs = readInstant(text);
    if (atMs === null) this.error(path, "a time that exists, with zone", text);
    return atMs ?? Number.NaN;
  }

  duration(path: FilePath, text: string): number {
    const ms = readDuration(text);
    if (ms === null) this.error(path, "a duration such as 7d, 24h or 90m", text);
    return ms ?? Number.NaN;
  }

  share(path: FilePath, value: string | number): number {
    const share = readShare(value);
    if (share === null) this.error(path, "a share from 0 to 1, or from 0 % to 100 %", value);
    return share ?? Number.NaN;
  }

  amount(path: FilePath, value: number): number {
    const text = this.textOf(path) ?? String(value);
    const minor = readAmount(text, this.decimals);
    if (minor === null) {
      const { currency } = this.file;
      const form = this.decimals === 0 ? "no decimals" : `at most ${this.decimals} decimals`;
      this.error(path, `an amount of ${currency} with ${form}, in plain digits`, text);
    }
    return minor ?? Number.NaN;
  }

  ordinal(path: FilePath, name: string, names: readonly string[], what: string): number {
    const ordinal = names.indexOf(name);
    if (ordinal < 0) {
      const known = names.length === 0 ? "none is declared" : names.join(", ");
      this.error(path, `the id of ${what} (${known})`, name, nearestOf(name, names));
    }
    return ordinal;
  }

  private offer(offer: OfferEntry, i: number): OfferDefinition {
    const at = ["offers", i];
    const waves = this.file.waves?.map((wave) => wave.id) ?? ["all"];
    const audiences = this.file.audiences?.map((audience) => audience.id) ?? [];
    let wave = 0;
    if (offer.wave !== undefined) wave = this.ordinal([...at, "wave"], offer.wave, waves, "a wave");
    else if (waves.length > 1) this.error([...at, "wave"], `one of ${waves.join(", ")}`, undefined);
    return {
      id: offer.id,
      title: offer.title ?? offer.id,
      wave,
      reward: this.reward(offer, [...at, "reward"]),
      expiry: this.expiry(offer, [...at, "expires"]),
      ...given("maturesMs", offer.matures, (m) => this.duration([...at, "matures"], m)),
      audience:
        offer.audience === undefined
          ? null
          : this.ordinal([...at, "audience"], offer.audience, audiences, "an audience"),
      ...(offer.eligible === undefined ? {} : { eligible: offer.eligible.trim() }),
    };
  }

  private reward(offer: OfferEntry, at: FilePath): RewardDefinition {
    const { fixed, table, pot } = offer.reward;
    const given = Object.keys(offer.reward);
    if (given.length !== 1) {
      const found = given.length === 0 ? "none" : given.join(" and ");
      this.wrong(at, "exactly one of fixed, table and pot", found);
    }
    if (pot !== undefined) {
      return resolvePot(pot, (key) => this.amount([...at, "pot", key], pot[key]));
    }
    if (table === undefined) {
      const amountMinor = fixed === undefined ? Number.NaN : this.amount([...at, "fixed"], fixed);
      return { kind: "fixed", amountMinor };
    }
    return {
      kind: "table",
      entries: table.map((row, j) => ({
        amountMinor: this.amount([...at, "table", j, "amount"], row.amount),
        odds: row.odds,
      })),
    };
  }

  private expiry(offer: OfferEntry, path: FilePath): OfferDefinition["expiry"] {
    const { at, after } = offer.expires;
    if ((at === undefined) === (after === undefined)) {
      this.wrong(path, "exactly one of at and after", at === undefined ? "neither" : "both");
    }
    if (after === undefined) {
      return {
        kind: "at",
        atMs: at === undefined ? Number.NaN : this.instant([...path, "at"], at),
      };
    }
    return { kind: "after", afterMs: this.duration([...path, "after"], after) };
  }

  private cap(cap: CapEntry, i: number): CapDefinition {
    const per = cap.per ?? "total";
    const { refund } = cap;
    return {
      id: cap.id,
      dimension: cap.of,
      counts: cap.counts,
      per,
      limit:
        cap.counts === "money" ? this.amount(["caps", i, "limit"], cap.limit) : this.count(cap, i),
      on: cap.on ?? "claim",
      // Giving back into short windows would let claim-and-cancel loops defeat them.
      refund:
        refund === undefined
          ? per === "total" || per === "day"
          : refund === true || refund === "yes",
      missing: cap.missing ?? "refuse",
    };
  }

  private count(cap: CapEntry, i: number): number {
    const path = ["caps", i, "limit"];
    const text = this.textOf(path) ?? String(cap.limit);
    const count = readAmount(text, 0);
    if (count === null) this.error(path, "a whole number of grants", text);
    return count ?? Number.NaN;
  }

  private assignment(): CampaignDefinition["assignment"] {
    const { holdout, assignment, variants, campaign } = this.file;
    return {
      source: assignment ?? "hash",
      holdoutShare: holdout === undefined ? 0 : this.share(["holdout", "share"], holdout.share),
      variants: variants?.map((variant, i) => ({
        id: variant.id,
        share: this.share(["variants", i, "share"], variant.share),
      })) ?? [{ id: "treated", share: 1 }],
      masked: holdout?.masked ?? false,
      salt: holdout?.salt ?? makeSalt(campaign, "assignment"),
    };
  }

  private audiences(): AudienceDefinition[] {
    return (this.file.audiences ?? []).map((audience, i) => ({
      id: audience.id,
      holdoutShare: this.share(["audiences", i, "holdout"], audience.holdout),
      salt: audience.salt ?? makeSalt(this.file.campaign, `audience:${audience.id}`),
    }));
  }

  private attributes(): string[] {
    const declared = [...(this.file.attributes ?? [])];
    const all = [...declared];
    for (const [i, cap] of (this.file.caps ?? []).entries()) {
      const name = cap.of;
      if (BUILT_IN_DIMENSIONS.includes(name) || name.includes(":") || all.includes(name)) continue;
      all.push(name);
      const known = [...BUILT_IN_DIMENSIONS, ...declared];
      const nearest = nearestOf(name, known);
      this.findings.push({
        severity: "warning",
        path: ["caps", i, "of"],
        expected: "an attribute that is declared in attributes",
        found: shown(name),
        ...(nearest === undefined ? {} : { nearest }),
      });
    }
    return all;
  }

  private days(startsAtMs: number, closesAtMs: number): number[] {
    const { timeZone } = this.file;
    if (!isTimeZone(timeZone)) {
      this.error(["timeZone"], "a time zone such as Asia/Shanghai", timeZone);
      return [];
    }
    const days = (closesAtMs - startsAtMs) / DAY_MS;
    if (!(days >= 0 && days < LIMITS.campaignDays - 1)) return [];
    return dayStarts(timeZone, startsAtMs, closesAtMs);
  }
}
