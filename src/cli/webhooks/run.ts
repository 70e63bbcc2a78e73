// `hongbao webhooks run DIR`: sends until SIGTERM or SIGINT. A process of its own, so that neither
// a slow receiver nor a defect here can touch the writer.
import type { AddressInfo } from "node:net";
import { contractError } from "../../contract/errors.ts";
import { readEndpoints, serveMetrics, Webhooks, webhookMetrics } from "../../webhooks/index.ts";
import { EXIT, type ExitCode } from "../exit-codes.ts";
import { openLog } from "../log.ts";
import { resolveSettings, strayVariables } from "../resolve-settings.ts";
import { watchStopSignals } from "../stop-signals.ts";
import type { VerbCall } from "../verb.ts";
import { packageVersion } from "../version.ts";
import { webhookPlaces } from "./places.ts";

export async function runWebhooks(call: VerbCall): Promise<ExitCode> {
  const { terminal, args, flags, json } = call;
  const settings = await resolveSettings(["logLevel", "logFormat", "takeOver"], call);
  const log = openLog({ level: settings.logLevel, format: settings.logFormat }, terminal);
  for (const stray of strayVariables(call.env)) log.warn(stray);
  const { directory, journal } = await webhookPlaces(args[0]!);
  const port = portOf(flags.metricsPort);
  const signals = watchStopSignals();
  const stop = new AbortController();
  void signals.first.then((signal) => stop.abort(signal));
  let webhooks: Webhooks | null = null;
  const metrics = webhookMetrics(() => webhooks?.counts ?? new Map());
  const server = port === null ? null : await serveMetrics(metrics, port);
  try {
    webhooks = await Webhooks.start({
      directory,
      journal,
      userAgent: `hongbao/${packageVersion()}`,
      takeOver: settings.takeOver,
      onNotice: (text) => log.warn(text),
    });
    const endpoints = (await readEndpoints(directory)).length;
    const metricsPort = server === null ? null : (server.address() as AddressInfo).port;
    if (json) terminal.json({ directory, endpoints, metricsPort });
    log.info({ directory, endpoints, metricsPort: metricsPort ?? undefined }, "ready");
    await webhooks.until(stop.signal);
    log.info(
      `${String(stop.signal.reason)}: stopped; what was not taken is sent at the next start`,
    );
    return EXIT.ok;
  } finally {
    signals.forget();
    server?.close();
    server?.closeAllConnections();
  }
}

function portOf(flag: unknown): number | null {
  if (flag === undefined) return null;
  const port = /^\d{1,5}$/.test(String(flag)) ? Number(flag) : Number.NaN;
  if (port <= 65_535) return port;
  throw contractError(
    "invalid_usage",
    `--metrics-port: expected 0 to 65535, found ${String(flag)}`,
  );
}
