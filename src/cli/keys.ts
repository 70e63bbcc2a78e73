// `hongbao keys …`: in a data directory, where a running server notices it within a second, or on
// a server, through an admin's key.
import { stat } from "node:fs/promises";
import { contractError } from "../contract/errors.ts";
import { type KeyInput, type KeyView, parse } from "../contract/index.ts";
import { keyInputSchema } from "../contract/schema/keys.ts";
import { fileKeyStore, Keys } from "../server/index.ts";
import { instantText } from "./answer-words.ts";
import { EXIT, type ExitCode } from "./exit-codes.ts";
import { connect } from "./remote.ts";
import { resolveSettings } from "./resolve-settings.ts";
import type { VerbCall } from "./verb.ts";

/** Where keys are kept, near or far. */
interface KeyRing {
  add(input: KeyInput): Promise<{ key: KeyView; secret: string }>;
  list(): Promise<KeyView[]>;
  revoke(id: string): Promise<void>;
  close(): Promise<void>;
}

export async function addKey(call: VerbCall): Promise<ExitCode> {
  const { args, flags } = call;
  const input: Record<string, unknown> = { name: args[0], scope: flags.scope };
  if (flags.merchant !== undefined) input.merchant = flags.merchant;
  if (flags.campaign !== undefined) input.campaign = flags.campaign;
  const valid = parse(input, keyInputSchema);
  return withRing(call, async (ring) => {
    const { key, secret } = await ring.add(valid);
    if (call.json) call.terminal.json({ key, secret });
    else {
      call.terminal.say(secret);
      call.terminal.note(
        `key ${key.key} (${key.name}, ${key.scope}); its secret is shown this once. To use it:\n` +
          `  export HONGBAO_KEY=${secret}`,
      );
    }
  });
}

export function listKeys(call: VerbCall): Promise<ExitCode> {
  return withRing(call, async (ring) => {
    const keys = await ring.list();
    if (call.json) return call.terminal.json({ keys });
    if (keys.length === 0) return call.terminal.note("no keys yet");
    const columns = ["key", "name", "scope", "bound to", "made", "revoked"];
    call.terminal.table(
      columns.map((title) => ({ title })),
      keys.map((key) => [
        key.key,
        key.name,
        key.scope,
        [key.campaign, key.merchant].filter((bound) => bound !== undefined).join(", ") || "–",
        instantText(key.createdAtMs),
        key.revokedAtMs === undefined ? "–" : instantText(key.revokedAtMs),
      ]),
    );
  });
}

export function revokeKey(call: VerbCall): Promise<ExitCode> {
  const id = call.args[0]!;
  return withRing(call, async (ring) => {
    await ring.revoke(id);
    if (call.json) call.terminal.json({ revoked: id });
    else call.terminal.say(`revoked ${id}`);
  });
}

async function withRing(
  call: VerbCall,
  work: (ring: KeyRing) => Promise<unknown>,
): Promise<ExitCode> {
  const ring = await openRing(call);
  try {
    await work(ring);
    return EXIT.ok;
  } finally {
    await ring.close();
  }
}

/** --data names a directory; otherwise a key names the server. */
async function openRing(call: VerbCall): Promise<KeyRing> {
  const settings = await resolveSettings(["data", "key"], call);
  if (call.flags.data === undefined && settings.key !== null) return serverRing(call);
  await mustBeDirectory(settings.data, call.flags.data === undefined);
  return directoryRing(settings.data);
}

async function serverRing(call: VerbCall): Promise<KeyRing> {
  const client = await connect(call);
  return {
    add: (input) => client.keys.add(input),
    list: async () => (await client.keys.list()).keys,
    revoke: async (key) => {
      await client.keys.revoke({ key });
    },
    close: () => client.close(),
  };
}

async function directoryRing(directory: string): Promise<KeyRing> {
  const keys = await Keys.open(fileKeyStore(directory));
  return {
    add: (input) => keys.add(input, Date.now()),
    list: async () => keys.list(),
    revoke: async (id) => void (await keys.revoke(id, Date.now())),
    close: async () => keys.close(),
  };
}

async function mustBeDirectory(directory: string, isDefault: boolean): Promise<void> {
  const found = await stat(directory).catch(() => null);
  if (found?.isDirectory()) return;
  const hint = isDefault
    ? "name one with --data, or a server with --url and --key"
    : "the first `hongbao serve --data` makes it";
  const what = found === null ? "nothing" : "a file";
  const message = `${directory}: expected a data directory, found ${what}; ${hint}`;
  throw contractError("file_not_found", message);
}
