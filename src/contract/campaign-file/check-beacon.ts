// The promised round against the campaign: it must be due while there is luck to be had.
import { drandBytes, roundAtMs } from "../../base/drand.ts";
import { isLucky } from "../../core/definition.ts";
import type { DefinitionCheck } from "./definition-check.ts";

export function checkBeacon(check: DefinitionCheck): void {
  const { beacon, offers, waves, endsAtMs } = check.definition;
  if (beacon === undefined) return;
  const { chain, round } = beacon;
  const { publicKey, scheme } = chain;
  if (publicKey.length !== 2 * drandBytes(scheme).publicKey) {
    const expected = `${drandBytes(scheme).publicKey} bytes, as ${scheme} has them`;
    check.error(["beacon", "chain", "publicKey"], expected, `${publicKey.length / 2} bytes`);
  }
  const dueAtMs = roundAtMs(chain, round);
  const words = `round ${round}, due ${check.time(dueAtMs)}`;
  if (dueAtMs >= endsAtMs) {
    const expected = `a round before the last claim ${check.time(endsAtMs)}`;
    check.error(["beacon", "round"], expected, words);
  }
  const lucky = offers.filter(({ reward }) => isLucky(reward));
  if (lucky.length === 0) {
    check.warn(["beacon"], "an offer of luck, which a beacon is for", "only fixed rewards");
    return;
  }
  const fromMs = Math.min(...lucky.map(({ wave }) => waves[wave]?.fromMs ?? Infinity));
  if (dueAtMs > fromMs) {
    const expected = `a round before the first luck ${check.time(fromMs)}`;
    check.warn(["beacon", "round"], expected, `${words}: lucky claims wait for it`);
  }
}
