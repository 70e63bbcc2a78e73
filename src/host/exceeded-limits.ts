// Limits that a revision lowers below what was given already, for whoever decides on it: what was
// given stays, and nothing more is granted there.
import type { ExceededLimit } from "../contract/index.ts";
import type { Cap } from "../core/caps/caps.ts";
import type { CampaignDefinition } from "../core/definition.ts";
import type { CampaignState } from "../core/state.ts";
import { CHUNK_ROWS } from "../core/tables/columns.ts";

/** About 10 ms of a turn; of caps with more cells nothing is said. */
const MOST_CHUNKS = 16;

/** Of caps that hold for good: a day's are open again tomorrow. */
export function exceededLimits(
  campaign: CampaignState,
  revised: CampaignDefinition,
): ExceededLimit[] {
  return campaign.caps.flatMap((cap) => {
    const { limit, curve, per } = revised.caps[cap.ordinal]!;
    if (per !== "total" || curve !== undefined || limit >= cap.definition.limit) return [];
    const { columns } = cap.parts();
    if (columns.low.chunks.length > MOST_CHUNKS) return [];
    const { cells, most } = cellsAbove(cap, limit);
    const { id, definition, dimension } = cap;
    const told = { cap: id, counts: definition.counts, limit, most };
    if (cells === 0) return [];
    return [dimension === "single" ? told : { ...told, cells }];
  });
}

function cellsAbove(cap: Cap, limit: number): { cells: number; most: number } {
  const { columns } = cap.parts();
  let cells = 0;
  let most = 0;
  for (const [index, chunk] of columns.low.chunks.entries()) {
    const rows = chunk?.length ?? 0;
    for (let i = 0; i < rows; i++) {
      const used = cap.used(index * CHUNK_ROWS + i, 0);
      if (used > limit) cells += 1;
      if (used > most) most = used;
    }
  }
  return { cells, most };
}
