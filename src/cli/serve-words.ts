// What a server says once it is ready: where it is, and at the first start the admin's key with the
// commands to try next.
import type { VerbCall } from "./verb.ts";

export interface Started {
  url: string;
  data: string;
  /** Only at the first start, when there was no key yet. */
  adminKey: string | null;
}

export function sayStarted({ terminal, json }: VerbCall, started: Started): void {
  const { url, data, adminKey } = started;
  if (json) {
    terminal.json({ url, data, ...(adminKey === null ? {} : { adminKey }) });
    return;
  }
  terminal.say(`hongbao serves ${data} at ${terminal.paint("accent", url)}  (API: ${url}/docs)`);
  if (adminKey === null) return;
  const server = url === "http://127.0.0.1:8420" ? "" : `  export HONGBAO_URL=${url}\n`;
  terminal.say(`
${terminal.paint("strong", "The admin's key, shown this once:")}

  ${adminKey}

Open ${url} in a browser and sign in with it: that is the console. In another terminal:

${server}  export HONGBAO_KEY=${adminKey}
  hongbao campaign open examples/first-campaign/campaign.yaml
  hongbao campaign show first
  hongbao keys add app --scope app

Ctrl-C stops the server; nothing acknowledged is lost.`);
}
