// The attributes that claims may carry: those that a campaign file declares, and those of its caps.
import type { CampaignFile } from "./file-schema.ts";
import { type Finding, nearestOf, shown } from "./problems.ts";

/** Dimensions that are not attributes. */
const BUILT_IN_DIMENSIONS: readonly string[] = ["campaign", "wave", "offer", "user"];

export function attributesOf(file: CampaignFile, findings: Finding[]): string[] {
  const declared = [...(file.attributes ?? [])];
  const all = [...declared];
  for (const [i, cap] of (file.caps ?? []).entries()) {
    const name = cap.of;
    if (BUILT_IN_DIMENSIONS.includes(name) || name.includes(":") || all.includes(name)) continue;
    all.push(name);
    const known = [...BUILT_IN_DIMENSIONS, ...declared];
    const nearest = nearestOf(name, known);
    findings.push({
      severity: "warning",
      path: ["caps", i, "of"],
      expected: "an attribute that is declared in attributes",
      found: shown(name),
      ...(nearest === undefined ? {} : { nearest }),
    });
  }
  return all;
}
