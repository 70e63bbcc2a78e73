// The words of `hongbao campaign versions|file|revise|approve|reject`.
import type { Command } from "commander";
import { example, runs, SERVER, WHY, withSettings } from "./verb.ts";

const PROPOSAL: readonly [flag: string, meaning: string] = [
  "--proposal <digest>",
  "the proposal that you have seen, by its digest",
];

export function registerRevisions(campaign: Command): void {
  const versions = campaign
    .command("versions")
    .description("How a campaign was opened and changed: versions, who, why, and what changed.")
    .argument("<campaign>", "its id");
  withSettings(versions, SERVER);
  runs(versions, async () => (await import("./history.ts")).campaignVersions);
  example(versions, "hongbao campaign versions first", "hongbao campaign versions first --json");

  const file = campaign
    .command("file")
    .description("The rules in force as a campaign file, to change it and hand it in again.")
    .argument("<campaign>", "its id")
    .option("--of <version>", "of an earlier version; 0: as it was opened")
    .option("--out <file>", "write it to a file instead")
    .option("--overwrite", "write over the file that is there");
  withSettings(file, SERVER);
  runs(file, async () => (await import("./campaign-file.ts")).campaignFile);
  example(file, "hongbao campaign file first", "hongbao campaign file first --out campaign.yaml");

  const revise = campaign
    .command("revise")
    .description("Change a campaign that lives: budgets, limits, odds, later ends, new offers.")
    .argument("<file>", "the whole campaign.yaml as it should be from now on")
    .requiredOption(...WHY)
    .option("--move-expiry <offers>", "offers whose new expiry also holds for grants given before")
    .option("--from <version>", "the version in force that the file was edited from")
    .option("--preview", "only say what would change, and the version in force");
  withSettings(revise, SERVER);
  runs(revise, async () => (await import("./revise.ts")).reviseCampaign);
  example(
    revise,
    "hongbao campaign revise campaign.yaml --why 'More money for the second wave' --preview",
    "hongbao campaign revise campaign.yaml --why 'Until 28 February' --move-expiry card --from 0",
  );

  const approve = campaign
    .command("approve")
    .description("Consent to a revision that somebody else proposed.")
    .argument("<campaign>", "its id")
    .option(...PROPOSAL)
    .option("--preview", "only say what would change, and the digest");
  withSettings(approve, SERVER);
  runs(approve, async () => (await import("./revise.ts")).approveRevision);
  example(
    approve,
    "hongbao campaign approve first --preview",
    "hongbao campaign approve first --proposal b1946ac92492d2347c6235b4d2611184",
  );

  const reject = campaign
    .command("reject")
    .description("Take a proposed revision back, your own or somebody else's.")
    .argument("<campaign>", "its id")
    .option(...PROPOSAL)
    .requiredOption(...WHY);
  withSettings(reject, SERVER);
  runs(reject, async () => (await import("./revise.ts")).rejectRevision);
  example(
    reject,
    "hongbao campaign reject first --why 'Too little' --proposal b1946ac92492d2347c6235b4d2611184",
  );
}
