// Planted bugs of entries that invites earn, and of the public rounds that draws wait for.
import { inSchedulesWith, type Plant, plant } from "./plant.ts";

export const EARNING_PLANTS: readonly Plant[] = inSchedulesWith("earned entries", [
  plant(
    "an entry for each user brought beyond the number",
    "src/core/draws/decide-entry.ts",
    "if (earn?.invites !== brought ||",
    "if (earn === undefined || earn.invites > brought ||",
  ),
  plant(
    "an entry earned by the one who was invited",
    "src/core/invites/decide-accept.ts",
    "earnEntries(campaign, INVITER.user, INVITER.command.keys,",
    "earnEntries(campaign, INVITER.user, INVITED.command.keys,",
  ),
  plant(
    "an entry earned beyond what a user may have",
    "src/core/draws/decide-entry.ts",
    "return campaign.lots[draw]!.userEntries.get(user) < entriesPerUser;",
    "return campaign.lots[draw]!.userEntries.get(user) <= entriesPerUser;",
  ),
  plant(
    "users brought on two days count together",
    "src/core/invites/invites.ts",
    "return this.lastDay.get(user) === day + 1 ?",
    "return this.lastDay.get(user) > 0 ?",
  ),
  plant(
    "users brought today forgotten at a restart",
    "src/core/invites/invites.ts",
    "...(this.countsDays ? this.dayColumns() : []),",
    "",
  ),
]);

export const DRAW_ROUND_PLANTS: readonly Plant[] = inSchedulesWith("draws with a round", [
  plant(
    "winners drawn before their round is known",
    "src/core/draws/decide-draw.ts",
    "  if (awaitsRound(campaign, draw)) return false;\n",
    "",
  ),
  plant(
    "a round that does not touch the draw",
    "src/core/draws/decide-draw.ts",
    "randomness === null ? null : fromHex(randomness)!",
    "randomness === null ? null : null",
  ),
  plant(
    "a round that was known before entries closed",
    "src/core/draws/decide-draw.ts",
    "firstRoundFrom(beacon.chain, atMs + LIMITS.drawBeaconMs)",
    "firstRoundFrom(beacon.chain, atMs)",
  ),
  plant(
    "a value for a round that nothing waits for",
    "src/core/luck/decide-beacon.ts",
    "campaign.rounds.filter(({ round }) => round === value.round);",
    "campaign.rounds.filter(({ round }) => round >= value.round);",
  ),
]);
