// Our server for the benches over HTTP, in a process of its own.
import { firstLine, removeFolder, startScript, stop, temporaryFolder } from "../children.ts";

export interface OurServer {
  port: number;
  pid: number;
  /** Path of the claims. */
  path: string;
  /** Header of a key that may claim, and of one that may read the books. */
  headers: Record<string, string>;
  viewer: Record<string, string>;
  stop(): Promise<void>;
}

interface Started {
  port: number;
  pid: number;
  campaign: string;
  app: string;
  viewer: string;
}

/** Starts it with a fresh data folder and the bench's campaign open. */
export async function startOurServer(): Promise<OurServer> {
  const folder = temporaryFolder("server");
  const child = startScript("./http/our-server.ts", [JSON.stringify({ folder })]);
  const { port, pid, campaign, app, viewer } = await firstLine<Started>(child);
  return {
    port,
    pid,
    path: `/v1/campaigns/${campaign}/claims`,
    headers: { authorization: `Bearer ${app}` },
    viewer: { authorization: `Bearer ${viewer}` },
    stop: async () => {
      await stop(child);
      removeFolder(folder);
    },
  };
}
