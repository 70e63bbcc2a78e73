// The words of `hongbao webhooks …`.
import type { Command } from "commander";
import { collect, example, runs, withSettings } from "../verb.ts";

const DIR = ["<dir>", "the data directory of `hongbao serve --data`"] as const;
const ENDPOINT = ["<endpoint>", "its id, such as we-3v7k2q9x"] as const;

export function registerWebhooks(program: Command): void {
  const webhooks = program
    .command("webhooks")
    .description("Send events to other systems: signed, in order per grant, until they are taken.");
  registerEndpoints(webhooks);
  registerDead(webhooks);

  const run = webhooks
    .command("run")
    .description(
      "Send, in a process of its own, until it is told to stop; it follows the journal, and the " +
        "server need not run.",
    )
    .argument(...DIR)
    .option("--metrics-port <port>", "serve /metrics for Prometheus on this port of 127.0.0.1");
  withSettings(run, ["logLevel", "logFormat", "takeOver"]);
  runs(run, async () => (await import("./run.ts")).runWebhooks);
  example(run, "hongbao webhooks run data/server --metrics-port 9464");
}

function registerEndpoints(webhooks: Command): void {
  const add = webhooks
    .command("add")
    .description("Make an endpoint; its secret is shown this once.")
    .argument(...DIR)
    .argument("<url>", "where to post, such as https://shop.example/hooks")
    .option("--campaign <id>", "only events of this campaign; several may be given", collect)
    .option("--type <kind>", "only events of this kind, such as granted; several may be", collect)
    .option("--from <place>", "now, start, or the journal's record to begin after", "now")
    .option("--retries <waits>", "waits between attempts, such as 5s,5m,30m (default: ten in 3 d)")
    .option("--allow-private", "it may be in a private network, and speak plain HTTP");
  runs(add, async () => (await import("./endpoints.ts")).addWebhook);
  example(
    add,
    "hongbao webhooks add data/server https://shop.example/hooks --type granted --type redeemed",
  );

  const list = webhooks
    .command("list")
    .description("All endpoints, with what waits for them.")
    .argument(...DIR);
  runs(list, async () => (await import("./endpoints.ts")).listWebhooks);
  example(list, "hongbao webhooks list data/server");

  const rotate = webhooks
    .command("rotate")
    .description("Give an endpoint a new secret; the one of before signs along for a while.")
    .argument(...DIR)
    .argument(...ENDPOINT)
    .option("--keep <duration>", "how long the one of before signs along", "24h");
  runs(rotate, async () => (await import("./endpoints.ts")).rotateWebhook);
  example(rotate, "hongbao webhooks rotate data/server we-3v7k2q9x --keep 2h");

  for (const [name, what] of Object.entries({
    disable: "Stop sending to an endpoint; what happens meanwhile waits for it in the journal.",
    enable: "Go on with an endpoint that was disabled, from where it stopped.",
    remove: "Forget an endpoint, with its dead letters.",
  })) {
    const verb = webhooks
      .command(name)
      .description(what)
      .argument(...DIR)
      .argument(...ENDPOINT);
    runs(verb, async () => (await import("./endpoints.ts")).changeWebhook(name));
    example(verb, `hongbao webhooks ${name} data/server we-3v7k2q9x`);
  }
}

function registerDead(webhooks: Command): void {
  const dead = webhooks
    .command("dead")
    .description("Dead letters: messages that were given up after their last attempt.")
    .argument(...DIR)
    .argument("[endpoint]", "only its");
  runs(dead, async () => (await import("./dead.ts")).listDead);
  example(dead, "hongbao webhooks dead data/server");

  const show = webhooks
    .command("show")
    .description("One dead letter, with what would be sent.")
    .argument(...DIR)
    .argument(...ENDPOINT)
    .argument("<place>", "its place in the journal, such as 4711.0");
  runs(show, async () => (await import("./dead.ts")).showDead);
  example(show, "hongbao webhooks show data/server we-3v7k2q9x 4711.0");

  const replay = webhooks
    .command("replay")
    .description("Send dead letters again, from their first attempt on.")
    .argument(...DIR)
    .argument(...ENDPOINT)
    .argument("[place]", "one, by its place in the journal")
    .option("--all", "all that there are now");
  runs(replay, async () => (await import("./dead.ts")).replayDead);
  example(replay, "hongbao webhooks replay data/server we-3v7k2q9x --all");

  const drop = webhooks
    .command("drop")
    .description("Throw dead letters away; the events stay in the journal.")
    .argument(...DIR)
    .argument(...ENDPOINT)
    .argument("[place]", "one, by its place in the journal")
    .option("--all", "all that there are now");
  runs(drop, async () => (await import("./dead.ts")).dropDead);
  example(drop, "hongbao webhooks drop data/server we-3v7k2q9x 4711.0");
}
