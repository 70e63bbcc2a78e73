// Offers of a campaign file: what each gives, in which wave, until when.
import type { OfferDefinition, RewardDefinition } from "../../core/definition.ts";
import { given } from "./derive.ts";
import type { CampaignFile, OfferEntry } from "./file-schema.ts";
import { resolvePot } from "./pot-file.ts";
import type { FilePath } from "./problems.ts";
import type { ValuesOfFile } from "./values-of-file.ts";

export function resolveOffers(file: CampaignFile, read: ValuesOfFile): OfferDefinition[] {
  const waves = file.waves?.map((wave) => wave.id) ?? ["all"];
  const audiences = file.audiences?.map((audience) => audience.id) ?? [];
  return file.offers.map((offer, i) => {
    const at = ["offers", i];
    return {
      id: offer.id,
      title: offer.title ?? offer.id,
      wave: waveOf(offer, [...at, "wave"], waves, read),
      reward: rewardOf(offer, [...at, "reward"], read),
      expiry: resolveExpiry(offer, [...at, "expires"], read),
      ...given("maturesMs", offer.matures, (m) => read.duration([...at, "matures"], m)),
      audience:
        offer.audience === undefined
          ? null
          : read.ordinal([...at, "audience"], offer.audience, audiences, "an audience"),
      ...(offer.eligible === undefined ? {} : { eligible: offer.eligible.trim() }),
      ...(offer.by === undefined ? {} : { by: offer.by }),
    };
  });
}

function waveOf(
  { wave }: OfferEntry,
  path: FilePath,
  waves: readonly string[],
  read: ValuesOfFile,
): number {
  if (wave !== undefined) return read.ordinal(path, wave, waves, "a wave");
  if (waves.length > 1) read.unfit(path, `one of ${waves.join(", ")}`, undefined);
  return 0;
}

function rewardOf({ reward }: OfferEntry, path: FilePath, read: ValuesOfFile): RewardDefinition {
  const { fixed, table, pot } = reward;
  const kinds = Object.keys(reward);
  if (kinds.length !== 1) {
    const found = kinds.length === 0 ? "none" : kinds.join(" and ");
    read.wrong(path, "exactly one of fixed, table and pot", found);
  }
  if (pot !== undefined) {
    return resolvePot(pot, (key) => read.amount([...path, "pot", key], pot[key]));
  }
  if (table === undefined) {
    const amountMinor = fixed === undefined ? Number.NaN : read.amount([...path, "fixed"], fixed);
    return { kind: "fixed", amountMinor };
  }
  return {
    kind: "table",
    entries: table.map((row, j) => ({
      amountMinor: read.amount([...path, "table", j, "amount"], row.amount),
      odds: row.odds,
    })),
  };
}

export function resolveExpiry(
  { expires: { at, after } }: Pick<OfferEntry, "expires">,
  path: FilePath,
  read: ValuesOfFile,
): OfferDefinition["expiry"] {
  if ((at === undefined) === (after === undefined)) {
    read.wrong(path, "exactly one of at and after", at === undefined ? "neither" : "both");
  }
  if (after !== undefined) {
    return { kind: "after", afterMs: read.duration([...path, "after"], after) };
  }
  return { kind: "at", atMs: at === undefined ? Number.NaN : read.instant([...path, "at"], at) };
}
