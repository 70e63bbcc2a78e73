// The tools for AI assistants with the SDK's own client: what is offered to whom, what a model
// cannot choose, and what it reads when something is refused.
import { fileURLToPath } from "node:url";
import { Client as McpClient } from "@modelcontextprotocol/sdk/client/index.js";
import { StdioClientTransport } from "@modelcontextprotocol/sdk/client/stdio.js";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { createMcpMount } from "../../src/mcp/index.ts";
import { Keys, memoryKeyStore, type RunningServer, startServer } from "../../src/server/index.ts";
import { CAMPAIGN } from "../contract/campaign.ts";
import { callTool, connectAssistant, type Drill, openDrill } from "../contract/subjects.ts";

let drill: Drill;
let keys: Keys;
let server: RunningServer;
const open: McpClient[] = [];

beforeEach(async () => {
  drill = await openDrill();
  keys = await Keys.open(memoryKeyStore());
  const mounts = [createMcpMount({ sessions: 3 })];
  const { engine } = drill;
  server = await startServer({ engine, keys, port: 0, logLevel: "silent", mounts });
});

afterEach(async () => {
  for (const client of open.splice(0)) await client.close();
  await server.close();
  await drill.engine.close();
});

async function keyOf(scope: "admin" | "app" | "viewer" | "merchant", more: object = {}) {
  return (await keys.add({ name: scope, scope, ...more }, 1)).secret;
}

async function assistantOf(user: string | null, scope: "app" | "viewer" = "app") {
  const key = await keyOf(scope);
  const client = await connectAssistant(server, { key, user, attributes: {} });
  open.push(client);
  return client;
}

async function names(client: McpClient): Promise<string[]> {
  return (await client.listTools()).tools.map(({ name }) => name).sort();
}

async function say(client: McpClient, name: string, given: Record<string, unknown>) {
  const result = await client.callTool({ name, arguments: given });
  const [part] = result.content as { text: string }[];
  return { text: part!.text, isError: result.isError === true };
}

const USER_TOOLS = [
  "accept_invite",
  "check_reward",
  "claim_reward",
  "create_invite",
  "enter_draw",
  "list_offers",
  "my_invites",
  "my_rewards",
  "redeem_reward",
];

describe("a user's tools", () => {
  test("they claim, spend and list for that user, and say it in words", async () => {
    const ann = await assistantOf("ann");
    expect(await names(ann)).toEqual(USER_TOOLS);
    expect((await say(ann, "list_offers", {})).text).toContain("card: A card, 25.00 CNY.");
    const claimed = await say(ann, "claim_reward", { id: "1", offer: "card" });
    expect(claimed.text).toMatch(/^Granted: 25\.00 CNY, until 2026-02-08 00:00 UTC\. Reward /);
    const grant = claimed.text.match(/Reward (\w+)/)![1]!;
    const spent = await say(ann, "redeem_reward", { id: "2", grant, amountMinor: 1800 });
    expect(spent.text).toBe("Spent: 18.00 CNY, left 7.00 CNY.");
    const again = await say(ann, "redeem_reward", { id: "2", grant, amountMinor: 1800 });
    expect(again.text).toMatch(/^This was spent before/);
    expect((await say(ann, "my_rewards", {})).text).toContain("left 7.00 CNY");
  });

  test("no tool takes a user or a campaign, and none can be smuggled in", async () => {
    const ann = await assistantOf("ann");
    for (const { inputSchema } of (await ann.listTools()).tools) {
      expect(Object.keys(inputSchema.properties ?? {})).not.toContain("user");
      expect(Object.keys(inputSchema.properties ?? {})).not.toContain("campaign");
    }
    for (const more of [{ user: "bob" }, { campaign: "other" }, { attributes: { device: "d" } }]) {
      const said = await say(ann, "claim_reward", { id: "1", offer: "card", ...more });
      expect(said).toMatchObject({ isError: true });
      expect(said.text).toMatch(/^invalid_request: /);
    }
    expect(drill.engine.find(CAMPAIGN)!.state.grantCount).toBe(0);
  });

  test("short ids of two users do not meet", async () => {
    const ann = await assistantOf("ann");
    const bob = await assistantOf("bob");
    const one = await callTool(ann, "claim_reward", { id: "1", offer: "card" });
    const two = await callTool(bob, "claim_reward", { id: "1", offer: "card" });
    expect([one.status, two.status]).toEqual(["granted", "granted"]);
    expect(one.grant).not.toBe(two.grant);
  });

  test("another user's reward cannot be spent, even by its id", async () => {
    const ann = await assistantOf("ann");
    const bob = await assistantOf("bob");
    const { grant } = await callTool(ann, "claim_reward", { id: "1", offer: "card" });
    const said = await say(bob, "redeem_reward", { id: "1", grant });
    expect(said).toMatchObject({ isError: true });
    expect(said.text).toMatch(/^forbidden: /);
    expect(drill.engine.find(CAMPAIGN)!.state.books.spentMinor).toBe(0);
  });

  test("a refusal is an answer with its reason, not an error", async () => {
    const ann = await assistantOf("ann");
    const later = await say(ann, "claim_reward", { id: "1", offer: "later" });
    expect(later.isError).toBe(false);
    expect(later.text).toMatch(/^not_open: .* Try again 2026-02-12 16:00 UTC\.$/);
    for (const id of ["2", "3", "4"]) await say(ann, "claim_reward", { id, offer: "card" });
    const capped = await say(ann, "claim_reward", { id: "5", offer: "card" });
    expect(capped.text).toContain("Limit: user-total.");
  });
});

