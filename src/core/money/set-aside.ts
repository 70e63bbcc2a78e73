// The pots and draws of a definition, where they are new: their money is set aside from now on.

import type { CampaignDefinition } from "../definition.ts";
import { Draw } from "../draws/draw.ts";
import { Pot } from "../luck/pot.ts";
import type { Books } from "./books.ts";

export function setAside({
  definition,
  pots,
  lots,
  books,
}: {
  definition: CampaignDefinition;
  pots: (Pot | null)[];
  lots: Draw[];
  books: Books;
}): void {
  const { offers, draws = [] } = definition;
  for (let offer = pots.length; offer < offers.length; offer++) {
    const { reward } = offers[offer]!;
    pots.push(reward.kind === "pot" ? new Pot(reward, offer) : null);
    if (reward.kind === "pot") books.setAsideMinor += reward.totalMinor;
  }
  for (let draw = lots.length; draw < draws.length; draw++) lots.push(new Draw(draw));
}
