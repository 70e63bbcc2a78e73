// `hongbao console`: whoever has a key in his terminal gets into the console without typing it, and
// without its staying in the browser's history.
import type { Client } from "../client/index.ts";
import { EXIT, type ExitCode } from "./exit-codes.ts";
import { withServer } from "./remote.ts";
import { resolveSettings } from "./resolve-settings.ts";
import type { Terminal } from "./terminal.ts";
import type { VerbCall } from "./verb.ts";

export async function signInLink(call: VerbCall): Promise<ExitCode> {
  const { terminal, json, flags } = call;
  const { url } = await resolveSettings(["url"], call);
  const { link, expiresAtMs } = await withServer(call, (client) => consoleLink(client, url));
  if (json) terminal.json({ link, expiresAtMs });
  else terminal.say(link);
  if (flags.open === true) await openBrowser(link, terminal);
  return EXIT.ok;
}

/** An address that signs in once. What is behind # is sent to no server. */
export async function consoleLink(
  client: Client,
  url: string,
): Promise<{ link: string; expiresAtMs: number }> {
  const { code, expiresAtMs } = await client.session.code({});
  return { link: new URL(`/#code=${code}`, url).href, expiresAtMs };
}

/**
 * Without a browser, such as over SSH, the reader follows the link by himself. The link is an
 * argument of the browser, which all users of a machine can see until it is used: a file instead,
 * readable by its owner alone, is beyond the reach of browsers in a sandbox (Snap, Flatpak, WSL).
 */
export async function openBrowser(link: string, terminal: Terminal): Promise<void> {
  const { default: open } = await import("open");
  try {
    const child = await open(link);
    child.once("error", (error) => terminal.note(noBrowser(error)));
    child.unref();
  } catch (error) {
    terminal.note(noBrowser(error));
  }
}

function noBrowser(error: unknown): string {
  const why = error instanceof Error ? error.message : String(error);
  return `hongbao: no browser could be opened (${why}); open the link by hand`;
}
