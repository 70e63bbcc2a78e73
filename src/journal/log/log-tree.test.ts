import { describe, expect, it } from "vitest";
import { fromHex, toHex } from "../../base/bytes.ts";
import { sha256 } from "../../base/hash.ts";
import { LogTree, leafHash, verifyConsistency, verifyInclusion } from "./log-tree.ts";

/** The leaves and roots that implementations of RFC 6962 have shared since 2013. */
const LEAVES = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657"];
LEAVES.push("606162636465666768696a6b6c6d6e6f");
const ROOTS = [
  "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
  "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
  "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
  "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
  "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
  "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
  "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
  "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
  "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
];

function treeOf(count: number): { tree: LogTree; leaves: Uint8Array[] } {
  const tree = new LogTree();
  const leaves = Array.from({ length: count }, (_, n) =>
    leafHash(sha256, Uint8Array.of(n, n >> 8)),
  );
  for (const leaf of leaves) tree.append(leaf);
  return { tree, leaves };
}

function flipped(hash: Uint8Array): Uint8Array {
  return hash.map((byte, at) => (at === 7 ? byte ^ 1 : byte));
}

describe("log tree", () => {
  it("has the roots of RFC 6962's shared vectors, also those it had before", () => {
    const tree = new LogTree();
    expect(toHex(tree.root())).toBe(ROOTS[0]);
    for (const [n, leaf] of LEAVES.entries()) {
      tree.append(leafHash(sha256, fromHex(leaf)!));
      expect(toHex(tree.root())).toBe(ROOTS[n + 1]);
    }
    for (const [size, root] of ROOTS.entries()) expect(toHex(tree.root(size))).toBe(root);
  });

  it("has the inclusion proofs of the shared vectors", () => {
    const tree = new LogTree();
    for (const leaf of LEAVES) tree.append(leafHash(sha256, fromHex(leaf)!));
    expect(tree.inclusionProof(0, 8).map(toHex)).toEqual([
      "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
      "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
      "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
    ]);
    expect(tree.consistencyProof(6, 8).map(toHex)).toEqual([
      "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
      "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
      "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    ]);
  });

  it("proves every leaf of every size up to 33, and nothing else", () => {
    const { tree, leaves } = treeOf(33);
    for (let size = 1; size <= 33; size++) {
      const root = tree.root(size);
      for (let index = 0; index < size; index++) {
        const proof = tree.inclusionProof(index, size);
        const claim = { leaf: leaves[index]!, index, size, root };
        expect(verifyInclusion(claim, proof)).toBe(true);
        expect(verifyInclusion({ ...claim, leaf: flipped(claim.leaf) }, proof)).toBe(false);
        expect(verifyInclusion({ ...claim, root: flipped(root) }, proof)).toBe(false);
        expect(verifyInclusion({ ...claim, index: size }, proof)).toBe(false);
        expect(verifyInclusion(claim, [...proof, root])).toBe(false);
        if (proof.length === 0) continue;
        expect(verifyInclusion(claim, proof.slice(1))).toBe(false);
        expect(verifyInclusion(claim, [flipped(proof[0]!), ...proof.slice(1)])).toBe(false);
        const elsewhere = { ...claim, index: (index + 1) % size };
        expect(verifyInclusion(elsewhere, proof)).toBe(false);
      }
    }
  });

  it("proves that each size extends each smaller one, and nothing else", () => {
    const { tree } = treeOf(24);
    for (let size = 1; size <= 24; size++) {
      const root = tree.root(size);
      for (let oldSize = 0; oldSize <= size; oldSize++) {
        const proof = tree.consistencyProof(oldSize, size);
        const claim = { oldSize, oldRoot: tree.root(oldSize), size, root };
        expect(verifyConsistency(claim, proof)).toBe(true);
        expect(verifyConsistency({ ...claim, oldRoot: flipped(claim.oldRoot) }, proof)).toBe(false);
        expect(verifyConsistency(claim, [...proof, root])).toBe(false);
        if (oldSize === 0 || oldSize === size) continue;
        expect(verifyConsistency({ ...claim, root: flipped(root) }, proof)).toBe(false);
        expect(verifyConsistency(claim, proof.slice(1))).toBe(false);
        expect(verifyConsistency(claim, [flipped(proof[0]!), ...proof.slice(1)])).toBe(false);
      }
    }
  });
});
