// What split pots and draws will do, in plain words.
import {
  type CampaignDefinition,
  type DrawDefinition,
  type PotReward,
  potCapId,
} from "../../core/definition.ts";
import { explainMoney as money, explainTime as time } from "./explain-values.ts";
import { duration, plural } from "./explain-words.ts";

export function explainPot(
  definition: CampaignDefinition,
  offer: string,
  pot: PotReward,
): string[] {
  const { totalMinor, packets, minMinor, maxMinor } = pot;
  const mean = money(definition, Math.round(totalMinor / packets));
  const back = duration(definition.settlingLagMs);
  return [
    `Offer ${offer}: ${money(definition, totalMinor)} split into ${plural(packets, "packet")} by ` +
      `luck, each from ${money(definition, minMinor)} to ${money(definition, maxMinor)} and ` +
      `${mean} on average, whoever comes first`,
    `The money of ${offer} is set aside: no other offer can take it. A packet of which nothing ` +
      `was spent goes back when it is cancelled, or ${back} after it expired, and is given out ` +
      `again once all have been out. While none is there, claims are refused by the cap ` +
      `${potCapId(offer)}.`,
  ];
}

export function explainDraws(definition: CampaignDefinition): string[] {
  return (definition.draws ?? []).flatMap((_, draw) => explainDraw(definition, draw));
}

function explainDraw(definition: CampaignDefinition, draw: number): string[] {
  const { id, opensAtMs, closesAtMs, audience, entriesPerUser, winsPerUser } =
    definition.draws![draw]!;
  const prizes = definition.offers.filter((offer) => offer.draw === draw);
  const list = prizes.flatMap(({ reward }) =>
    reward.kind === "pot"
      ? [`${plural(reward.packets, "prize")} of ${money(definition, reward.minMinor)}`]
      : [],
  );
  const { expiry } = prizes[0]!;
  const takeUp = expiry.kind === "after" ? duration(expiry.afterMs) : "";
  const members = audience === null ? "" : `, by members of ${definition.audiences[audience]!.id}`;
  const wins = winsPerUser === 1 ? "once" : `${winsPerUser} times`;
  const mixed =
    definition.beacon === undefined
      ? "No public round is mixed in, so whoever knew the seed could choose the winner by one " +
        "more entry."
      : "Winners wait for a public round that comes at least 10 minutes after the close.";
  return [
    `Draw ${id}: entries from ${time(definition, opensAtMs)} until ` +
      `${time(definition, closesAtMs)}${members}, at most ${entriesPerUser} a user; then ` +
      `${list.join(", ")}, set aside for it. A user wins at most ${wins}.`,
    ...explainEarning(definition.draws![draw]!),
    `A winner of ${id} has ${takeUp} to begin spending his prize; then a reserve winner gets it, ` +
      `once its money has settled. ${mixed}`,
  ];
}

function explainEarning({ id, earn, by }: DrawDefinition): string[] {
  if (earn === undefined) return [];
  const alone = by === "invite" ? "; nobody can ask for an entry" : "";
  return [
    `Whoever brings ${plural(earn.invites, "user")} by invites within one calendar day earns an ` +
      `entry of draw ${id}, at most one a day${alone}.`,
  ];
}
