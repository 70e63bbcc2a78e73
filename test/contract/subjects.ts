// The four ways in, behind one interface: the engine in this process, a server without a port, a
// server over HTTP, and the tools for AI assistants with the SDK's own client.
import { createHash } from "node:crypto";
import { Client as McpClient } from "@modelcontextprotocol/sdk/client/index.js";
import { StreamableHTTPClientTransport } from "@modelcontextprotocol/sdk/client/streamableHttp.js";
import { HongbaoError } from "../../src/base/error.ts";
import {
  type BatchAnswer,
  type Client,
  createClient,
  type InputOf,
  type LineOf,
  type MethodName,
  type MoneyName,
} from "../../src/client/index.ts";
import { type AnswerOf, OPERATIONS, type Scope, splitInput } from "../../src/contract/index.ts";
import { type Call, DrivenClock, Engine, execute, MemorySecrets } from "../../src/host/index.ts";
import type { EngineOperation } from "../../src/host/operations.ts";
import { createMemoryJournal } from "../../src/journal/memory-journal.ts";
import { createMcpMount, MCP_HEADERS } from "../../src/mcp/index.ts";
import {
  createInProcessServer,
  Keys,
  memoryKeyStore,
  type RunningServer,
  startServer,
} from "../../src/server/index.ts";
import { CAMPAIGN, campaignYaml, STARTS_AT_MS } from "./campaign.ts";

export interface Subject {
  readonly engine: Engine;
  /** Any operation as one flat object; rejects with HongbaoError when nothing was decided. */
  call<N extends EngineOperation>(name: N, input: InputOf<N> & object): Promise<AnswerOf<N>>;
  /** Null where the way in has no batches. */
  readonly batch:
    | (<N extends MoneyName>(name: N, lines: LineOf<N>[]) => Promise<BatchAnswer<N>[]>)
    | null;
  moveTo(atMs: number): Promise<void>;
  close(): Promise<void>;
}

export interface Way {
  readonly name: string;
  readonly open: () => Promise<Subject>;
}

export const WAYS: readonly Way[] = [
  { name: "embedded engine", open: openEmbedded },
  { name: "in-process server", open: () => openServed(false) },
  { name: "HTTP client", open: () => openServed(true) },
  { name: "MCP client", open: openMcp },
];

const sha256 = (bytes: Uint8Array): Uint8Array =>
  new Uint8Array(createHash("sha256").update(bytes).digest());

export interface Drill {
  engine: Engine;
  clock: DrivenClock;
}

/** An engine whose clock is ours and whose campaign is open. */
export async function openDrill(): Promise<Drill> {
  const clock = new DrivenClock(STARTS_AT_MS);
  const engine = await Engine.open({
    journal: createMemoryJournal({ ledgerId: "contract", sha256 }),
    secrets: new MemorySecrets(new Uint8Array(32).fill(7)),
    clock,
    ticking: false,
  });
  const body = { yaml: campaignYaml() };
  await execute(engine, "campaign.open", { params: {}, query: null, body });
  return { engine, clock };
}

function timeOf({ engine, clock }: Drill): (atMs: number) => Promise<void> {
  return async (atMs) => {
    clock.set(atMs);
    await engine.tick();
  };
}

async function openEmbedded(): Promise<Subject> {
  const drill = await openDrill();
  const { engine } = drill;
  return {
    engine,
    call: (name, input) => {
      const { params, query, body } = splitInput(
        OPERATIONS[name],
        input as Record<string, unknown>,
      );
      return execute(engine, name, { params, query, body } as unknown as Call<typeof name>);
    },
    batch: (name, lines) => engine.batch(name, CAMPAIGN, lines as never) as Promise<never>,
    moveTo: timeOf(drill),
    close: () => engine.close(),
  };
}

/** A client whose key may call any operation: it picks one of the right scope. */
class KeyRing {
  private readonly clients = new Map<Scope, Client>();
  private readonly keys: Keys;
  private readonly connect: (key: string) => Client;

  constructor(keys: Keys, connect: (key: string) => Client) {
    this.keys = keys;
    this.connect = connect;
  }

  async clientFor(name: MethodName): Promise<Client> {
    const { scopes } = OPERATIONS[name];
    const scope = scopes.find((one) => one !== "merchant") ?? "admin";
    const known = this.clients.get(scope);
    if (known !== undefined) return known;
    const { secret } = await this.keys.add({ name: scope, scope }, 1);
    const client = this.connect(secret);
    this.clients.set(scope, client);
    return client;
  }

  async close(): Promise<void> {
    for (const client of this.clients.values()) await client.close();
  }
}

