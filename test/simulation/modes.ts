// Modes for drills: some are rehearsals, some let a share of users in first, and revisions change
// that as they may and may not. Drawn from streams of their own, so that all else is what it is
// without this file.
import type { CampaignDefinition } from "../../src/core/definition.ts";
import { Chance } from "./chance.ts";

const HOUR = 3_600_000;
const SHARES = [0.2, 0.5, 0.7, 0.9];

function aside({ assignment }: CampaignDefinition, more = 0): Chance {
  return new Chance((Number.parseInt(assignment.salt.slice(16, 24), 16) ^ more) | 1);
}

export function withModes(definition: CampaignDefinition): CampaignDefinition {
  const chance = aside(definition);
  const made = chance.yes(0.07) ? { ...definition, rehearsal: true as const } : definition;
  if (!chance.yes(0.12)) return made;
  const salt = saltOf(chance);
  const grey = { share: chance.pick(SHARES), salt };
  const untilMs = made.startsAtMs + chance.pick([1, HOUR, 5 * HOUR, 30 * HOUR]);
  return { ...made, grey: chance.yes(0.5) ? { ...grey, untilMs } : grey };
}

function saltOf(chance: Chance): string {
  return Array.from({ length: 32 }, () => chance.int(0, 15).toString(16)).join("");
}

/** What a revision at an instant asks of the modes. */
export function reviseModes(definition: CampaignDefinition, atMs: number): void {
  const chance = aside(definition, atMs);
  if (chance.yes(0.03)) {
    if (definition.rehearsal === true) delete definition.rehearsal;
    else definition.rehearsal = true;
  }
  const { grey } = definition;
  if (grey === undefined) {
    if (chance.yes(0.02)) definition.grey = { share: 0.5, salt: saltOf(chance) };
    return;
  }
  if (!chance.yes(0.6)) return;
  chance.pick([
    () => {
      grey.share = chance.pick([...SHARES, 1]);
    },
    () => {
      grey.untilMs = atMs + chance.pick([-1, 0, 1, HOUR]);
    },
    () => delete grey.untilMs,
    () => delete definition.grey,
    () => {
      if (chance.yes(0.3)) grey.salt = saltOf(chance);
      else grey.share = Math.min(1, grey.share + 0.1);
    },
  ])();
}
