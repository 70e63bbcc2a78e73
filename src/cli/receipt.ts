// `hongbao receipt …`: fetches receipts from a server, and checks them without one.
import { readFile } from "node:fs/promises";
import type { Client } from "../client/index.ts";
import { contractError } from "../contract/errors.ts";
import type { ReceiptAnswer } from "../contract/index.ts";
import { checkReceipt, type VerifierKey } from "../journal/index.ts";
import { nodeVerify } from "../transparency/note-signer.ts";
import { sayAnswer } from "./answer-words.ts";
import { logKey, witnessKeyOf } from "./checkpoint-files.ts";
import { EXIT, type ExitCode } from "./exit-codes.ts";
import { campaignOf } from "./money.ts";
import { outputFile, writeOutput } from "./output-file.ts";
import { sayFacts } from "./receipt-words.ts";
import { withServer } from "./remote.ts";
import type { Verb, VerbCall } from "./verb.ts";

/** The next checkpoint is some seconds away; a server that signs rarely is asked again later. */
const WAIT_MAX_MS = 30_000;

export function fetchReceipt(what: "grant" | "redemption"): Verb {
  return async (call) => {
    const { args, flags, terminal } = call;
    const campaign = await campaignOf(call);
    const out = await outputFile("--out", flags.out, []);
    const ask = (client: Client): Promise<ReceiptAnswer> =>
      what === "grant"
        ? client.grant.receipt({ campaign, grant: args[0]! })
        : client.redemption.receipt({ campaign, redemption: args[0]! });
    const answer = await covered(call, () => withServer(call, ask));
    if (answer.receipt === undefined) return sayAnswer(call, answer);
    const text = JSON.stringify(answer.receipt, null, 2);
    if (out === null) terminal.say(text);
    else {
      await writeOutput(out, `${text}\n`);
      terminal.note(`${out}: the receipt; check it with \`hongbao receipt check ${out} --key …\``);
    }
    return EXIT.ok;
  };
}

/** Asks again once the next checkpoint is due. */
async function covered(
  { terminal }: VerbCall,
  ask: () => Promise<ReceiptAnswer>,
): Promise<ReceiptAnswer> {
  const untilMs = performance.now() + WAIT_MAX_MS;
  for (;;) {
    const answer = await ask();
    const waitMs = Math.max((answer.retryAtMs ?? answer.atMs) - answer.atMs, 100);
    if (answer.status !== "checkpoint_pending") return answer;
    if (performance.now() + waitMs > untilMs) return answer;
    terminal.note("waiting for the next checkpoint …");
    await new Promise((resolve) => setTimeout(resolve, waitMs));
  }
}

export async function checkReceiptFile(call: VerbCall): Promise<ExitCode> {
  const { args, flags, terminal, json } = call;
  const file = args[0]!;
  const key = logKey(String(flags.key));
  const named = (flags.witness as string[] | undefined) ?? [];
  const witnesses = named.map((text): VerifierKey => witnessKeyOf(text, "--witness"));
  const bytes = await readBytes(file);
  const facts = checkReceipt(bytes, { key, witnesses, verify: nodeVerify });
  if (typeof facts === "string") {
    if (json) terminal.json({ genuine: false, why: facts });
    else terminal.say(`${terminal.paint("bad", "NOT GENUINE")}  ${file}: ${facts}`);
    return EXIT.damaged;
  }
  if (json) {
    const { parts, signedBy, witnesses: seen, ...rest } = facts;
    const cosigned = seen.map(({ by, atMs }) => ({ key: by.text, atMs }));
    const signed = { signedBy: signedBy.by.text, witnesses: cosigned };
    terminal.json({ genuine: true, ...rest, ...signed, unproven: parts.subject });
  } else sayFacts(terminal, file, facts);
  return EXIT.ok;
}

async function readBytes(file: string): Promise<Uint8Array> {
  try {
    return new Uint8Array(await readFile(file));
  } catch (cause) {
    const found = (cause as NodeJS.ErrnoException).code;
    throw contractError("file_not_found", `${file}: expected a receipt, found ${found}`);
  }
}
