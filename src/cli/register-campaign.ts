// The words of `hongbao campaign …`.
import type { Command } from "commander";
import { registerRevisions } from "./register-revisions.ts";
import { example, runs, SERVER, withSettings } from "./verb.ts";

const STEPS: readonly (readonly [step: "pause" | "resume" | "end" | "close", meaning: string])[] = [
  ["pause", "Take no claims for now; redemptions go on."],
  ["resume", "Take claims again."],
  ["end", "Take no more claims, for good; redemptions go on."],
  ["close", "Reveal the seed of all luck; only reversals are possible afterwards."],
];

export function registerCampaign(program: Command): void {
  const campaign = program.command("campaign").description("Check, open and watch campaigns.");

  const check = campaign
    .command("check")
    .description("Check a campaign file and say in plain words what it will do. Needs no server.")
    .argument("<file>", "a campaign.yaml");
  runs(check, async () => (await import("./campaign-check.ts")).checkCampaign);
  example(check, "hongbao campaign check examples/first-campaign/campaign.yaml");

  const open = campaign
    .command("open")
    .description("Open a campaign: from now on its rules are in the journal.")
    .argument("<file>", "a campaign.yaml");
  withSettings(open, SERVER);
  runs(open, async () => (await import("./campaign.ts")).openCampaign);
  example(open, "hongbao campaign open examples/first-campaign/campaign.yaml");

  const list = campaign.command("list").description("All campaigns with their money.");
  withSettings(list, SERVER);
  runs(list, async () => (await import("./campaign.ts")).listCampaigns);
  example(list, "hongbao campaign list");

  const show = campaign
    .command("show")
    .description("The books of one campaign: money, counts, waves, caps.")
    .argument("<campaign>", "its id");
  withSettings(show, SERVER);
  runs(show, async () => (await import("./campaign.ts")).showCampaign);
  example(show, "hongbao campaign show first", "hongbao campaign show first --json");

  const outlook = campaign
    .command("outlook")
    .description("What a campaign is exposed to, what will be spent of it, and when it runs out.")
    .argument("<campaign>", "its id");
  withSettings(outlook, SERVER);
  runs(outlook, async () => (await import("./outlook.ts")).showOutlook);
  example(outlook, "hongbao campaign outlook first", "hongbao campaign outlook first --json");

  registerRevisions(campaign);

  const beacon = campaign
    .command("beacon")
    .description("Hand in the public round that a campaign's luck waits for.")
    .argument("<campaign>", "its id")
    .argument("<file>", "the round as drand publishes it, in JSON; - for standard input");
  withSettings(beacon, SERVER);
  runs(beacon, async () => (await import("./beacon.ts")).handInBeacon);
  example(
    beacon,
    "hongbao campaign beacon first round-1000.json",
    "curl -s https://api.drand.sh/v2/beacons/quicknet/rounds/1000 | hongbao campaign beacon first -",
  );

  for (const [step, meaning] of STEPS) {
    const change = campaign.command(step).description(meaning).argument("<campaign>", "its id");
    withSettings(change, SERVER);
    runs(change, async () => {
      const { changePhase } = await import("./campaign.ts");
      return changePhase(step);
    });
    example(change, `hongbao campaign ${step} first`);
  }
}
