// `hongbao demo --serve`: the server goes on over the demo's ledger, now in real time and with a
// small campaign that is open, and the reader is told what to try with it.
import { readFile } from "node:fs/promises";
import { createServer } from "node:net";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type Client, createClient } from "../../client/index.ts";
import { wrapText } from "../../report/wrap.ts";
import type { Terminal } from "../terminal.ts";
import { ServerProcess, selfCommand } from "./server-process.ts";

/** Open for years, so that there is something to claim whenever this runs. */
const EXAMPLE = new URL("../../../examples/first-campaign/campaign.yaml", import.meta.url);
const CAMPAIGN = "first";
const OFFER = "coffee";
const USER = "user-1001";
const PORT = 8420;

export interface LeftServing {
  readonly url: string;
  readonly pid: number;
  readonly adminKey: string;
  readonly appKey: string;
}

/** Starts a server that outlives this process. */
export async function leaveServing(folder: string, adminKey: string): Promise<LeftServing> {
  const server = new ServerProcess({
    directory: join(folder, "ledger"),
    logFile: join(folder, "server.log"),
    port: (await isFree(PORT)) ? PORT : 0,
    driven: false,
    // The ledger's last record is of March 2026.
    trustClock: true,
  });
  await server.start();
  const { url, pid } = server;
  const admin = createClient({ url, key: adminKey });
  try {
    const appKey = await openFirst(admin);
    server.leave();
    return { url, pid, adminKey, appKey };
  } catch (error) {
    await server.stop();
    throw error;
  } finally {
    await admin.close();
  }
}

async function openFirst(admin: Client): Promise<string> {
  await admin.campaign.open({ yaml: await readFile(fileURLToPath(EXAMPLE), "utf8") });
  const key = { name: "try it", scope: "app", campaign: CAMPAIGN } as const;
  return (await admin.keys.add(key)).secret;
}

/** What to try next, in commands that work as they stand. */
export function sayServing({ width, paint, say }: Terminal, left: LeftServing): void {
  const { url, pid, adminKey, appKey } = left;
  const self = selfCommand("mcp");
  const headers = { authorization: `Bearer ${appKey}`, "hongbao-user": USER };
  const config = { type: "http", url: `${url}/mcp`, headers };
  const body = JSON.stringify({ id: "c-1", user: USER, offer: OFFER });
  const words = (text: string): string => wrapText(text, width).join("\n");
  const goesOn = `The server goes on at ${url} in real time (process ${pid}; pages: ${url}/docs).`;
  say(`
${paint("strong", words(goesOn))}

${paint("quiet", "A claim in the campaign `first`, which is open; one in ten users is held out:")}
curl -s ${url}/v1/campaigns/${CAMPAIGN}/claims -H 'content-type: application/json' \\
  -H 'authorization: Bearer ${appKey}' -d '${body}'

${paint("quiet", "The books of the campaign that just ended:")}
curl -s ${url}/v1/campaigns/qwen-2026 -H 'authorization: Bearer ${adminKey}'

${paint("quiet", "For an AI assistant (any MCP client), over HTTP:")}
${JSON.stringify({ mcpServers: { hongbao: config } })}

${paint("quiet", "or as a program on stdin and stdout:")}
HONGBAO_URL=${url} HONGBAO_KEY=${appKey} ${self.file} ${self.args.join(" ")} \\
  --campaign ${CAMPAIGN} --user ${USER}

${paint("quiet", "Stop the server; nothing acknowledged is lost:")}
kill ${pid}`);
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once("error", () => resolve(false));
    probe.listen(port, "127.0.0.1", () => probe.close(() => resolve(true)));
  });
}
