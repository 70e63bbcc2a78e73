// Grants found by what they have in common, previewed, and then held, released, extended or
// clawed back: exactly those that the preview named, a slice at a time. What has changed since is
// left alone.

import { toHex } from "../../base/bytes.ts";
import { sha256 } from "../../base/hash.ts";
import { LIMITS } from "../../base/limits.ts";
import { invalidRequest } from "../../contract/errors.ts";
import { GRANT_STATES } from "../../contract/schema/grant.ts";
import type { ActAnswer, FindAnswer, FoundRing } from "../../contract/schema/suspects.ts";
import { emptyCommand, ID_AT } from "../../core/command.ts";
import type { EventWriter } from "../../core/event.ts";
import type { CampaignState } from "../../core/state.ts";
import { keyHex } from "../../core/tables/key-hex.ts";
import { answerBase } from "../answers.ts";
import type { Engine } from "../engine.ts";
import type { OpenCampaign } from "../open-campaigns.ts";
import { grantStateAt } from "../views.ts";
import type { Call } from "../writer/call.ts";
import { inCampaign } from "../writer/in-campaign.ts";
import { LANE } from "../writer/job.ts";
import { type ReadyFilter, readyFilter } from "./suspect-filter.ts";
import { decideStep } from "./suspicion.ts";

const COMMAND = emptyCommand();
const SHOWN = 10;
const FEWER = `at most ${LIMITS.suspects} grants; narrow the search, by time for one`;

/** A preview's grants, each with what it was then: its state, what was spent, and its last hold. */
interface Found {
  campaign: string;
  grants: number[];
  marks: number[];
  holds: number[];
}

/** Previews of each engine, the latest ones; a restart forgets them, and previewing is cheap. */
const PREVIEWS = new WeakMap<Engine, Map<string, Found>>();

function previewsOf(engine: Engine): Map<string, Found> {
  const known = PREVIEWS.get(engine) ?? new Map<string, Found>();
  PREVIEWS.set(engine, known);
  return known;
}

/** A grant as a preview remembers it. */
function markOf(state: CampaignState, grant: number): number {
  return state.grantState.get(grant) + 8 * state.grantSpent.get(grant);
}

/** Which hold of all was its last: one that was released looks as before, and is held anew. */
function holdOf({ suspicion }: CampaignState, grant: number): number {
  return suspicion.held.place.get(grant);
}

export async function findSuspects(
  engine: Engine,
  { params: { campaign }, body }: Call<"suspects.find">,
  timeoutMs: number | undefined,
): Promise<FindAnswer> {
  const found: Found = { campaign, grants: [], marks: [], holds: [] };
  let ready: ReadyFilter | null = null;
  let end = 0;
  const slices = async (look: (open: OpenCampaign, grant: number, atMs: number) => void) => {
    for (let from = 0; from === 0 || from < end; from += LIMITS.suspectsInSlice) {
      const decide = (open: OpenCampaign, atMs: number): FindAnswer => {
        if (ready === null) {
          ready = readyFilter(open, body.where);
          end = open.state.grantCount;
        }
        const to = Math.min(end, from + LIMITS.suspectsInSlice);
        for (let grant = from; grant < to; grant++) {
          if (ready.fits(grant, atMs)) look(open, grant, atMs);
        }
        return answerBase("ok", atMs);
      };
      const asked = ["suspects", campaign, [body, from]] as const;
      const slice = await inCampaign(engine, LANE.read, asked, {}, decide, timeoutMs);
      if (slice.status !== "ok") return slice;
    }
    return null;
  };
  const ring: number[] = [];
  if (body.where.ring !== undefined) {
    const refused = await slices((_, grant) => {
      const value = ready!.ringOf!.get(grant);
      if (value > 0) ring[value - 1] = (ring[value - 1] ?? 0) + 1;
    });
    if (refused !== null) return refused;
  }
  const refused = await slices(({ state }, grant) => {
    const { ringOf, above } = ready!;
    if (ringOf !== null && !((ring[ringOf.get(grant) - 1] ?? 0) > above)) return;
    if (found.grants.length === LIMITS.suspects) throw invalidRequest("$.where", FEWER, "more");
    found.grants.push(grant);
    found.marks.push(markOf(state, grant));
    found.holds.push(holdOf(state, grant));
  });
  if (refused !== null) return refused;
  const token = tokenOf(found);
  keep(previewsOf(engine), token, found);
  return inCampaign(
    engine,
    LANE.read,
    ["suspects", campaign, [body, token]],
    {},
    (open, atMs) => ({
      ...answerBase("ok", atMs),
      token,
      ...summary(open, found, atMs),
      ...(ready!.ringOf === null ? {} : { rings: ringsOf(open, found, body.where.ring!.by) }),
    }),
    timeoutMs,
  );
}

/** What only grants or states that changed since would change. */
function tokenOf({ campaign, grants, marks, holds }: Found): string {
  const bytes = new Uint8Array(Float64Array.from([...grants, ...marks, ...holds]).buffer);
  return toHex(sha256(new TextEncoder().encode(`hongbao/suspects/1 ${campaign}`), bytes));
}

function keep(previews: Map<string, Found>, token: string, found: Found): void {
  previews.delete(token);
  previews.set(token, found);
  for (const oldest of previews.keys()) {
    if (previews.size <= LIMITS.suspectPreviews) break;
    previews.delete(oldest);
  }
}

