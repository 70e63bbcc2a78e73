// webhooks/endpoints.json in the data directory: where events go, in whose secret, and which. The
// verbs change it, the sender looks at it once a second. It holds secrets, so it is readable by its
// owner only.
import { randomBytes } from "node:crypto";
import { unwatchFile, watchFile } from "node:fs";
import path from "node:path";
import { z } from "zod";
import { toBase32 } from "../base/bytes.ts";
import { HongbaoError } from "../base/error.ts";
import { LIMITS } from "../base/limits.ts";
import { contractError, foundIn, parse } from "../contract/index.ts";
import { eventTypeSchema } from "../contract/schema/webhook.ts";
import { dataPaths, readIfThere, writeWhole } from "../host/data-directory.ts";
import { exclusively } from "../host/exclusively.ts";
import { makeDirectory } from "../journal/files/make-directory.ts";
import { isPublicAddress, literalAddress } from "./address-guard.ts";
import { RETRY_MS } from "./retry-delay.ts";
import { newSecret, SECRET } from "./signature.ts";

export interface Endpoint {
  /** `we-` and eight digits. */
  readonly endpoint: string;
  readonly url: string;
  /** Only events of these campaigns; null: of all. */
  readonly campaigns: readonly string[] | null;
  /** Only events of these kinds; null: of all. */
  readonly types: readonly string[] | null;
  /** Whether it may be, or resolve to, an address that is not public, over plain HTTP too. */
  readonly allowPrivate: boolean;
  /** Waits between attempts. */
  readonly retryMs: readonly number[];
  /** The newest first; every message is signed with all that are in force. */
  readonly secrets: readonly { readonly secret: string; readonly untilMs: number | null }[];
  /** It gets the events of the records after this one. */
  readonly afterSequence: number;
  readonly createdAtMs: number;
  readonly disabled: { readonly atMs: number; readonly why: string } | null;
}

const FORMAT = 1;
const LOOK_EVERY_MS = 1000;
const ID_DIGITS = 8;
const SECRETS_MAX = 2;
const WAIT_MAX_MS = 7 * 86_400_000;

const endpointSchema: z.ZodType<Endpoint> = z.strictObject({
  endpoint: z.string().regex(/^we-[0-9a-z]{1,32}$/),
  url: z.string(),
  campaigns: z.union([z.array(z.string()).min(1), z.null()]),
  types: z.union([z.array(eventTypeSchema).min(1), z.null()]),
  allowPrivate: z.boolean(),
  retryMs: z.array(z.int().min(0).max(WAIT_MAX_MS)).max(20),
  secrets: z
    .array(
      z.strictObject({
        secret: z.string().regex(SECRET),
        untilMs: z.union([z.int(), z.null()]),
      }),
    )
    .min(1)
    .max(SECRETS_MAX),
  afterSequence: z.int().min(0),
  createdAtMs: z.int(),
  disabled: z.union([z.strictObject({ atMs: z.int(), why: z.string() }), z.null()]),
});

const fileSchema: z.ZodType<{ format: 1; endpoints: Endpoint[] }> = z.strictObject({
  format: z.literal(FORMAT),
  endpoints: z.array(endpointSchema).max(LIMITS.webhookEndpoints),
});

export interface EndpointInput {
  url: string;
  campaigns: readonly string[] | null;
  types: readonly string[] | null;
  allowPrivate: boolean;
  retryMs: readonly number[] | null;
  afterSequence: number;
}

/** All endpoints of a data directory. Throws `invalid_file` where the file is not what it was. */
export async function readEndpoints(directory: string): Promise<Endpoint[]> {
  const file = fileOf(directory);
  const content = await readIfThere(file);
  if (content === null) return [];
  try {
    return parse(JSON.parse(new TextDecoder().decode(content)), fileSchema).endpoints;
  } catch (cause) {
    if (!(cause instanceof SyntaxError) && !(cause instanceof HongbaoError)) throw cause;
    const message = `${file}: expected the endpoints of webhooks, found ${foundIn(cause)}`;
    throw new HongbaoError({ code: "invalid_file", message, cause });
  }
}

