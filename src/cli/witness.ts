// `hongbao witness …`: a witness over HTTP, or for one request in a file.
import { contractError } from "../contract/errors.ts";
import type { Lock } from "../journal/files/lock.ts";
import { parseAddCheckpoint } from "../transparency/add-checkpoint.ts";
import type { NoteSigner } from "../transparency/note-signer.ts";
import { Witness } from "../transparency/witness.ts";
import { lockWitness, makeWitnessKey, openWitnessKey } from "../transparency/witness-key.ts";
import { startWitnessServer } from "../transparency/witness-server.ts";
import { logKey } from "./checkpoint-files.ts";
import { EXIT, type ExitCode } from "./exit-codes.ts";
import { readText } from "./read-text.ts";
import { watchStopSignals } from "./stop-signals.ts";
import type { VerbCall } from "./verb.ts";

export async function witnessKey(call: VerbCall): Promise<ExitCode> {
  const { args, flags, terminal, json } = call;
  const directory = args[0]!;
  const name = flags.name === undefined ? null : String(flags.name);
  let signer = await openWitnessKey(directory);
  if (signer === null) {
    if (name === null || /[\s+\u0000-\u001f]/.test(name) || name === "") {
      const expected = "a name without spaces and plus signs, for the new key";
      throw contractError("invalid_usage", `--name: expected ${expected}, found ${name ?? "none"}`);
    }
    signer = await makeWitnessKey(directory, name);
  } else if (name !== null && name !== signer.key.name) {
    const expected = `${signer.key.name}, whose key is in ${directory}`;
    const message = `--name: expected ${expected}, found ${name}`;
    throw contractError("invalid_usage", message);
  }
  if (json) terminal.json({ key: signer.key.text });
  else terminal.say(signer.key.text);
  return EXIT.ok;
}

export async function serveWitness(call: VerbCall): Promise<ExitCode> {
  const { flags, terminal } = call;
  const signals = watchStopSignals();
  const { witness, signer, lock } = await openWitness(call);
  try {
    const server = await startWitnessServer({
      witness,
      key: signer.key,
      host: String(flags.host ?? "127.0.0.1"),
      port: portOf(flags.port ?? "8421"),
      onAnswer: (origin, answer) => {
        if (answer.kind === "cosigned")
          terminal.note(`cosigned ${answer.size} records of ${origin}`);
        else terminal.note(`refused (${answer.kind}): ${answer.why}`);
      },
      onFailure: (error) => terminal.note(`failed: ${error.message}`),
    });
    terminal.say(`witness ${signer.key.name} at ${server.url}  (Ctrl-C stops it)`);
    await signals.first;
    await server.close();
    return EXIT.ok;
  } finally {
    signals.forget();
    await lock.release();
  }
}

export async function cosignFile(call: VerbCall): Promise<ExitCode> {
  const { args, terminal } = call;
  const file = args[1]!;
  const request = parseAddCheckpoint(await readText(file));
  if (typeof request === "string") throw contractError("invalid_usage", `${file}: ${request}`);
  const { witness, lock } = await openWitness(call);
  try {
    const answer = await witness.add(request);
    if (answer.kind === "cosigned") {
      terminal.say((request.note + answer.line).trimEnd());
      return EXIT.ok;
    }
    terminal.note(`${terminal.paintNote("bad", "refused")}  ${answer.why}`);
    if (answer.kind === "conflict") terminal.note(`  next: ask with --old ${answer.size}`);
    return EXIT.damaged;
  } finally {
    await lock.release();
  }
}

async function openWitness(
  call: VerbCall,
): Promise<{ witness: Witness; signer: NoteSigner; lock: Lock }> {
  const { args, flags } = call;
  const directory = args[0]!;
  const signer = await openWitnessKey(directory);
  if (signer === null) {
    const next = `make it with \`hongbao witness key ${directory} --name NAME\``;
    throw contractError(
      "file_not_found",
      `${directory}: expected a witness's key, found none; ${next}`,
    );
  }
  const named = flags.trust as string[];
  const trusted = named.map((text) => logKey(text, "--trust"));
  const lock = await lockWitness(directory);
  return {
    witness: new Witness({ directory, signer, trusted, nowMs: () => Date.now() }),
    signer,
    lock,
  };
}

function portOf(given: unknown): number {
  const port = Number(given);
  if (Number.isInteger(port) && port >= 0 && port <= 65_535) return port;
  throw contractError("invalid_usage", `--port: expected 0 to 65535, found ${String(given)}`);
}
