// `hongbao console`: whoever has a key in his terminal gets into the console without typing it, and
// without its staying in the browser's history.
import type { ChildProcess } from "node:child_process";
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
    const code = await endOf(await open(link));
    if (code !== null && code !== 0) terminal.note(noBrowser(`its opener ended with ${code}`));
  } catch (error) {
    terminal.note(noBrowser(error instanceof Error ? error.message : String(error)));
  }
}

/** What opens a browser ends at once, or is the browser itself: then it runs on. */
const OPENER_MS = 2_000;

/** Null: it runs on. */
function endOf(opener: ChildProcess): Promise<number | null> {
  if (opener.exitCode !== null) return Promise.resolve(opener.exitCode);
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => resolve(null), OPENER_MS);
    opener.once("error", reject);
    opener.once("exit", (code) => {
      clearTimeout(timer);
      resolve(code);
    });
  });
}

function noBrowser(why: string): string {
  return `hongbao: no browser could be opened (${why}); open the link by hand`;
}
