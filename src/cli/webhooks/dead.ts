// `hongbao webhooks dead`, `show`, `replay`, `drop`: what was given up, and what becomes of it.
// Word is left for the sender, which alone changes an outbox.
import { contractError } from "../../contract/errors.ts";
import { type DeadLetter, endpointOf, OutboxFolder, readEndpoints } from "../../webhooks/index.ts";
import { instantText } from "../answer-words.ts";
import { EXIT, type ExitCode } from "../exit-codes.ts";
import type { VerbCall } from "../verb.ts";
import { webhookPlaces } from "./places.ts";

const SHOWN_MAX = 100;

export async function listDead({ args, terminal, json }: VerbCall): Promise<ExitCode> {
  const { directory } = await webhookPlaces(args[0]!);
  const endpoints = await readEndpoints(directory);
  const chosen = args[1] === undefined ? endpoints : [endpointOf(endpoints, args[1])];
  const found: { endpoint: string; place: string; letter: DeadLetter }[] = [];
  let count = 0;
  for (const { endpoint } of chosen) {
    const folder = new OutboxFolder(directory, endpoint);
    const keys = await folder.deadKeys();
    count += keys.length;
    for (const place of keys.slice(0, json ? keys.length : SHOWN_MAX - found.length)) {
      const letter = await folder.readDead(place);
      if (letter !== null) found.push({ endpoint, place, letter });
    }
  }
  if (json) terminal.json({ dead: found.map(({ letter, ...at }) => ({ ...at, ...letter })) });
  else if (count === 0) terminal.note("no dead letters");
  else {
    const columns = ["endpoint", "place", "event", "campaign", "attempts", "given up", "last"];
    terminal.table(
      columns.map((title) => ({ title })),
      found.map(({ endpoint, place, letter }) => [
        endpoint,
        place,
        letter.type,
        letter.campaign,
        String(letter.attempts),
        instantText(letter.deadAtMs),
        letter.last ?? "–",
      ]),
    );
    if (found.length < count)
      terminal.note(`the first ${found.length} of ${count}; --json has all`);
  }
  return EXIT.ok;
}

export async function showDead({ args, terminal, json }: VerbCall): Promise<ExitCode> {
  const { folder, endpoint } = await folderOf(args);
  const letter = await folder.readDead(args[2]!);
  if (letter === null) throw noLetter(endpoint, args[2]!);
  if (json) terminal.json({ endpoint, ...letter });
  else {
    terminal.facts([
      ["webhook-id", letter.id],
      ["decided", instantText(letter.atMs)],
      ["given up", `${instantText(letter.deadAtMs)}, after ${letter.attempts} attempts`],
      ["last", letter.last ?? "–"],
    ]);
    terminal.say(letter.body);
  }
  return EXIT.ok;
}

export async function replayDead(call: VerbCall): Promise<ExitCode> {
  const { endpoint, folder, wished } = await chosenLetters(call);
  if (wished.length > 0) await folder.wish("replay", wished);
  return say(call, endpoint, { replayed: wished }, `${wished.length} to be sent again`);
}

export async function dropDead(call: VerbCall): Promise<ExitCode> {
  const { endpoint, folder, wished } = await chosenLetters(call);
  if (wished.length > 0) await folder.wish("drop", wished);
  return say(call, endpoint, { dropped: wished }, `${wished.length} to be thrown away`);
}

/** One by its place, or all. */
async function chosenLetters({ args, flags }: VerbCall): Promise<{
  endpoint: string;
  folder: OutboxFolder;
  wished: string[];
}> {
  const { folder, endpoint } = await folderOf(args);
  const [, , place] = args;
  if ((place === undefined) !== (flags.all === true)) {
    throw contractError("invalid_usage", "expected a place such as 4711.0, or --all");
  }
  const keys = await folder.deadKeys();
  if (place !== undefined && !keys.includes(place)) throw noLetter(endpoint, place);
  return { endpoint, folder, wished: place === undefined ? keys : [place] };
}

function say(
  { terminal, json }: VerbCall,
  endpoint: string,
  wished: object,
  text: string,
): ExitCode {
  if (json) terminal.json({ endpoint, ...wished });
  else {
    terminal.say(`${endpoint}: ${text}`);
    terminal.note("`hongbao webhooks run` does it within a second, or when it is started.");
  }
  return EXIT.ok;
}

async function folderOf(
  args: readonly (string | undefined)[],
): Promise<{ folder: OutboxFolder; endpoint: string }> {
  const { directory } = await webhookPlaces(args[0]!);
  const { endpoint } = endpointOf(await readEndpoints(directory), args[1]!);
  return { folder: new OutboxFolder(directory, endpoint), endpoint };
}

function noLetter(endpoint: string, place: string): Error {
  const message = `${endpoint}: no dead letter at ${place}`;
  return contractError("invalid_usage", message, {
    next: "See `hongbao webhooks dead DIR`.",
  });
}
