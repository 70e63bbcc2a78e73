// Which grants and redemptions an event brings into being: what a receipt is asked for, and where a
// reader of the journal finds the event of a grant that he knows by its ordinal.
import { type EventKind, eventKindName, GRANTED, HEAD, REDEEMED, readWide } from "./event.ts";

export interface Made {
  what: "grant" | "redemption";
  /** Ordinal of the grant, which a redemption spends. */
  grant: number;
  /** Ordinal of the redemption, or -1. */
  redemption: number;
  amountMinor: number;
  /** Ordinal of the offer, or -1. */
  offer: number;
}

/** What the event at words[at] makes; most make nothing. */
export function madeBy(words: Uint32Array, at: number): Made[] {
  const kind = eventKindName(words[at + HEAD.kind]! & 0xff);
  return kind === undefined ? [] : (MAKERS[kind]?.(words, at) ?? []);
}

const MAKERS: { readonly [K in EventKind]?: (words: Uint32Array, at: number) => Made[] } = {
  granted: (words, at) => [
    {
      what: "grant",
      grant: words[at + GRANTED.grant]!,
      redemption: -1,
      amountMinor: readWide(words, at + GRANTED.amount),
      offer: words[at + GRANTED.offer]! & 0xffff,
    },
  ],
  redeemed: (words, at) => [
    {
      what: "redemption",
      grant: words[at + REDEEMED.grant]!,
      redemption: words[at + REDEEMED.redemption]!,
      amountMinor: readWide(words, at + REDEEMED.amount),
      offer: -1,
    },
  ],
};
