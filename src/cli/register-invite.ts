// The words of `hongbao invite …`.
import type { Command } from "commander";
import { collect, example, runs, SERVER_AND_CAMPAIGN, withSettings } from "./verb.ts";

const REMOTE = ["user", ...SERVER_AND_CAMPAIGN] as const;
const ID = "repeat this id to repeat the command safely (default: a fresh one)";

export function registerInvite(program: Command): void {
  const invite = program.command("invite").description("Let users invite each other.");

  const create = claiming(
    invite
      .command("create")
      .description("A user's code, and the same as a passphrase, to pass on.")
      .argument("<invite>", "the invite's id in the campaign file"),
  );
  runs(create, async () => (await import("./invite.ts")).createInvite);
  example(create, "hongbao invite create friends --campaign first --user user-1");

  const accept = claiming(
    invite
      .command("accept")
      .description("Accept an invite: both users get their reward, or neither does.")
      .argument("<code>", "a code, a passphrase, or the message that it came in")
      .argument("[words...]", "the other words of a passphrase"),
  ).option("--ref <text>", "your own opaque mark, at most 32 bytes; nothing personal");
  runs(accept, async () => (await import("./invite.ts")).acceptInvite);
  example(
    accept,
    "hongbao invite accept 7Z4X-BY08-3C4ZM --campaign first --user user-2",
    "hongbao invite accept divert exchange lawn awake rack weather --campaign first --user user-2",
  );

  const show = invite
    .command("show")
    .description("A user's open codes, and how many users he brought.");
  withSettings(show, REMOTE);
  runs(show, async () => (await import("./invite.ts")).showInvites);
  example(show, "hongbao invite show --campaign first --user user-1");
}

function claiming(command: Command): Command {
  command
    .option("--id <id>", ID)
    .option("--attribute <name=value>", "what caps count by, such as device=d-55", collect)
    .option("--fact <name=value>", "what conditions are judged by, such as age=31", collect)
    .option("--variant <id>", "where assignment is given: the user's variant, or holdout");
  return withSettings(command, REMOTE);
}
