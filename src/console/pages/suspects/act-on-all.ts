// One step for all grants of a preview, a slice at a time. Each grant is done under an id of token
// and step, so that beginning again after a failure does nothing twice and counts what was done.
import type { CallOptions, Client, InputOf } from "../../../client/index.ts";

export interface Tally {
  grants: number;
  /** Behind us: done and left alone. */
  seen: number;
  done: number;
  /** Left alone: not as the preview saw them, or the step is not possible. */
  changed: number;
  refused: number;
  returnedMinor: number;
  owedMinor: number;
  /** False: the server has the preview no more. */
  isKnown: boolean;
}

/** Rejects where a slice fails, or is given up: up to the last tally all is known. */
export async function actOnAll(
  client: Client,
  input: Omit<InputOf<"suspects.act">, "from">,
  grants: number,
  given: { options: CallOptions; onTally: (tally: Tally) => void },
): Promise<Tally> {
  let tally: Tally = {
    ...{ grants, seen: 0, done: 0, changed: 0, refused: 0 },
    ...{ returnedMinor: 0, owedMinor: 0, isKnown: true },
  };
  let from: number | undefined = 0;
  while (from !== undefined) {
    const answer = await client.suspects.act({ ...input, from }, given.options);
    if (answer.status !== "ok") return { ...tally, isKnown: false };
    tally = {
      grants,
      seen: answer.next ?? grants,
      done: tally.done + (answer.done ?? 0),
      changed: tally.changed + (answer.changed ?? 0),
      refused: tally.refused + (answer.refused ?? 0),
      returnedMinor: tally.returnedMinor + (answer.returnedMinor ?? 0),
      owedMinor: tally.owedMinor + (answer.owedMinor ?? 0),
      isKnown: true,
    };
    given.onTally(tally);
    from = answer.next;
  }
  return tally;
}
