// Asks witnesses to cosign a checkpoint. A witness that does not answer, or refuses, holds nothing
// up: the checkpoint is published without it, and the operator hears why.
import { sameBytes } from "../base/bytes.ts";
import { formatSignedNote, parseCheckpoint, signedBy } from "../journal/index.ts";
import { formatAddCheckpoint } from "./add-checkpoint.ts";
import { nodeVerify } from "./note-signer.ts";
import type { WitnessAddress } from "./witness-list.ts";

const ANSWER_MS = 5000;
const ANSWER_BYTES_MAX = 65_536;
/** The size that it knows may be told once, and change once more meanwhile. */
const TRIES = 3;

/** A proof that the log of the checkpoint's size extends that of `old`; null for no such log. */
export type ProveGrowth = (old: number) => Uint8Array[] | null;

export class WitnessCaller {
  readonly witness: WitnessAddress;
  /** The size that it cosigned last, as far as known. */
  private known = 0;

  constructor(witness: WitnessAddress) {
    this.witness = witness;
  }

  /** Whether its cosignature is on the note. */
  hasCosigned(note: string): boolean {
    const parsed = parseCheckpoint(note);
    if (parsed === null) return false;
    const signed = signedBy(parsed, this.witness.key, nodeVerify);
    return signed !== null && signed !== "bad";
  }

  /** The note with its cosignature, or why there is none. */
  async cosign(note: string, prove: ProveGrowth): Promise<{ note: string } | { refusal: string }> {
    const { name } = this.witness.key;
    try {
      return await this.ask(note, prove);
    } catch (error) {
      const cause = (error as Error).cause as Error | undefined;
      const reason = (error as Error).message + (cause === undefined ? "" : `, ${cause.message}`);
      return { refusal: `witness ${name}: no answer (${reason})` };
    }
  }

  private async ask(
    note: string,
    prove: ProveGrowth,
  ): Promise<{ note: string } | { refusal: string }> {
    const { key, url } = this.witness;
    const { size } = parseCheckpoint(note)!.checkpoint;
    for (let tries = 0; tries < TRIES; tries++) {
      const proof = prove(this.known);
      if (proof === null) {
        const more = `it has cosigned ${this.known} records of this log, which has ${size}`;
        return { refusal: `witness ${key.name}: ${more}: records are missing here` };
      }
      const answer = await fetch(`${url}/add-checkpoint`, {
        method: "POST",
        headers: { "content-type": "text/plain; charset=utf-8" },
        body: formatAddCheckpoint(this.known, proof, note),
        signal: AbortSignal.timeout(ANSWER_MS),
        redirect: "error",
      });
      const text = await boundedText(answer);
      if (answer.status === 409 && /^\d{1,15}\n$/.test(text) && Number(text) !== this.known) {
        this.known = Number(text);
        continue;
      }
      if (answer.status !== 200) {
        const said = text.trim().split("\n")[0]!.slice(0, 200);
        return { refusal: `witness ${key.name} refused with ${answer.status}: ${said}` };
      }
      const cosigned = this.withLine(note, text);
      if (cosigned === null) {
        return { refusal: `witness ${key.name}: its answer has no cosignature of its key` };
      }
      this.known = size;
      return { note: cosigned };
    }
    return { refusal: `witness ${key.name}: it names another size each time` };
  }

  /** The note with the one line that is this witness's. */
  private withLine(note: string, lines: string): string | null {
    const answered = parseCheckpoint(note + lines);
    if (answered === null) return null;
    const signed = signedBy(answered, this.witness.key, nodeVerify);
    if (signed === null || signed === "bad") return null;
    const { name, keyId } = this.witness.key;
    const own = answered.signatures.find(
      (one) => one.name === name && sameBytes(one.keyId, keyId),
    )!;
    const { text } = answered;
    return note + formatSignedNote(text, [own]).slice(text.length + 1);
  }
}

async function boundedText(answer: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of answer.body ?? []) {
    bytes += chunk.length;
    if (bytes > ANSWER_BYTES_MAX)
      throw new Error(`an answer of more than ${ANSWER_BYTES_MAX} bytes`);
    chunks.push(chunk);
  }
  return new TextDecoder().decode(Buffer.concat(chunks));
}
