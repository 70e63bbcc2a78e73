// The words of the verbs that move money, and of `hongbao grant show`.
import type { Command } from "commander";
import { collect, example, runs, SERVER_AND_CAMPAIGN, withSettings } from "./verb.ts";

const ID = "repeat this id to repeat the command safely (default: a fresh one)";

export function registerMoney(program: Command): void {
  const claim = program
    .command("claim")
    .description("Claim an offer for a user.")
    .argument("<offer>", "the offer's id")
    .option("--id <id>", ID)
    .option("--attribute <name=value>", "what caps count by, such as device=d-55", collect)
    .option("--fact <name=value>", "what conditions are judged by, such as age=31", collect)
    .option("--dry-run", "only say what would be answered, and why; nothing happens")
    .option("--variant <id>", "where assignment is given: the user's variant, or holdout")
    .option("--ref <text>", "your own opaque mark, at most 32 bytes; nothing personal");
  withSettings(claim, ["user", ...SERVER_AND_CAMPAIGN]);
  runs(claim, async () => (await import("./money.ts")).claim);
  example(
    claim,
    "hongbao claim coffee --campaign first --user user-1 --attribute device=d-55",
    "hongbao claim coffee --campaign first --user user-1 --dry-run",
  );

  const redeem = program
    .command("redeem")
    .description("Spend a grant, whole or in part.")
    .argument("<grant>", "the grant's id, from the answer to the claim")
    .argument("[amount]", "in major units, such as 1.50; without it the whole rest")
    .option("--id <id>", ID)
    .option("--attribute <name=value>", "what caps count by, such as merchant=noodles", collect);
  withSettings(redeem, SERVER_AND_CAMPAIGN);
  runs(redeem, async () => (await import("./money.ts")).redeem);
  example(redeem, "hongbao redeem GRANT --campaign first", "hongbao redeem GRANT 1.50 --id r-1");

  const cancel = program
    .command("cancel")
    .description("Give a grant up: its unspent rest returns to the budget.")
    .argument("<grant>", "the grant's id")
    .option("--id <id>", ID);
  withSettings(cancel, SERVER_AND_CAMPAIGN);
  runs(cancel, async () => (await import("./money.ts")).cancel);
  example(cancel, "hongbao cancel GRANT --campaign first");

  const reverse = program
    .command("reverse")
    .description("Undo a redemption.")
    .argument("<redemption>", "the id that the redemption was made with")
    .option("--id <id>", ID);
  withSettings(reverse, SERVER_AND_CAMPAIGN);
  runs(reverse, async () => (await import("./money.ts")).reverse);
  example(reverse, "hongbao reverse r-1 --campaign first");
  lookingAtGrants(program);
}

function lookingAtGrants(program: Command): void {
  const grant = program.command("grant").description("Look at grants.");
  const show = grant
    .command("show")
    .description("State, amount, rest and expiry of a grant.")
    .argument("<grant>", "the grant's id");
  withSettings(show, SERVER_AND_CAMPAIGN);
  runs(show, async () => (await import("./money.ts")).showGrant);
  example(show, "hongbao grant show GRANT --campaign first");

  const find = grant
    .command("find")
    .description("The grant of a claim, an order or another request, by the id that it carried.")
    .argument("<id>", "the id, as your app or merchant sent it");
  withSettings(find, SERVER_AND_CAMPAIGN);
  runs(find, async () => (await import("./money.ts")).findGrant);
  example(find, "hongbao grant find c-1 --campaign first");

  const history = grant
    .command("history")
    .description("Everything that became of a grant: when, how much, by whom and why.")
    .argument("<grant>", "the grant's id");
  withSettings(history, SERVER_AND_CAMPAIGN);
  runs(history, async () => (await import("./history.ts")).grantHistory);
  example(history, "hongbao grant history GRANT --campaign first");
}
