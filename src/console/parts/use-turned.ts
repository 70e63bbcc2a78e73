// What somebody turned and what he kept of it, both in the address, so that whoever is sent it sees
// the same.
import { useSearchParams } from "wouter";
import { keptText, readKept, readTurned, type Turned, turnedText } from "./turned.ts";
import { withParam } from "./with-param.ts";

export interface Choices {
  readonly turned: Turned;
  /** What was turned before and is kept beside it. */
  readonly kept: readonly Turned[];
  /** Null: back to what is assumed. */
  turn(id: string, value: number | null): void;
  /** All at once. */
  take(turned: Turned): void;
  keep(kept: readonly Turned[]): void;
}

/** @param ids what can be turned: an address may be of another file */
export function useTurned(ids: readonly string[]): Choices {
  const [params, setParams] = useSearchParams();
  const known = new Set(ids);
  const ofKnown = (turned: Turned): Turned =>
    Object.fromEntries(Object.entries(turned).filter(([id]) => known.has(id)));
  const turned = ofKnown(readTurned(params.get("set")));
  const set = (name: string, value: string): void =>
    setParams((before) => withParam(before, name, value), { replace: true });
  const take = (next: Turned): void => set("set", turnedText(next));
  return {
    turned,
    kept: readKept(params.get("kept")).map(ofKnown),
    take,
    keep: (kept) => set("kept", keptText(kept)),
    turn: (id, value) => {
      const { [id]: _, ...rest } = turned;
      take(value === null ? rest : { ...rest, [id]: value });
    },
  };
}
