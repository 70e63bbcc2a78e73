// What a server offers of webhooks: the same files that the verbs change. Only https and public
// addresses are taken, for whoever has a key of the server need not have a say over its network.
import { HongbaoError } from "../base/error.ts";
import { LIMITS } from "../base/limits.ts";
import {
  contractError,
  type DeadLetterView,
  invalidRequest,
  type WebhookDesk,
  type WebhookView,
} from "../contract/index.ts";
import {
  addEndpoint,
  type Endpoint,
  readEndpoints,
  removeEndpoint,
  setDisabled,
} from "./endpoints.ts";
import { OutboxFolder } from "./outbox-file.ts";

/** @param directory the data directory of the server */
export function webhookDesk(directory: string): WebhookDesk {
  const folderOf = (endpoint: string): OutboxFolder => new OutboxFolder(directory, endpoint);
  const view = (endpoint: Endpoint): Promise<WebhookView> =>
    viewOf(endpoint, folderOf(endpoint.endpoint));
  const known = async (id: string): Promise<OutboxFolder> => {
    const endpoints = await readEndpoints(directory);
    if (endpoints.some(({ endpoint }) => endpoint === id)) return folderOf(id);
    throw contractError("unknown_webhook", `no endpoint of webhooks has the id ${id}`);
  };
  const chosen = async (
    folder: OutboxFolder,
    places: readonly string[] | null,
  ): Promise<string[]> => {
    const keys = await folder.deadKeys();
    const named = new Set(places);
    return places === null ? keys : keys.filter((key) => named.has(key));
  };
  return {
    list: async () => {
      const views: WebhookView[] = [];
      // One after the other: the thread that reads them decides claims, too.
      for (const endpoint of await readEndpoints(directory)) views.push(await view(endpoint));
      return views;
    },
    add: async ({ url, campaigns, types }, afterSequence, nowMs) => {
      const input = {
        ...{ url, campaigns: campaigns ?? null, types: types ?? null },
        ...{ allowPrivate: false, retryMs: null, afterSequence },
      };
      const made = await addEndpoint(directory, input, nowMs).catch(asRequest(url));
      return { webhook: await view(made), secret: made.secrets[0]!.secret };
    },
    remove: async (id) => {
      await known(id);
      await removeEndpoint(directory, id);
    },
    pause: async (id, paused) => {
      await known(id);
      return view(await setDisabled(directory, id, paused));
    },
    dead: async (id, after) => {
      const folder = await known(id);
      const keys = await folder.deadKeys();
      const from = after === null ? 0 : keys.findIndex((key) => isBehind(key, after));
      const page = from < 0 ? [] : keys.slice(from, from + LIMITS.page);
      const dead: DeadLetterView[] = [];
      for (const place of page) {
        const letter = await folder.readDead(place);
        if (letter === null) continue; // sent again meanwhile
        const { type, campaign, atMs, deadAtMs, attempts, last } = letter;
        const told = { place, type, campaign, atMs, deadAtMs, attempts };
        dead.push(last === null ? told : { ...told, last });
      }
      return { dead, more: from >= 0 && from + LIMITS.page < keys.length };
    },
    replay: async (id, places) => {
      const folder = await known(id);
      const keys = await chosen(folder, places);
      if (keys.length > 0) await folder.wish("replay", keys);
      return keys.length;
    },
    drop: async (id, places) => {
      const folder = await known(id);
      const keys = await chosen(folder, places);
      if (keys.length > 0) await folder.wish("drop", keys);
      return keys.length;
    },
  };
}

async function viewOf(
  { endpoint, url, campaigns, types, createdAtMs, disabled, afterSequence }: Endpoint,
  folder: OutboxFolder,
): Promise<WebhookView> {
  const figures = await folder.readFigures();
  const { pending = 0, failing = 0, lastFailure, delivered = 0 } = figures ?? {};
  return {
    ...{ endpoint, url, createdAtMs },
    ...(campaigns === null ? {} : { campaigns: [...campaigns] }),
    ...(types === null ? {} : { types: [...types] }),
    ...(disabled === null ? {} : { paused: { ...disabled } }),
    ...{ pending, failing },
    ...(lastFailure == null ? {} : { lastFailure }),
    ...{ delivered, dead: await folder.deadCount() },
    readSequence: figures?.readSequence ?? afterSequence,
  };
}

/** What was wrong on a command line is wrong in a body. */
function asRequest(url: string): (error: unknown) => never {
  return (error) => {
    if (!(error instanceof HongbaoError) || error.code !== "invalid_usage") throw error;
    throw invalidRequest("$.url", "an https address that is public, of few endpoints", url);
  };
}

function isBehind(key: string, after: string): boolean {
  const [sequence = 0, index = 0] = key.split(".").map(Number);
  const [afterSequence = 0, afterIndex = 0] = after.split(".").map(Number);
  return sequence > afterSequence || (sequence === afterSequence && index > afterIndex);
}
