// A random sample of grants for people to look at: of those under suspicion and of all others, so
// that it is known how often suspicion is wrong, and how much it misses. Which ones is a matter of
// the campaign's seed: nobody can pick them, and whoever has the seed can draw them again.
import { deriveKey } from "../../base/hash.ts";
import { KeyedHash } from "../../base/keyed-hash.ts";
import { LIMITS } from "../../base/limits.ts";
import type { SampleAnswer, SampledGrant, SampledGroup } from "../../contract/schema/suspects.ts";
import type { CampaignState } from "../../core/state.ts";
import { GRANT } from "../../core/state-words.ts";
import { isGrantBlocked, isUserBlocked } from "../../core/suspicion/blocked.ts";
import { answerBase } from "../answers.ts";
import type { Engine } from "../engine.ts";
import type { OpenCampaign } from "../open-campaigns.ts";
import { grantStateAt } from "../views.ts";
import type { Call } from "../writer/call.ts";
import { inCampaign } from "../writer/in-campaign.ts";
import { LANE } from "../writer/job.ts";

const ORDINAL = new Uint8Array(4);
const WORDS = new Uint32Array(4);
const TWO_20 = 1_048_576;

/** The first so many in the order of their hashes, of however many there are. */
class Lot {
  grants = 0;
  readonly drawn: { grant: number; rank: number }[] = [];
  private readonly most: number;

  constructor(most: number) {
    this.most = most;
  }

  offer(grant: number, rank: number): void {
    this.grants += 1;
    const { drawn, most } = this;
    if (most === 0 || (drawn.length === most && rank >= drawn[most - 1]!.rank)) return;
    let low = 0;
    for (let high = drawn.length; low < high; ) {
      const middle = (low + high) >>> 1;
      if (drawn[middle]!.rank <= rank) low = middle + 1;
      else high = middle;
    }
    drawn.splice(low, 0, { grant, rank });
    drawn.length = Math.min(drawn.length, most);
  }
}

export async function sampleSuspects(
  engine: Engine,
  { params: { campaign }, body }: Call<"suspects.sample">,
  timeoutMs: number | undefined,
): Promise<SampleAnswer> {
  const suspects = new Lot(body.suspects);
  const others = new Lot(body.others);
  let end = 0;
  for (let from = 0; from === 0 || from < end; from += LIMITS.suspectsInSlice) {
    const decide = ({ state }: OpenCampaign, atMs: number): SampleAnswer => {
      if (from === 0) end = state.grantCount;
      const hash = new KeyedHash(deriveKey(state.keys.seed!, "hongbao/audit/1", 16));
      for (let grant = from; grant < Math.min(end, from + LIMITS.suspectsInSlice); grant++) {
        const lot = isSuspect(state, grant, atMs) ? suspects : others;
        lot.offer(grant, rankOf(hash, grant));
      }
      return answerBase("ok", atMs);
    };
    const asked = ["suspects", campaign, [body, from]] as const;
    const slice = await inCampaign(engine, LANE.read, asked, {}, decide, timeoutMs);
    if (slice.status !== "ok") return slice;
  }
  return inCampaign(
    engine,
    LANE.read,
    ["suspects", campaign, [body]],
    {},
    (open, atMs) => ({
      ...answerBase("ok", atMs),
      currency: open.names.definition.currency,
      suspects: groupOf(open, suspects, atMs),
      others: groupOf(open, others, atMs),
    }),
    timeoutMs,
  );
}

/** 52 bits of the hash of the grant's ordinal. */
function rankOf(hash: KeyedHash, grant: number): number {
  new DataView(ORDINAL.buffer).setUint32(0, grant, true);
  hash.hashBytes(ORDINAL, WORDS);
  return WORDS[0]! * TWO_20 + (WORDS[1]! >>> 12);
}

/** Ever held, clawed back, or of a user, or with a device or other value, that is blocked. */
function isSuspect(state: CampaignState, grant: number, atMs: number): boolean {
  if (state.suspicion.held.place.get(grant) > 0) return true;
  if (state.grantState.get(grant) === GRANT.clawedBack) return true;
  const { grantUser } = state;
  return isUserBlocked(state, grantUser.get(grant), atMs) || isGrantBlocked(state, grant, atMs);
}

function groupOf({ state, names }: OpenCampaign, lot: Lot, atMs: number): SampledGroup {
  const sample = lot.drawn.map(
    ({ grant }): SampledGrant => ({
      grant: names.grantIds.encode(grant),
      offer: names.definition.offers[state.grantOffer(grant)]!.id,
      state: grantStateAt(state, grant, atMs),
      amountMinor: state.grantAmount.get(grant),
      spentMinor: state.grantSpent.get(grant),
      grantedAtMs: state.grantedAtMs(grant),
    }),
  );
  return { grants: lot.grants, sample };
}
