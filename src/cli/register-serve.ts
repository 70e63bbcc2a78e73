// The words of the verbs around a server: serve, keys, mcp.
import type { Command } from "commander";
import { acts, collect, example, runs, SERVER, withSettings } from "./verb.ts";

export function registerServe(program: Command): void {
  const serve = program
    .command("serve")
    .description("Serve campaigns over HTTP from one data directory.");
  withSettings(serve, [
    "port",
    "host",
    "data",
    "durable",
    "masterKeyFile",
    "logLevel",
    "logFormat",
    "requestTimeoutMs",
    "queueLines",
    "trustClock",
    "takeOver",
    "acceptBitFlip",
    "withoutLists",
    "clock",
    "receipts",
    "checkpointSeconds",
    "witnesses",
    "stopWhenIdle",
  ]);
  runs(serve, async () => (await import("./serve.ts")).serve);
  example(serve, "hongbao serve --data data/first --port 8420");

  const events = program
    .command("events")
    .description("What happens on a server, as it happens; every event is a line.")
    .option("--type <kinds>", "only these kinds of events, such as granted,redeemed")
    .option(
      "--from <place>",
      "begin behind this place in the journal, such as 4711.0 (default: now)",
    )
    .option("--count <number>", "end after so many events");
  withSettings(events, ["url", "key", "campaign", "timeoutMs"]);
  runs(events, async () => (await import("./events.ts")).watchEvents);
  example(
    events,
    "hongbao events --campaign first --type granted,redeemed",
    "hongbao events --from 0 --count 100 --json",
  );

  registerKeys(program);

  const console = program
    .command("console")
    .description("A link to the console that signs in once, within fifteen minutes.")
    .option("--open", "open it in the browser; not where strangers share the machine");
  withSettings(console, [...SERVER]);
  runs(console, async () => (await import("./console.ts")).signInLink);
  example(console, "HONGBAO_KEY=hb_… hongbao console --open");

  const mcp = program
    .command("mcp")
    .description(
      "Tools for an AI assistant, over stdio: a user's with --user and --campaign, else a " +
        "manager's, which only read.",
    );
  mcp.option("--attribute <name=value>", "what all claims carry, such as device=d-55", collect);
  mcp.option("--fact <name=value>", "what conditions are judged by, such as age=31", collect);
  withSettings(mcp, ["url", "key", "campaign", "user", "timeoutMs"]);
  acts(mcp, async () => (await import("./mcp.ts")).mcp);
  example(
    mcp,
    "HONGBAO_KEY=hb_… hongbao mcp --campaign first --user user-1001",
    "HONGBAO_KEY=hb_… hongbao mcp",
  );
}

function registerKeys(program: Command): void {
  const keys = program
    .command("keys")
    .description(
      "API keys: in a data directory with --data, else on the server that --key belongs to.",
    );
  const add = keys
    .command("add")
    .description("Make a key; it is shown this once.")
    .argument("<name>", "what it is for, such as checkout")
    .requiredOption("--scope <scope>", "admin, app, merchant or viewer")
    .option("--merchant <id>", "for the scope merchant: the only merchant that it may name")
    .option("--campaign <id>", "the only campaign that it may name");
  withSettings(add, ["data", "url", "key", "timeoutMs"]);
  runs(add, async () => (await import("./keys.ts")).addKey);
  example(
    add,
    "hongbao keys add checkout --scope app --data data/first",
    "hongbao keys add noodles --scope merchant --merchant noodles",
  );

  const list = keys.command("list").description("All keys, without their secrets.");
  withSettings(list, ["data", "url", "key", "timeoutMs"]);
  runs(list, async () => (await import("./keys.ts")).listKeys);
  example(list, "hongbao keys list --data data/first");

  const revoke = keys
    .command("revoke")
    .description("Revoke a key at once.")
    .argument("<id>", "its public id, such as k-3v7k2q9x");
  withSettings(revoke, ["data", "url", "key", "timeoutMs"]);
  runs(revoke, async () => (await import("./keys.ts")).revokeKey);
  example(revoke, "hongbao keys revoke k-3v7k2q9x --data data/first");
}
