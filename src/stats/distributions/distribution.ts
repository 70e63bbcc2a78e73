// The shapes in which something unknown is stated, as people can give them: by a range, by a likely
// value, by a mean and a spread. `inverse.ts` turns them into numbers.

/** Numbers outside are left out: the distribution is cut there, the rest counts as the whole. */
export type Within = readonly [low: number, high: number];

export type Distribution =
  | { readonly kind: "fixed"; readonly value: number }
  | { readonly kind: "uniform"; readonly low: number; readonly high: number }
  | {
      /** Least, likeliest and greatest value; PERT has thinner ends than the triangle. */
      readonly kind: "triangular" | "pert";
      readonly low: number;
      readonly mode: number;
      readonly high: number;
    }
  | {
      /** 5 % lie below `p5`, 5 % above `p95`; both are above 0. */
      readonly kind: "lognormal";
      readonly p5: number;
      readonly p95: number;
      readonly within?: Within;
    }
  | {
      /** Mean and standard deviation before the cut; of a beta on 0 to 1. */
      readonly kind: "normal" | "beta";
      readonly mean: number;
      readonly sd: number;
      readonly within?: Within;
    };
