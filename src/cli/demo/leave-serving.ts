// `hongbao demo --serve`: the server goes on over the demo's ledger, now in real time, with what
// was planned, proved and valued as reports and a small campaign that is open. The reader is told
// what to try with it, and where the console is.
import { readFile } from "node:fs/promises";
import { createServer } from "node:net";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type Client, createClient } from "../../client/index.ts";
import { wrapText } from "../../report/wrap.ts";
import { consoleLink } from "../console.ts";
import type { Terminal } from "../terminal.ts";
import type { DemoResult } from "./result.ts";
import { ServerProcess, selfCommand } from "./server-process.ts";

/** Open for years, so that there is something to claim whenever this runs. */
const EXAMPLE = new URL("../../../examples/first-campaign/campaign.yaml", import.meta.url);
const PLANNED = new URL("../../../examples/qwen-2026/", import.meta.url);
const CAMPAIGN = "first";
const OFFER = "coffee";
const USER = "user-1001";
const PORT = 8420;
const IDLE_MINUTES = 60;
/** What plan and value were made from, so that the console can change an assumption. */
const PLAN_FILES = ["plan.yaml", "announced.yaml"] as const;
const VALUE_FILES = ["value.yaml", ...PLAN_FILES] as const;

export interface LeftServing {
  readonly url: string;
  /** A link that signs in once. */
  readonly console: string;
  readonly pid: number;
  readonly adminKey: string;
  readonly appKey: string;
}

/** Starts a server that outlives this process. */
export async function leaveServing(
  result: DemoResult,
  adminKey: string,
  campaign: string,
): Promise<LeftServing> {
  const { folder } = result;
  const server = new ServerProcess({
    directory: join(folder, "ledger"),
    logFile: join(folder, "server.log"),
    stopWhenIdle: IDLE_MINUTES,
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
    await addReports(admin, result, campaign);
    const { link } = await consoleLink(admin, url);
    server.leave();
    return { url, console: link, pid, adminKey, appKey };
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

async function addReports(
  admin: Client,
  { plan, proof, value }: DemoResult,
  campaign: string,
): Promise<void> {
  const [planFiles, valueFiles] = [await exampleFiles(PLAN_FILES), await exampleFiles(VALUE_FILES)];
  const reports = [
    { report: proof.verdict, files: {} },
    { report: plan, files: planFiles },
    { report: titled(value.planned, "as planned"), files: valueFiles },
    // Of the verdict: the example's own files would value the plan.
    { report: titled(value.measured, "as measured"), files: {} },
  ];
  for (const { report, files } of reports) {
    const printed = JSON.parse(JSON.stringify(report)) as Record<string, unknown>;
    await admin.report.add({ report: printed, campaign, files });
  }
}

/** Both would else be listed under one title. */
function titled<T extends { readonly title: string }>(report: T, how: string): T {
  return { ...report, title: `${report.title}, ${how}` };
}

async function exampleFiles(names: readonly string[]): Promise<Record<string, string>> {
  const texts = names.map((name) => readFile(fileURLToPath(new URL(name, PLANNED)), "utf8"));
  const read = await Promise.all(texts);
  return Object.fromEntries(names.map((name, i) => [name, read[i]!]));
}

/** What to try next, in commands that work as they stand. */
export function sayServing({ width, paint, say }: Terminal, left: LeftServing): void {
  const { url, pid, adminKey, appKey } = left;
  const self = selfCommand("mcp");
  const headers = { authorization: `Bearer ${appKey}`, "hongbao-user": USER };
  const config = { type: "http", url: `${url}/mcp`, headers };
  const body = JSON.stringify({ id: "c-1", user: USER, offer: OFFER });
  const words = (text: string): string => wrapText(text, width).join("\n");
  say(`
${paint("quiet", "A claim in the campaign `first`, which is open; one in ten users is held out:")}
curl -s ${url}/v1/campaigns/${CAMPAIGN}/claims -H 'content-type: application/json' \\
  -H 'authorization: Bearer ${appKey}' -d '${body}'

${paint("quiet", "For an AI assistant (any MCP client), over HTTP:")}
${JSON.stringify({ mcpServers: { hongbao: config } })}

${paint("quiet", "or as a program on stdin and stdout:")}
HONGBAO_URL=${url} HONGBAO_KEY=${appKey} ${self.file} ${self.args.join(" ")} \\
  --campaign ${CAMPAIGN} --user ${USER}

${words(
  `The server (process ${pid}) goes on in real time until nobody has come for ${IDLE_MINUTES} ` +
    `minutes, or until: kill ${pid}`,
)}

${paint("strong", words("All of this in a browser (the link signs in once, within 15 minutes):"))}
${paint("accent", left.console)}
${paint("quiet", words(`Later sign in at ${url} with the key ${adminKey}`))}`);
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once("error", () => resolve(false));
    probe.listen(port, "127.0.0.1", () => probe.close(() => resolve(true)));
  });
}
