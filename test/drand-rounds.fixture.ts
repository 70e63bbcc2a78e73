// Rounds that drand published: facts that anybody can look up at https://api.drand.sh.
import type { BeaconInput } from "../src/contract/index.ts";

/** https://api.drand.sh/52db9ba7…/public/1000 and later ones. */
export const QUICKNET_ROUNDS: readonly BeaconInput[] = [
  {
    round: 1000,
    randomness: "fe290beca10872ef2fb164d2aa4442de4566183ec51c56ff3cd603d930e54fdd",
    signature:
      "b44679b9a59af2ec876b1a6b1ad52ea9b1615fc3982b19576350f93447cb1125" +
      "e342b73a8dd2bacbe47e4b6b63ed5e39",
  },
  {
    round: 12_040_883,
    signature:
      "929906c959032ab363c9f26570d215d66f5c06cb0c44fe508c12bb5839f04ec8" +
      "95bb6868e5b9ff13ab289bdb5266b394",
  },
  {
    round: 32_281_667,
    randomness: "4fd2fc55983dbfa3f446d8a0bd56f16cc8c5e76afd1ec154b60d477cbabed13b",
    signature:
      "b0f5ae301358ff87a9d3dd539ed4a07c0148b1ab4f7b61a8ca43c7e9ca7ca955" +
      "3e4faae9188deb30b2cd1a7f447e3e5b",
  },
];

/** https://api.drand.sh/8990e7a9…/public/72785 */
export const DEFAULT_ROUND: BeaconInput = {
  round: 72_785,
  randomness: "8b676484b5fb1f37f9ec5c413d7d29883504e5b669f604a1ce68b3388e9ae3d9",
  signature:
    "82f5d3d2de4db19d40a6980e8aa37842a0e55d1df06bd68bddc8d60002e8e959" +
    "eb9cfa368b3c1b77d18f02a54fe047b80f0989315f83b12a74fd8679c4f12aae" +
    "86eaf6ab5690b34f1fddd50ee3cc6f6cdf59e95526d5a5d82aaa84fa6f181e42",
  previous_signature:
    "a609e19a03c2fcc559e8dae14900aaefe517cb55c840f6e69bc8e4f66c8d18e8" +
    "a609685d9917efbfb0c37f058c2de88f13d297c7e19e0ab24813079efe57a182" +
    "554ff054c7638153f9b26a60e7111f71a0ff63d9571704905d3ca6df0b031747",
};