async function openServed(overHttp: boolean): Promise<Subject> {
  const drill = await openDrill();
  const { engine } = drill;
  const keys = await Keys.open(memoryKeyStore());
  const options = { engine, keys, port: 0, logLevel: "silent" } as const;
  const server = overHttp ? await startServer(options) : await createInProcessServer(options);
  const where = "url" in server ? { url: String(server.url) } : { transport: server.transport };
  const ring = new KeyRing(keys, (key) => createClient({ key, ...where }));
  return {
    engine,
    call: async (name, input) => (await ring.clientFor(name)).call(name, input as never) as never,
    batch: async (name, lines) => {
      const client = await ring.clientFor(name);
      const plural = PLURALS[name];
      const answers: BatchAnswer<typeof name>[] = [];
      for await (const answer of client[plural].batch(CAMPAIGN, lines as never)) {
        answers.push(answer as BatchAnswer<typeof name>);
      }
      return answers;
    },
    moveTo: timeOf(drill),
    close: async () => {
      await ring.close();
      await server.close();
      await engine.close();
    },
  };
}

const PLURALS = {
  claim: "claims",
  redeem: "redemptions",
  cancel: "cancellations",
  reverse: "reversals",
  "invite.create": "invites",
  "invite.accept": "acceptances",
} as const;

/** Tools where there is one; what an assistant cannot do, the shop beside it does over HTTP. */
async function openMcp(): Promise<Subject> {
  const drill = await openDrill();
  const { engine } = drill;
  const keys = await Keys.open(memoryKeyStore());
  const mounts = [createMcpMount()];
  const server = await startServer({ engine, keys, port: 0, logLevel: "silent", mounts });
  const ring = new KeyRing(keys, (key) => createClient({ key, url: server.url }));
  const app = (await keys.add({ name: "app", scope: "app" }, 1)).secret;
  const viewer = (await keys.add({ name: "viewer", scope: "viewer" }, 1)).secret;
  const assistants = new Map<string, McpClient>();
  const owners = new Map<string, string>();
  const assistantOf = async (user: string | null, attributes?: Record<string, string>) => {
    const name = JSON.stringify([user, attributes]);
    const known = assistants.get(name);
    if (known !== undefined) return known;
    const key = user === null ? viewer : app;
    const client = await connectAssistant(server, { key, user, attributes: attributes ?? {} });
    assistants.set(name, client);
    return client;
  };
  return {
    engine,
    call: async (name, input) => {
      const given = input as Record<string, unknown>;
      const tool = OPERATIONS[name].mcp;
      const needsMore =
        tool === null || (tool.bound as string[]).some((field) => isSaid(field, given));
      if (needsMore) return (await ring.clientFor(name)).call(name, given as never) as never;
      const grant = String(given.grant);
      const user = tool.audience === "manager" ? null : String(given.user ?? owners.get(grant));
      const attributes = given.attributes as Record<string, string> | undefined;
      const answer = await callTool(
        await assistantOf(user, attributes),
        tool.tool,
        said(tool, given),
      );
      if (typeof answer.grant === "string" && user !== null) owners.set(answer.grant, user);
      return answer as never;
    },
    batch: null,
    moveTo: timeOf(drill),
    close: async () => {
      for (const assistant of assistants.values()) await assistant.close();
      await ring.close();
      await server.close();
      await engine.close();
    },
  };
}

/** Bound fields that an assistant's session cannot carry either. */
function isSaid(field: string, given: Record<string, unknown>): boolean {
  if (["campaign", "user", "attributes"].includes(field)) return false;
  return given[field] !== undefined;
}

function said(
  { bound, audience }: { bound: readonly string[]; audience: string },
  given: Record<string, unknown>,
): Record<string, unknown> {
  const hidden = new Set(audience === "user" ? [...bound, "campaign"] : bound);
  return Object.fromEntries(Object.entries(given).filter(([name]) => !hidden.has(name)));
}

export async function connectAssistant(
  server: Pick<RunningServer, "url">,
  who: { key: string; user: string | null; attributes: Record<string, string> },
): Promise<McpClient> {
  const headers: Record<string, string> = { authorization: `Bearer ${who.key}` };
  if (who.user !== null) {
    headers[MCP_HEADERS.user] = encodeURIComponent(who.user);
    headers[MCP_HEADERS.campaign] = CAMPAIGN;
    headers[MCP_HEADERS.attributes] = encodeURIComponent(JSON.stringify(who.attributes));
  }
  const client = new McpClient({ name: "test", version: "1" });
  const url = new URL(`${server.url}/mcp`);
  const transport = new StreamableHTTPClientTransport(url, { requestInit: { headers } });
  await client.connect(transport as Parameters<typeof client.connect>[0]);
  return client;
}

/** A tool's answer; a tool's error as the HongbaoError that it was. */
export async function callTool(
  client: McpClient,
  name: string,
  given: Record<string, unknown>,
): Promise<Record<string, unknown>> {
  const result = await client.callTool({ name, arguments: given });
  const content = result.content as { type: string; text: string }[];
  const text = content.map((part) => part.text).join("\n");
  if (result.isError === true) {
    throw new HongbaoError({ code: text.split(":", 1)[0]!, message: text });
  }
  return result.structuredContent as Record<string, unknown>;
}
