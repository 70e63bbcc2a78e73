// The one request of a witness, as C2SP tlog-witness has it: the size that it knows, a proof that
// the new checkpoint extends that, and the checkpoint. https://c2sp.org/tlog-witness
import { fromBase64, toBase64 } from "../base/base64.ts";
import { parseCheckpoint, type SignedCheckpoint } from "../journal/index.ts";

const PROOF_LINES_MAX = 63;
/** A proof of 63 lines and a checkpoint with many signatures. */
export const ADD_CHECKPOINT_BYTES_MAX = 131_072;

export interface AddCheckpoint {
  old: number;
  proof: Uint8Array[];
  /** The checkpoint as text, and what it says. */
  note: string;
  parsed: SignedCheckpoint;
}

export function formatAddCheckpoint(old: number, proof: Uint8Array[], note: string): string {
  const lines = [`old ${old}`, ...proof.map(toBase64), ""];
  return `${lines.join("\n")}\n${note}`;
}

/** The request, or one line that says what is wrong with it. */
export function parseAddCheckpoint(body: string): AddCheckpoint | string {
  const end = body.indexOf("\n\n");
  if (end < 0) return "expected an empty line before the checkpoint, found none";
  const [first, ...lines] = body.slice(0, end).split("\n");
  const old = /^old (0|[1-9]\d{0,15})$/.exec(first!)?.[1];
  if (old === undefined || !Number.isSafeInteger(Number(old))) {
    return "expected a first line such as `old 4711`, found another";
  }
  if (lines.length > PROOF_LINES_MAX) {
    return `expected at most ${PROOF_LINES_MAX} lines of proof, found ${lines.length}`;
  }
  const proof: Uint8Array[] = [];
  for (const line of lines) {
    const hash = fromBase64(line);
    if (hash?.length !== 32) return "expected lines of proof of 32 bytes in base64, found another";
    proof.push(hash);
  }
  const note = body.slice(end + 2);
  const parsed = parseCheckpoint(note);
  if (parsed === null) return "expected a signed checkpoint after the empty line, found other text";
  return { old: Number(old), proof, note, parsed };
}
