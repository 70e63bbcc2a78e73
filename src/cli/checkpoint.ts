// `hongbao checkpoint …`: signed checkpoints of a server, or of a data directory with --data, and
// whether one extends another.
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { fromBase64 } from "../base/base64.ts";
import { sameBytes } from "../base/bytes.ts";
import { contractError } from "../contract/errors.ts";
import { dataPaths, FileSecrets } from "../host/data-directory.ts";
import {
  type Checkpoint,
  followKeys,
  LOG_CHECKPOINTS_FILE,
  LogTree,
  nodeSha256,
  parseCheckpoint,
  readDirectory,
  recordLeaf,
  type SignedCheckpoint,
  signedByOne,
  splitNotes,
  verifyConsistency,
} from "../journal/index.ts";
import { formatNumber } from "../report/format.ts";
import { formatAddCheckpoint } from "../transparency/add-checkpoint.ts";
import { nodeVerify } from "../transparency/note-signer.ts";
import { publicKeys, rotateKey } from "../transparency/signing-keys.ts";
import { logFolder, logKey, readCheckpoints } from "./checkpoint-files.ts";
import { EXIT, type ExitCode } from "./exit-codes.ts";
import { journalFolder } from "./journal-folder.ts";
import { givenMasterKey } from "./master-key.ts";
import { withOpenServer } from "./remote.ts";
import { resolveSettings } from "./resolve-settings.ts";
import type { VerbCall } from "./verb.ts";

export async function showCheckpoint(call: VerbCall): Promise<ExitCode> {
  const note = await lastNote(call);
  const { origin, size } = parseCheckpoint(note)!.checkpoint;
  if (call.json) call.terminal.json({ origin, size, note });
  else call.terminal.say(note.trimEnd());
  return EXIT.ok;
}

export async function compareCheckpoints(call: VerbCall): Promise<ExitCode> {
  const { args, flags, terminal, json } = call;
  const [[older], [newer]] = await Promise.all([
    readCheckpoints(args[0]!),
    readCheckpoints(args[1]!),
  ]);
  const [old, now] = [older!.parsed.checkpoint, newer!.parsed.checkpoint];
  const fault =
    originFault(old, now) ??
    (await signatureFault(flags.logKey, [older!.parsed, newer!.parsed])) ??
    (old.size > now.size
      ? `${args[0]} has more records (${old.size}) than ${args[1]} (${now.size})`
      : await growthFault(call, old, now));
  if (json) terminal.json({ consistent: fault === null, old: old.size, size: now.size, fault });
  else if (fault === null) {
    const sizes = `${formatNumber(now.size)} records extend the ${formatNumber(old.size)}`;
    terminal.say(`${terminal.paint("good", "consistent")}  ${sizes} of ${args[0]}`);
    if (flags.logKey === undefined) terminal.note("no --log-key: no signature was checked");
  } else terminal.say(`${terminal.paint("bad", "NOT CONSISTENT")}  ${fault}`);
  return fault === null ? EXIT.ok : EXIT.damaged;
}

export async function showKeys(call: VerbCall): Promise<ExitCode> {
  const { data } = await resolveSettings(["data"], call);
  const keys = await publicKeys(dataPaths(data).log);
  if (keys.length === 0) {
    const message = `${data}: expected a data directory that a server with receipts has used`;
    throw contractError("file_not_found", message);
  }
  if (call.json) call.terminal.json({ keys: keys.map(({ text }) => text) });
  else for (const { text } of keys) call.terminal.say(text);
  return EXIT.ok;
}

export async function rotateLogKey(call: VerbCall): Promise<ExitCode> {
  const settings = await resolveSettings(["data", "masterKey", "masterKeyFile"], call);
  const { data } = settings;
  const { ledgerId } = await readDirectory(await journalFolder(data));
  const { log, secrets } = dataPaths(data);
  const masterKey = await new FileSecrets(secrets, await givenMasterKey(settings)).masterKey();
  if (masterKey === null) {
    throw contractError("secret_missing", `${secrets}: expected the master key, found nothing`);
  }
  const key = await rotateKey({ log, secrets, ledgerId, masterKey });
  if (call.json) call.terminal.json({ key: key.text });
  else {
    call.terminal.say(key.text);
    call.terminal.note("the next checkpoint announces it, signed by both; then publish it");
  }
  return EXIT.ok;
}