describe("a manager's tools", () => {
  test("they only read", async () => {
    const viewer = await assistantOf(null, "viewer");
    const { tools } = await viewer.listTools();
    for (const tool of tools) expect(tool.annotations?.readOnlyHint).toBe(true);
    const shown = ["campaign", "draw", "grant", "outlook", "receipt", "settlement"].map((what) => {
      return `show_${what}`;
    });
    const others = ["check_campaign", "find_grant", "find_suspects", "list_campaigns"];
    expect(await names(viewer)).toEqual(["campaign_file", ...others, ...shown]);
    const said = await say(viewer, "show_campaign", { campaign: CAMPAIGN });
    expect(said.text).toContain("budget 1000.00 CNY, spent 0.00 CNY");
    await expect(viewer.callTool({ name: "claim_reward", arguments: {} })).rejects.toThrow(
      /no tool/,
    );
  });
});

describe("sessions", () => {
  test("an app's key must say for whom, and a merchant's key looks at grants only", async () => {
    await expect(assistantOf(null, "app")).rejects.toThrow(/hongbao-user/);
    const key = await keyOf("merchant", { merchant: "m-1" });
    const client = await connectAssistant(server, { key, user: null, attributes: {} });
    open.push(client);
    expect(await names(client)).toEqual(["show_grant"]);
  });

  test("without a good key there is no session", async () => {
    const who = { key: "hb_k-x_0123456789abcdef", user: "ann", attributes: {} };
    await expect(connectAssistant(server, who)).rejects.toThrow(/unauthenticated|401/);
  });

  test("a session belongs to its key", async () => {
    const ann = await assistantOf("ann");
    const id = (ann.transport as { sessionId?: string }).sessionId!;
    const other = await keyOf("app");
    const response = await fetch(`${server.url}/mcp`, {
      method: "POST",
      headers: {
        authorization: `Bearer ${other}`,
        "content-type": "application/json",
        accept: "application/json, text/event-stream",
        "mcp-session-id": id,
      },
      body: JSON.stringify({ jsonrpc: "2.0", id: 1, method: "tools/list" }),
    });
    expect(response.status).toBe(404);
  });

  test("their number is bounded", async () => {
    for (const user of ["a", "b", "c"]) await assistantOf(user);
    await expect(assistantOf("d")).rejects.toThrow(/overloaded|sessions are open/);
  });
});

test("over stdio: the same tools, in front of the same server", async () => {
  const key = await keyOf("app");
  const client = new McpClient({ name: "test", version: "1" });
  const main = fileURLToPath(new URL("../../dist/cli/main.js", import.meta.url));
  const args = [main, "mcp", "--url", server.url, "--campaign", CAMPAIGN, "--user", "ann"];
  const env = { PATH: process.env.PATH ?? "", HONGBAO_KEY: key };
  await client.connect(new StdioClientTransport({ command: process.execPath, args, env }));
  open.push(client);
  expect(await names(client)).toEqual(USER_TOOLS);
  const { grant } = await callTool(client, "claim_reward", { id: "1", offer: "card" });
  const shared = await assistantOf("ann");
  const mine = await callTool(shared, "my_rewards", {});
  expect(mine.grants).toMatchObject([{ grant, state: "reserved", amountMinor: 2500 }]);
});
