// The end of a server that nobody comes to any more, such as the demo's.
import type { RunningServer } from "../server/index.ts";

const CHECK_MS = 1_000;

/** Resolves once nobody has been connected for so long; without minutes never. */
export function whenIdle(
  server: Pick<RunningServer, "idleMs">,
  minutes: number | null,
): Promise<string> {
  return new Promise((resolve) => {
    if (minutes === null) return;
    const timer = setInterval(() => {
      if (server.idleMs() < minutes * 60_000) return;
      clearInterval(timer);
      resolve(`nobody came for ${minutes} minutes`);
    }, CHECK_MS).unref();
  });
}
