// The server that remote verbs talk to, through the same client that programs use.
import { type Client, createClient } from "../client/index.ts";
import { contractError } from "../contract/errors.ts";
import { resolveSettings, strayVariables } from "./resolve-settings.ts";
import type { VerbCall } from "./verb.ts";

const PATIENT_AFTER_MS = 1000;

/** A client for the server of the settings. Throws `invalid_usage` when there is no key. */
export async function connect(call: VerbCall): Promise<Client> {
  const { url, key, timeoutMs } = await resolveSettings(["url", "key", "timeoutMs"], call);
  for (const stray of strayVariables(call.env)) call.terminal.note(`hongbao: ${stray}`);
  if (key === null) {
    throw contractError(
      "invalid_usage",
      `--key: expected an API key for ${url}, found none; export HONGBAO_KEY=hb_… ` +
        "(the first start of a server shows the admin's, `hongbao keys add` makes more)",
    );
  }
  return createClient({ url, key, timeoutMs, totalMs: timeoutMs });
}

/** Runs `work` with a client, and says so when the server lets it wait. */
export async function withServer<T>(
  call: VerbCall,
  work: (client: Client) => Promise<T>,
): Promise<T> {
  return await withClient(call, await connect(call), work);
}

/** As `withServer`, for what is open to everybody. */
export async function withOpenServer<T>(
  call: VerbCall,
  work: (client: Client) => Promise<T>,
): Promise<T> {
  const { url, timeoutMs } = await resolveSettings(["url", "timeoutMs"], call);
  const client = createClient({ url, key: "none", timeoutMs, totalMs: timeoutMs });
  return await withClient(call, client, work);
}

async function withClient<T>(
  call: VerbCall,
  client: Client,
  work: (client: Client) => Promise<T>,
): Promise<T> {
  const timer = setTimeout(() => {
    call.terminal.note("no answer yet; trying again until --timeout-ms is over …");
  }, PATIENT_AFTER_MS);
  try {
    return await work(client);
  } finally {
    clearTimeout(timer);
    await client.close();
  }
}
