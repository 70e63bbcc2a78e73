// One user of the crowd is served by an AI assistant's tools: a real MCP client over streamable
// HTTP asks what is open, claims, spends and looks, as a model would on the user's word.
import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { StreamableHTTPClientTransport } from "@modelcontextprotocol/sdk/client/streamableHttp.js";
import { HongbaoError } from "../../base/error.ts";
import type {
  ClaimAnswer,
  OffersAnswer,
  RedeemAnswer,
  UserGrantsAnswer,
} from "../../contract/index.ts";
import { MCP_HEADERS } from "../../mcp/index.ts";

export interface AssistantOptions {
  readonly url: string;
  /** Of scope app. */
  readonly key: string;
  readonly campaign: string;
  readonly user: string;
  readonly attributes: Readonly<Record<string, string>>;
}

/** What one tool was asked and what it said, in its own words. */
export interface ToolStep {
  readonly tool: string;
  readonly said: string;
}

export interface AssistantVisit {
  readonly user: string;
  readonly tools: readonly string[];
  readonly steps: readonly ToolStep[];
  /** The ids under which the ledger knows the claim and the redemption. */
  readonly claimId: string;
  readonly redemptionId: string;
  readonly claim: ClaimAnswer;
  /** Null when nothing was granted. */
  readonly redemption: RedeemAnswer | null;
  readonly tookMs: number;
}

/** Throws `run_failed` when a tool answers an error. */
export async function serveThroughAssistant(options: AssistantOptions): Promise<AssistantVisit> {
  const startedAtMs = performance.now();
  const { user } = options;
  const session = await Session.begin(options);
  try {
    const tools = await session.tools();
    const { offers } = await session.call<OffersAnswer>("list_offers", {});
    const offer = offers[0]?.offer ?? "card";
    const claim = await session.call<ClaimAnswer>("claim_reward", { id: "first", offer });
    let redemption: RedeemAnswer | null = null;
    if (claim.status === "granted") {
      const spend = { id: "dinner", grant: claim.grant! };
      redemption = await session.call<RedeemAnswer>("redeem_reward", spend);
    }
    await session.call<UserGrantsAnswer>("my_rewards", {});
    return {
      ...{ user, tools, steps: session.steps, claim, redemption },
      claimId: `mcp:${user}:first`,
      redemptionId: `mcp:${user}:dinner`,
      tookMs: performance.now() - startedAtMs,
    };
  } finally {
    await session.end();
  }
}

class Session {
  readonly steps: ToolStep[] = [];
  private readonly client: Client;

  private constructor(client: Client) {
    this.client = client;
  }

  static async begin(options: AssistantOptions): Promise<Session> {
    const { url, key, campaign, user, attributes } = options;
    const headers = {
      authorization: `Bearer ${key}`,
      [MCP_HEADERS.user]: user,
      [MCP_HEADERS.campaign]: campaign,
      [MCP_HEADERS.attributes]: JSON.stringify(attributes),
    };
    const client = new Client({ name: "hongbao-demo", version: "1.0.0" });
    const target = new URL("/mcp", url);
    const transport = new StreamableHTTPClientTransport(target, { requestInit: { headers } });
    // The SDK's own class falls short of its interface under exactOptionalPropertyTypes.
    await client.connect(transport as Parameters<typeof client.connect>[0]);
    return new Session(client);
  }

  async tools(): Promise<string[]> {
    return (await this.client.listTools()).tools.map(({ name }) => name);
  }

  async call<A>(tool: string, input: Record<string, unknown>): Promise<A> {
    const result = await this.client.callTool({ name: tool, arguments: input });
    const content = result.content as { type: string; text?: string }[];
    const said = content.map(({ text = "" }) => text).join(" ");
    if (result.isError === true) {
      throw new HongbaoError({ code: "run_failed", message: `the tool ${tool}: ${said}` });
    }
    this.steps.push({ tool, said });
    return result.structuredContent as A;
  }

  async end(): Promise<void> {
    await this.client.close();
  }
}
