// What outside the engine reports exposures: declared at the opening, so that the times that
// reports are held against are kept from the first user on.
import type { CampaignDefinition } from "../../core/definition.ts";
import type { DefinitionCheck } from "./definition-check.ts";

export const SURFACES: { description: string } = {
  description:
    "What outside hongbao reports exposures, such as a banner in the app. They stay as they are.",
};

/** What the export calls exposures that nobody imports. */
const TAKEN: readonly string[] = ["claim", "offers", "invite", "draw", "met"];

export function checkSurfaces(check: DefinitionCheck): void {
  const { surfaces = [] } = check.definition;
  check.unique(["surfaces"], surfaces);
  for (const [i, name] of surfaces.entries()) {
    if (!TAKEN.includes(name)) continue;
    check.error(["surfaces", i], `another name: the engine's own are ${TAKEN.join(", ")}`, name);
  }
}

export function explainSurfaces({ surfaces = [] }: CampaignDefinition): string[] {
  if (surfaces.length === 0) return [];
  const names = surfaces.join(", ");
  return [`Exposures can be imported from: ${names}. The earliest that is known counts.`];
}
