// `hongbao webhooks add`, `list`, `rotate`, `disable`, `enable`, `remove`: a running sender notices
// what they change within a second.

import { nearestOf } from "../../contract/campaign-file/problems.ts";
import { readDuration } from "../../contract/campaign-file/scalars.ts";
import { contractError } from "../../contract/errors.ts";
import { EVENT_KINDS } from "../../core/event.ts";
import { readDirectory } from "../../journal/index.ts";
import { formatNumber } from "../../report/format.ts";
import {
  addEndpoint,
  type Endpoint,
  OutboxFolder,
  readEndpoints,
  removeEndpoint,
  rotateSecret,
  setDisabled,
} from "../../webhooks/index.ts";
import { instantText } from "../answer-words.ts";
import { EXIT, type ExitCode } from "../exit-codes.ts";
import type { Verb, VerbCall } from "../verb.ts";
import { webhookPlaces } from "./places.ts";

export async function addWebhook(call: VerbCall): Promise<ExitCode> {
  const { args, flags, terminal, json } = call;
  const { directory, journal } = await webhookPlaces(args[0]!);
  const endpoint = await addEndpoint(
    directory,
    {
      url: args[1]!,
      campaigns: listOf(flags.campaign),
      types: typesOf(listOf(flags.type)),
      allowPrivate: flags.allowPrivate === true,
      retryMs: waitsOf(flags.retries),
      afterSequence: await startOf(flags.from ?? "now", journal),
    },
    Date.now(),
  );
  const { secret } = endpoint.secrets[0]!;
  if (json) terminal.json({ endpoint: viewOf(endpoint), secret });
  else {
    terminal.say(`${endpoint.endpoint}  ${endpoint.url}`);
    terminal.say(secret);
    terminal.note("The secret is shown this once; `hongbao webhooks run` sends.");
  }
  return EXIT.ok;
}

export async function listWebhooks({ args, terminal, json }: VerbCall): Promise<ExitCode> {
  const { directory } = await webhookPlaces(args[0]!);
  const rows = await Promise.all(
    (await readEndpoints(directory)).map(async (endpoint) => {
      const folder = new OutboxFolder(directory, endpoint.endpoint);
      const [figures, dead] = await Promise.all([folder.readFigures(), folder.deadCount()]);
      const { pending = 0, delivered = 0 } = figures ?? {};
      const readSequence = figures?.readSequence ?? endpoint.afterSequence;
      return { ...viewOf(endpoint), pending, delivered, dead, readSequence };
    }),
  );
  if (json) terminal.json({ endpoints: rows });
  else if (rows.length === 0) terminal.note("no endpoints yet");
  else {
    const columns = ["endpoint", "url", "gets", "pending", "dead", "delivered", "state"];
    terminal.table(
      columns.map((title) => ({ title })),
      rows.map((row) => [
        row.endpoint,
        row.url,
        [...(row.campaigns ?? []), ...(row.types ?? [])].join(", ") || "all events",
        formatNumber(row.pending),
        formatNumber(row.dead),
        formatNumber(row.delivered),
        row.disabled === null ? "on" : `off: ${row.disabled.why}`,
      ]),
    );
  }
  return EXIT.ok;
}

export async function rotateWebhook({ args, flags, terminal, json }: VerbCall): Promise<ExitCode> {
  const { directory } = await webhookPlaces(args[0]!);
  const keepMs = durationOf("--keep", String(flags.keep ?? "24h"));
  const untilMs = Date.now() + keepMs;
  const endpoint = await rotateSecret(directory, args[1]!, untilMs);
  const { secret } = endpoint.secrets[0]!;
  if (json) terminal.json({ endpoint: viewOf(endpoint), secret });
  else {
    terminal.say(secret);
    terminal.note(`the secret of before signs along until ${instantText(untilMs)}`);
  }
  return EXIT.ok;
}

/** The verb of that name. */
export function changeWebhook(name: string): Verb {
  return async ({ args, terminal, json }) => {
    const { directory } = await webhookPlaces(args[0]!);
    const id = args[1]!;
    const off = { atMs: Date.now(), why: "by hand" };
    if (name === "remove") await removeEndpoint(directory, id);
    else await setDisabled(directory, id, name === "disable" ? off : null);
    if (json) terminal.json({ endpoint: id, done: name });
    else terminal.say(`${id}: ${name}d`);
    return EXIT.ok;
  };
}

/** All but the secrets. */
function viewOf({ secrets, ...view }: Endpoint): Omit<Endpoint, "secrets"> & { secrets: number } {
  return { ...view, secrets: secrets.length };
}

function listOf(flag: unknown): string[] | null {
  return flag === undefined ? null : (flag as string[]);
}

function typesOf(types: string[] | null): string[] | null {
  const known = Object.keys(EVENT_KINDS);
  const unknown = types?.find((type) => !known.includes(type));
  if (unknown === undefined) return types;
  const nearest = nearestOf(unknown, known);
  const hint = nearest === undefined ? "" : ` (did you mean ${nearest}?)`;
  const message = `--type: expected one of ${known.join(", ")}, found ${unknown}${hint}`;
  throw contractError("invalid_usage", message);
}

function waitsOf(flag: unknown): number[] | null {
  if (flag === undefined) return null;
  return String(flag)
    .split(",")
    .map((text) => durationOf("--retries", text.trim()));
}

function durationOf(flag: string, text: string): number {
  const ms = readDuration(text);
  if (ms !== null) return ms;
  throw contractError("invalid_usage", `${flag}: expected a duration such as 5m, found ${text}`);
}

/** The record after which an endpoint begins. */
async function startOf(from: unknown, journal: string): Promise<number> {
  const text = String(from);
  if (text === "start") return 0;
  const { durableSequence } = await readDirectory(journal);
  if (text === "now") return durableSequence;
  if (/^\d{1,15}$/.test(text) && Number(text) <= durableSequence) return Number(text);
  const expected = `now, start, or a record of at most ${durableSequence}`;
  throw contractError("invalid_usage", `--from: expected ${expected}, found ${text}`);
}
