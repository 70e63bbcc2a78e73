// Chains of drand, a public source of random values that nobody can foresee: what is needed to tell
// when a round is due and whether a value is that round's, without any network.
// https://docs.drand.love/docs/specification/

/** How a chain signs its rounds. */
export const DRAND_SCHEMES = ["bls-unchained-g1-rfc9380", "pedersen-bls-chained"] as const;

export type DrandScheme = (typeof DRAND_SCHEMES)[number];

/** A chain as drand publishes it under /info, with its instants in ms. */
export interface DrandChain {
  /** 32 bytes in hex: the name under which values are asked for. */
  hash: string;
  /** In hex: 96 bytes where signatures are short, else 48. */
  publicKey: string;
  scheme: DrandScheme;
  /** When round 1 was due, and how long each round lasts. */
  genesisAtMs: number;
  periodMs: number;
}

/** The two chains of the League of Entropy, as published at https://api.drand.sh/chains. */
export const DRAND_CHAINS: { readonly quicknet: DrandChain; readonly default: DrandChain } = {
  quicknet: {
    hash: "52db9ba70e0cc0f6eaf7803dd07447a1f5477735fd3f661792ba94600c84e971",
    publicKey:
      "83cf0f2896adee7eb8b5f01fcad3912212c437e0073e911fb90022d3e760183c" +
      "8c4b450b6a0a6c3ac6a5776a2d1064510d1fec758c921cc22b0e17e63aaf4bcb" +
      "5ed66304de9cf809bd274ca73bab4af5a6e9c76a4bc09e76eae8991ef5ece45a",
    scheme: "bls-unchained-g1-rfc9380",
    genesisAtMs: 1_692_803_367_000,
    periodMs: 3000,
  },
  default: {
    hash: "8990e7a9aaed2ffed73dbd7092123d6f289930540d7651336225dc172e51b2ce",
    publicKey:
      "868f005eb8e6e4ca0a47c8a77ceaa5309a47978a7c71bc5cce96366b5d7a5699" +
      "37c529eeda66c7293784a9402801af31",
    scheme: "pedersen-bls-chained",
    genesisAtMs: 1_595_431_050_000,
    periodMs: 30_000,
  },
};

/** The name under which people know a chain; null for one that is not published here. */
export function drandChainName(hash: string): string | null {
  const known = Object.entries(DRAND_CHAINS).find(([, chain]) => chain.hash === hash);
  return known?.[0] ?? null;
}

/** Bytes of a scheme's public keys and signatures; the two swap groups. */
export function drandBytes(scheme: DrandScheme): { publicKey: number; signature: number } {
  const isShort = scheme === "bls-unchained-g1-rfc9380";
  return isShort ? { publicKey: 96, signature: 48 } : { publicKey: 48, signature: 96 };
}

/** When a round is due. */
export function roundAtMs(
  { genesisAtMs, periodMs }: Pick<DrandChain, "genesisAtMs" | "periodMs">,
  round: number,
): number {
  return genesisAtMs + (round - 1) * periodMs;
}

/** The first round that is due at or after an instant. */
export function firstRoundFrom(
  { genesisAtMs, periodMs }: Pick<DrandChain, "genesisAtMs" | "periodMs">,
  atMs: number,
): number {
  return Math.max(1, Math.ceil((atMs - genesisAtMs) / periodMs) + 1);
}