/** Makes an endpoint. Throws `invalid_usage` for an address that may not be sent to. */
export async function addEndpoint(
  directory: string,
  input: EndpointInput,
  nowMs: number,
): Promise<Endpoint> {
  requireUrl(input.url, input.allowPrivate);
  const made: Endpoint = {
    ...input,
    endpoint: `we-${toBase32(randomBytes(5), ID_DIGITS)}`,
    retryMs: input.retryMs ?? RETRY_MS,
    secrets: [{ secret: newSecret(), untilMs: null }],
    createdAtMs: nowMs,
    disabled: null,
  };
  await change(directory, (endpoints) => {
    if (endpoints.length < LIMITS.webhookEndpoints) return [...endpoints, made];
    const message = `there are ${endpoints.length} endpoints already, the most there may be`;
    throw contractError("invalid_usage", message);
  });
  return made;
}

export async function removeEndpoint(directory: string, id: string): Promise<void> {
  await change(directory, (endpoints) => {
    endpointOf(endpoints, id);
    return endpoints.filter(({ endpoint }) => endpoint !== id);
  });
}

/** Gives it a new secret; messages are signed with the one of before too, until `untilMs`. */
export function rotateSecret(directory: string, id: string, untilMs: number): Promise<Endpoint> {
  return changeOne(directory, id, (endpoint) => {
    const before = { secret: endpoint.secrets[0]!.secret, untilMs };
    return { ...endpoint, secrets: [{ secret: newSecret(), untilMs: null }, before] };
  });
}

/** Stops sending to it; what happens meanwhile waits in the journal. Null: goes on. */
export function setDisabled(
  directory: string,
  id: string,
  disabled: Endpoint["disabled"],
): Promise<Endpoint> {
  return changeOne(directory, id, (endpoint) => ({ ...endpoint, disabled }));
}

/** The secrets to sign with at an instant. */
export function secretsInForce({ secrets }: Endpoint, nowMs: number): string[] {
  return secrets
    .filter(({ untilMs }) => untilMs === null || nowMs < untilMs)
    .map(({ secret }) => secret);
}

/** Calls back when somebody changed the file; returns how to stop watching. */
export function watchEndpoints(directory: string, changed: () => void): () => void {
  const looked = (): void => changed();
  watchFile(fileOf(directory), { interval: LOOK_EVERY_MS, persistent: false }, looked);
  return () => unwatchFile(fileOf(directory), looked);
}

/** The endpoint of that id. Throws `invalid_usage`, naming those that there are. */
export function endpointOf(endpoints: readonly Endpoint[], id: string): Endpoint {
  const found = endpoints.find(({ endpoint }) => endpoint === id);
  if (found !== undefined) return found;
  const known = endpoints.map(({ endpoint }) => endpoint).join(", ") || "none yet";
  throw contractError("invalid_usage", `expected one of the endpoints (${known}), found ${id}`);
}

function requireUrl(text: string, allowPrivate: boolean): void {
  const url = URL.canParse(text) ? new URL(text) : null;
  const refuse = (found: string): HongbaoError =>
    contractError("invalid_usage", `expected an address such as https://…, found ${found}`);
  if (url === null || !/^https?:$/.test(url.protocol)) throw refuse(text);
  if (url.username !== "" || url.password !== "") throw refuse("one with a name or password");
  if (allowPrivate) return;
  const next = "For a receiver in your own network add --allow-private.";
  if (url.protocol === "http:") {
    const message = `${text}: expected https, found http: anybody on the way could read it`;
    throw contractError("invalid_usage", message, { next });
  }
  const address = literalAddress(url);
  if (address === null || isPublicAddress(address)) return;
  const message = `${text}: expected a public address, found ${address}`;
  throw contractError("invalid_usage", message, { next });
}

async function changeOne(
  directory: string,
  id: string,
  edit: (endpoint: Endpoint) => Endpoint,
): Promise<Endpoint> {
  let changed: Endpoint | null = null;
  await change(directory, (endpoints) => {
    const made = edit(endpointOf(endpoints, id));
    changed = made;
    return endpoints.map((one) => (one.endpoint === id ? made : one));
  });
  return changed!;
}

async function change(
  directory: string,
  edit: (endpoints: Endpoint[]) => readonly Endpoint[],
): Promise<void> {
  const folder = dataPaths(directory).webhooks;
  await makeDirectory(folder, 0o700);
  await exclusively(folder, "endpoints.lock", "the endpoints", async () => {
    const endpoints = edit(await readEndpoints(directory));
    const content = JSON.stringify({ format: FORMAT, endpoints }, null, 2);
    await writeWhole(fileOf(directory), `${content}\n`);
  });
}

function fileOf(directory: string): string {
  return path.join(dataPaths(directory).webhooks, "endpoints.json");
}
