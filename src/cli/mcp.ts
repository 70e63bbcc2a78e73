// `hongbao mcp`: the tools of an AI assistant over stdin and stdout, in front of a server. Nothing
// but the protocol may go to stdout.
import { serveStdio } from "../mcp/index.ts";
import { attributesOf } from "./attributes.ts";
import { EXIT, type ExitCode } from "./exit-codes.ts";
import { factsOf } from "./facts.ts";
import { connect } from "./remote.ts";
import { resolveSettings } from "./resolve-settings.ts";
import type { VerbCall } from "./verb.ts";
import { packageVersion } from "./version.ts";

export async function mcp(call: VerbCall): Promise<ExitCode> {
  const { user, campaign } = await resolveSettings(["user", "campaign"], call);
  const attributes = attributesOf(call.flags.attribute);
  const facts = factsOf(call.flags.fact);
  const client = await connect(call);
  try {
    await serveStdio({
      client,
      session: { user, campaign, attributes, facts, scope: null },
      version: packageVersion(),
      input: process.stdin,
      output: process.stdout,
    });
    return EXIT.ok;
  } finally {
    await client.close();
  }
}