export async function witnessRequest(call: VerbCall): Promise<ExitCode> {
  const text = String(call.flags.old ?? "0");
  if (!/^(0|[1-9]\d{0,14})$/.test(text)) {
    throw contractError("invalid_usage", `--old: expected a number of records, found ${text}`);
  }
  const old = Number(text);
  const note = await lastNote(call);
  const { size } = parseCheckpoint(note)!.checkpoint;
  if (old > size) {
    throw contractError("invalid_usage", `--old: expected at most ${size} records, found ${old}`);
  }
  const proof = await proofBetween(call, old, size);
  call.terminal.say(formatAddCheckpoint(old, proof, note).trimEnd());
  return EXIT.ok;
}

async function lastNote(call: VerbCall): Promise<string> {
  if (call.flags.data === undefined) {
    return await withOpenServer(call, async (client) => (await client.checkpoint.show({})).note);
  }
  const file = join(logFolder(await journalFolder(String(call.flags.data))), LOG_CHECKPOINTS_FILE);
  const note = splitNotes(await readFile(file, "utf8").catch(() => "")).at(-1);
  if (note !== undefined && parseCheckpoint(note) !== null) return note;
  throw contractError("file_not_found", `${file}: expected checkpoints, found none`);
}

/** The log's own proof, from the server or from the journal's records. */
async function proofBetween(call: VerbCall, old: number, size: number): Promise<Uint8Array[]> {
  if (call.flags.data === undefined) {
    const answer = await withOpenServer(call, (client) =>
      client.checkpoint.consistency({ old: String(old), size: String(size) }),
    );
    return answer.proof.map((hash) => fromBase64(hash) ?? new Uint8Array(0));
  }
  return (await treeOf(call, size)).consistencyProof(old, size);
}

async function treeOf(call: VerbCall, size: number): Promise<LogTree> {
  const folder = await journalFolder(String(call.flags.data));
  const reader = await readDirectory(folder, { signedSequence: size });
  const tree = new LogTree(nodeSha256);
  for await (const record of reader.records()) {
    if (tree.size === size) break;
    tree.append(recordLeaf(record, nodeSha256));
  }
  if (tree.size === size) return tree;
  const message = `${call.flags.data}: expected ${size} records, found ${tree.size}`;
  throw contractError("journal_truncated", message);
}

function originFault(old: Checkpoint, now: Checkpoint): string | null {
  if (old.origin === now.origin) return null;
  return `they are of different logs: ${old.origin} and ${now.origin}`;
}

async function signatureFault(key: unknown, notes: SignedCheckpoint[]): Promise<string | null> {
  if (key === undefined) return null;
  const keys = followKeys(logKey(String(key), "--log-key"), notes, nodeVerify);
  for (const note of notes) {
    const signed = signedByOne(note, keys, nodeVerify);
    const { size } = note.checkpoint;
    if (signed === null) return `the checkpoint of ${size} records is not signed by the given key`;
    if (signed === "bad") return `the signature of the checkpoint of ${size} records is wrong`;
  }
  return null;
}

async function growthFault(
  call: VerbCall,
  old: Checkpoint,
  now: Checkpoint,
): Promise<string | null> {
  const fork = `${now.size} records do not extend the ${old.size}: one of the two is a fork`;
  if (call.flags.data !== undefined) {
    const tree = await treeOf(call, now.size);
    const isOurs = sameBytes(tree.root(old.size), old.root) && sameBytes(tree.root(), now.root);
    return isOurs ? null : `${call.flags.data} does not lead to both: it has other records`;
  }
  if (old.size === now.size) return sameBytes(old.root, now.root) ? null : fork;
  const proof = await proofBetween(call, old.size, now.size);
  const claim = { oldSize: old.size, oldRoot: old.root, size: now.size, root: now.root };
  return verifyConsistency(claim, proof, nodeSha256) ? null : fork;
}
