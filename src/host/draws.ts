// Draws as callers meet them: entries, the close, and what everybody may see.

import { LIMITS } from "../base/limits.ts";
import type { AnswerOf } from "../contract/index.ts";
import type { DrawView, DrawWin } from "../contract/schema/draw.ts";
import { emptyCommand } from "../core/command.ts";
import { awaitsRound, decideCloseDraw } from "../core/draws/decide-draw.ts";
import { decideEnter } from "../core/draws/decide-entry.ts";
import { answerBase } from "./answers.ts";
import type { Engine } from "./engine.ts";
import type { OpenCampaign } from "./open-campaigns.ts";
import { grantStateAt } from "./views.ts";
import type { Call } from "./writer/call.ts";
import { inCampaign } from "./writer/in-campaign.ts";
import { LANE } from "./writer/job.ts";

const COMMAND = emptyCommand();

export function enterDraw(
  engine: Engine,
  { params, body }: Call<"draw.enter">,
  timeoutMs: number | undefined,
): Promise<AnswerOf<"draw.enter">> {
  const { campaign, draw } = params;
  return inCampaign(
    engine,
    LANE.claim,
    ["draw.enter", campaign, [draw, body]],
    { draw },
    (open, atMs, out) => {
      open.names.fillEntry(COMMAND, body);
      const decided = decideEnter(open.state, COMMAND, ordinalOf(open, draw), atMs, out);
      const answer: AnswerOf<"draw.enter"> = {
        ...answerBase(decided.status, atMs, decided.replayed),
        draw,
      };
      if (decided.entry >= 0) answer.entry = decided.entry + 1;
      if (decided.retryAtMs > 0) answer.retryAtMs = decided.retryAtMs;
      return answer;
    },
    timeoutMs,
  );
}

export function closeDraw(
  engine: Engine,
  { params }: Call<"draw.close">,
  timeoutMs: number | undefined,
): Promise<AnswerOf<"draw.close">> {
  const { campaign, draw } = params;
  return inCampaign(
    engine,
    LANE.redemption,
    ["draw.close", campaign, draw],
    { draw },
    (open, atMs, out) => {
      const decided = decideCloseDraw(open.state, ordinalOf(open, draw), atMs, out);
      const answer = { ...answerBase(decided.status, atMs, decided.replayed), draw };
      return decided.retryAtMs > 0 ? { ...answer, retryAtMs: decided.retryAtMs } : answer;
    },
    timeoutMs,
  );
}

export function showDraw(
  engine: Engine,
  { params, query }: Call<"draw.show">,
  timeoutMs: number | undefined,
): Promise<AnswerOf<"draw.show">> {
  const { campaign, draw } = params;
  return inCampaign(
    engine,
    LANE.read,
    ["draw.show", campaign, [draw, query]],
    {},
    (open, atMs) => {
      const ordinal = ordinalOf(open, draw);
      if (ordinal < 0) return answerBase("unknown_draw", atMs);
      return {
        ...answerBase("ok", atMs),
        view: viewOf(open, ordinal, Number(query.after ?? 0), atMs),
      };
    },
    timeoutMs,
  );
}

function ordinalOf({ state }: OpenCampaign, draw: string): number {
  return (state.definition.draws ?? []).findIndex(({ id }) => id === draw);
}

function viewOf(
  { state, names }: OpenCampaign,
  ordinal: number,
  after: number,
  atMs: number,
): DrawView {
  const { definition, pots } = state;
  const { id, title, opensAtMs, closesAtMs } = definition.draws![ordinal]!;
  const lot = state.lots[ordinal]!;
  const to = Math.min(lot.winners, after + LIMITS.page);
  const wins: DrawWin[] = [];
  for (let win = after; win < to; win++) {
    const grant = lot.winnerGrant.get(win);
    const prize = definition.offers[state.grantOffer(grant)]!.id;
    const id = names.grantIds.encode(grant);
    wins.push({ grant: id, prize, state: grantStateAt(state, grant, atMs) });
  }
  const view: DrawView = {
    ...{ draw: id, title, opensAtMs, closesAtMs, closed: lot.isClosed },
    ...{ entries: lot.entries, winners: lot.winners, voids: lot.voids },
    prizes: definition.offers.flatMap((offer, i) => {
      const pot = pots[i]!;
      if (offer.draw !== ordinal || pot === null) return [];
      const { minMinor: amountMinor, packets: stock } = pot.reward;
      return [{ prize: offer.id, title: offer.title, amountMinor, stock, left: pot.left }];
    }),
    grants: wins.map(({ grant }) => grant),
    wins,
    more: to < lot.winners,
  };
  if (lot.round !== 0) view.round = lot.round;
  if (awaitsRound(state, ordinal)) view.awaitsRound = lot.round;
  return view;
}
