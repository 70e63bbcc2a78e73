// What the state knows of luck, for those who want to see it: one drawing with all its inputs, and
// the counts of published odds.
import { toHex } from "../base/bytes.ts";
import type { LuckAnswer, LuckView, OddsAnswer, OddsView, PacketView } from "../contract/index.ts";
import type { WinView } from "../contract/schema/luck.ts";
import { FOR_CAMPAIGN } from "../core/luck/beacon.ts";
import { tableOf } from "../core/luck/drawn-tables.ts";
import type { CampaignState } from "../core/state.ts";
import { keyHex } from "../core/tables/key-hex.ts";
import { answerBase } from "./answers.ts";
import type { Engine } from "./engine.ts";
import { seedCommitment } from "./secrets.ts";
import { inCampaign } from "./writer/in-campaign.ts";
import { LANE } from "./writer/job.ts";

export function showLuck(
  engine: Engine,
  { campaign, grant: id }: { campaign: string; grant: string },
  timeoutMs?: number,
): Promise<LuckAnswer> {
  return inCampaign(
    engine,
    LANE.read,
    ["grant.luck", campaign, id],
    {},
    ({ state, names }, atMs) => {
      const grant = names.grantIds.decode(id);
      if (grant < 0 || grant >= state.grantCount) return answerBase("unknown_grant", atMs);
      const luck = luckView(engine.journal.ledgerId, state, id, grant);
      const packet = packetView(state, id, grant);
      return {
        ...answerBase("ok", atMs),
        ...(luck === undefined ? {} : { luck }),
        ...(packet === undefined ? {} : { packet }),
      };
    },
    timeoutMs,
  );
}

export function showOdds(
  engine: Engine,
  campaign: string,
  timeoutMs?: number,
): Promise<OddsAnswer> {
  return inCampaign(
    engine,
    LANE.read,
    ["campaign.odds", campaign, null],
    {},
    ({ state }, atMs) => {
      const { currency, draws = [] } = state.definition;
      return {
        ...{ ...answerBase("ok", atMs), currency, odds: oddsViews(state) },
        draws: draws.map(({ id }) => id),
        ...commitmentView(engine.journal.ledgerId, state),
      };
    },
    timeoutMs,
  );
}

/** What is known of the seed by now, and of the round that salts it. */
function commitmentView(
  ledger: string,
  campaign: CampaignState,
): Pick<OddsAnswer, "seedCommitment" | "seed" | "beacon"> {
  const { definition, keys, phase } = campaign;
  if (keys.seed === null) return {};
  const randomness = campaign.randomnessFor(FOR_CAMPAIGN);
  const { beacon } = definition;
  return {
    seedCommitment: toHex(seedCommitment(ledger, definition.id, keys.seed)),
    ...(phase === "closed" ? { seed: toHex(keys.seed) } : {}),
    ...(beacon === undefined
      ? {}
      : { beacon: { round: beacon.round, ...(randomness === null ? {} : { randomness }) } }),
  };
}

/** Undefined where no table was drawn from. */
function luckView(
  ledger: string,
  campaign: CampaignState,
  id: string,
  grant: number,
): LuckView | undefined {
  const { definition } = campaign;
  const offer = campaign.grantOffer(grant);
  const table = tableOf(campaign.drawn[offer]!, campaign.grantVersion.get(grant));
  const { seed } = campaign.keys;
  if (table === undefined || seed === null) return undefined;
  const view: LuckView = {
    ledger,
    campaign: definition.id,
    grant: id,
    ordinal: grant,
    offer: definition.offers[offer]!.id,
    offerOrdinal: offer,
    currency: definition.currency,
    amountMinor: campaign.grantAmount.get(grant),
    grantedAtMs: campaign.grantedAtMs(grant),
    user: userKey(campaign, campaign.grantUser.get(grant)),
    drawsBefore: drawsBefore(campaign, grant, offer),
    entries: table.entries,
    seedCommitment: toHex(seedCommitment(ledger, definition.id, seed)),
  };
  if (campaign.phase === "closed") view.seed = toHex(seed);
  const randomness = campaign.randomnessFor(FOR_CAMPAIGN);
  if (definition.beacon !== undefined && randomness !== null) {
    view.beacon = { ...definition.beacon, randomness };
  }
  return view;
}

/** Undefined where it is no packet of a pot. */
function packetView(campaign: CampaignState, id: string, grant: number): PacketView | undefined {
  const { definition, grantPacket } = campaign;
  const { id: offer, reward, draw } = definition.offers[campaign.grantOffer(grant)]!;
  if (reward.kind !== "pot") return undefined;
  return {
    ...{ campaign: definition.id, grant: id, offer, currency: definition.currency },
    amountMinor: campaign.grantAmount.get(grant),
    grantedAtMs: campaign.grantedAtMs(grant),
    packet: grantPacket.get(grant),
    ...{ packets: reward.packets, totalMinor: reward.totalMinor },
    ...(draw === undefined ? {} : { win: winView(campaign, draw, grant) }),
  };
}

function winView({ definition, lots }: CampaignState, draw: number, grant: number): WinView {
  const { entries, winners, winnerGrant, round } = lots[draw]!;
  // Winners have their grants in the order of winning.
  let from = 0;
  for (let to = winners; from < to; ) {
    const middle = (from + to) >>> 1;
    if (winnerGrant.get(middle) < grant) from = middle + 1;
    else to = middle;
  }
  const win = { draw: definition.draws![draw]!.id, winner: from + 1, entries };
  return round === 0 ? win : { ...win, round };
}

function userKey({ users }: CampaignState, user: number): string {
  return keyHex(
    Uint32Array.from({ length: 4 }, (_, i) => users.keys.word(user, i)),
    0,
  );
}

/** A draw counts up with every grant of the offer, and nothing counts it down. */
function drawsBefore(campaign: CampaignState, grant: number, offer: number): number {
  let draws = 0;
  let next = campaign.grantPrevious.get(grant);
  while (next > 0) {
    if (campaign.grantOffer(next - 1) === offer) draws += 1;
    next = campaign.grantPrevious.get(next - 1);
  }
  return draws;
}

function oddsViews({ definition, drawn }: CampaignState): OddsView[] {
  return drawn.flatMap((tables, offer) =>
    tables.map(({ version, entries, counts }) => ({
      offer: definition.offers[offer]!.id,
      version,
      entries: entries.map((entry, i) => ({ ...entry, granted: counts[i]! })),
    })),
  );
}