function summary(
  { state, names }: OpenCampaign,
  { grants }: Found,
  atMs: number,
): Partial<FindAnswer> {
  const users = new Set<number>();
  const sums = GRANT_STATES.map((name) => {
    return { state: name, grants: 0, amountMinor: 0, spentMinor: 0 };
  });
  let amountMinor = 0;
  for (const grant of grants) {
    const sum = sums[GRANT_STATES.indexOf(grantStateAt(state, grant, atMs))]!;
    users.add(state.grantUser.get(grant));
    sum.grants += 1;
    sum.amountMinor += state.grantAmount.get(grant);
    sum.spentMinor += state.grantSpent.get(grant);
    amountMinor += state.grantAmount.get(grant);
  }
  const largest = largestOf(grants, (grant) => state.grantAmount.get(grant));
  return {
    grants: grants.length,
    users: users.size,
    currency: names.definition.currency,
    amountMinor,
    states: sums.filter((sum) => sum.grants > 0),
    largest: largest.map((grant) => ({
      grant: names.grantIds.encode(grant),
      state: grantStateAt(state, grant, atMs),
      amountMinor: state.grantAmount.get(grant),
      spentMinor: state.grantSpent.get(grant),
    })),
  };
}

/** The values that the most of these grants share. */
function ringsOf({ state, names }: OpenCampaign, { grants }: Found, by: string): FoundRing[] {
  const attribute = names.definition.attributes.indexOf(by);
  const column = state.grantAttribute[attribute]!;
  const rings = new Map<number, { grants: number; users: Set<number>; amountMinor: number }>();
  for (const grant of grants) {
    const row = column.get(grant) - 1;
    const one = rings.get(row) ?? { grants: 0, users: new Set(), amountMinor: 0 };
    one.grants += 1;
    one.users.add(state.grantUser.get(grant));
    one.amountMinor += state.grantAmount.get(grant);
    rings.set(row, one);
  }
  return largestOf([...rings.keys()], (row) => rings.get(row)!.grants).map((row) => {
    const { grants: shared, users, amountMinor } = rings.get(row)!;
    const key = new Uint32Array(4);
    state.attributes[attribute]!.keys.read(row, key, 0);
    return { value: keyHex(key, 0), grants: shared, users: users.size, amountMinor };
  });
}

/** A few of the largest, those that came first where they are equal. */
function largestOf(from: readonly number[], sizeOf: (one: number) => number): number[] {
  const largest: number[] = [];
  for (const one of from) {
    const size = sizeOf(one);
    if (largest.length === SHOWN && size <= sizeOf(largest[SHOWN - 1]!)) continue;
    const at = largest.findIndex((other) => sizeOf(other) < size);
    largest.splice(at < 0 ? largest.length : at, 0, one);
    largest.length = Math.min(largest.length, SHOWN);
  }
  return largest;
}

export async function actOnSuspects(
  engine: Engine,
  { params: { campaign }, body, by = "embedded" }: Call<"suspects.act">,
  timeoutMs: number | undefined,
): Promise<ActAnswer> {
  const found = previewsOf(engine).get(body.token);
  const sums = { done: 0, changed: 0, refused: 0, returnedMinor: 0, owedMinor: 0 };
  const first = body.from ?? 0;
  const last = first + LIMITS.suspectsAtOnce;
  let answer: ActAnswer = answerBase("ok", 0);
  for (let from = first; from === first || from < last; from += LIMITS.suspectsInLine) {
    const decide = (open: OpenCampaign, atMs: number, out: EventWriter): ActAnswer => {
      if (found?.campaign !== campaign) return answerBase("unknown_preview", atMs);
      const to = Math.min(found.grants.length, from + LIMITS.suspectsInLine);
      for (let i = from; i < to; i++) {
        actOn(open, found, i, body, by, atMs, out, sums);
        engine.apply(out);
      }
      return answerBase("ok", atMs);
    };
    const asked = ["suspects", campaign, [body, from]] as const;
    answer = await inCampaign(engine, LANE.redemption, asked, {}, decide, timeoutMs);
    if (answer.status !== "ok" || found === undefined) return answer;
    if (from + LIMITS.suspectsInLine >= found.grants.length) break;
  }
  const grants = found!.grants.length;
  const { currency } = engine.find(campaign)!.names.definition;
  return { ...answer, grants, ...sums, currency, ...(last < grants ? { next: last } : {}) };
}

/** Under an id of its own, so that whatever is asked again is done once. */
function actOn(
  open: OpenCampaign,
  { grants, marks, holds }: Found,
  i: number,
  { token, step, why, evidence, expiresAtMs }: Call<"suspects.act">["body"],
  by: string,
  atMs: number,
  out: EventWriter,
  sums: {
    done: number;
    changed: number;
    refused: number;
    returnedMinor: number;
    owedMinor: number;
  },
): void {
  const { state, names } = open;
  const grant = grants[i]!;
  const what = expiresAtMs === undefined ? step : `${step}-${expiresAtMs}`;
  const id = `suspects-${what}-${token}-${grant}`;
  names.pseudonyms.setId(COMMAND, id);
  const wasDone = state.ids.find(COMMAND.keys, ID_AT) >= 0;
  const isAsItWas = markOf(state, grant) === marks[i] && holdOf(state, grant) === holds[i];
  if (!wasDone && !isAsItWas) {
    sums.changed += 1;
    return;
  }
  const input = {
    ...{ id, why },
    ...(evidence === undefined ? {} : { evidence }),
    ...(expiresAtMs === undefined ? {} : { expiresAtMs }),
  };
  const named = names.grantIds.encode(grant);
  const {
    status,
    returnedMinor = 0,
    owedMinor = 0,
  } = decideStep(open, step, named, input, by, atMs, out);
  if (status !== DONE[step]) {
    sums.refused += 1;
    return;
  }
  sums.done += 1;
  sums.returnedMinor += returnedMinor;
  sums.owedMinor += owedMinor;
}

const DONE = {
  hold: "hold_placed",
  release: "released",
  extend: "extended",
  clawback: "clawed_back",
} as const;
