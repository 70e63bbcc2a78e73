// Draws: times, what their winners can still do before the campaign closes, and prizes.
import { INVITER } from "../../core/caps/caps.ts";
import type { DefinitionCheck } from "./definition-check.ts";

export function checkDraws(check: DefinitionCheck): void {
  const { draws = [], offers, audiences } = check.definition;
  check.unique(
    ["draws"],
    draws.map((draw) => draw.id),
  );
  for (const [i, draw] of draws.entries()) {
    checkTimes(check, i);
    checkEarning(check, i);
    const { audience } = draw;
    if (audience !== null && audiences[audience] === undefined) {
      check.error(["draws", i, "audience"], "the ordinal of an audience", String(audience));
    }
    if (draw.winsPerUser > draw.entriesPerUser) {
      const expected = `at most the ${draw.entriesPerUser} entries that a user may have`;
      check.warn(["draws", i, "winsPerUser"], expected, String(draw.winsPerUser));
    }
    if (!offers.some((offer) => offer.draw === i)) {
      check.error(["draws", i], "a draw with at least one prize", `none of ${draw.id}`);
    }
  }
  for (const [i, { draw, reward, expiry, audience, eligible }] of offers.entries()) {
    if (draw === undefined) continue;
    const at = ["offers", i];
    if (audience !== null || eligible !== undefined) {
      check.error(at, "a prize without conditions: who may enter is the draw's", "some");
    }
    if (draws[draw] === undefined) {
      check.error([...at, "draw"], "the ordinal of a draw", String(draw));
    } else if (reward.kind !== "pot" || reward.minMinor !== reward.maxMinor) {
      check.error([...at, "reward"], "a pot of equal packets, one a prize", reward.kind);
    } else if (expiry.kind === "after") {
      checkTakeUp(check, i, draw, expiry.afterMs);
    }
  }
}

function checkTimes(check: DefinitionCheck, i: number): void {
  const { draws = [] } = check.definition;
  const { opensAtMs, closesAtMs } = draws[i]!;
  const at = ["draws", i];
  if (closesAtMs <= opensAtMs) {
    const expected = `after it opens, ${check.time(opensAtMs)}`;
    check.error([...at, "closesAtMs"], expected, check.time(closesAtMs));
  }
  check.notBeforeStart([...at, "opensAtMs"], opensAtMs);
  check.notAfterEnd([...at, "closesAtMs"], closesAtMs);
}

/** What an entry is earned by must be there, and be within anybody's reach. */
function checkEarning(check: DefinitionCheck, i: number): void {
  const { draws = [], invites = [], caps } = check.definition;
  const { earn, by } = draws[i]!;
  if (earn === undefined) {
    if (by === undefined) return;
    const expected = "earn, since entries cannot be asked for";
    return check.error(["draws", i, "by"], expected, "no way to enter");
  }
  const at = ["draws", i, "earn"];
  if (invites.length === 0) {
    return check.error(at, "invites in the campaign, by which users bring others", "none");
  }
  const reach = invites.reduce((sum, { id }) => {
    const own = caps.filter((cap) => cap.dimension === INVITER + id);
    return sum + Math.min(Number.POSITIVE_INFINITY, ...own.map((cap) => cap.limit));
  }, 0);
  if (!(earn.invites > reach)) return;
  const expected = `at most ${reach}, all that perInviter lets one user bring in a day`;
  check.warn([...at, "invites"], expected, String(earn.invites));
}

/** A first winner must have his time, and a reserve winner after him should. */
function checkTakeUp(check: DefinitionCheck, offer: number, draw: number, afterMs: number): void {
  const { draws = [], closesAtMs, settlingLagMs } = check.definition;
  const drawnAtMs = draws[draw]!.closesAtMs;
  const path = ["offers", offer, "expiry", "afterMs"];
  if (drawnAtMs + afterMs > closesAtMs) {
    const expected = `a time to take up over by the close ${check.time(closesAtMs)}`;
    check.error(path, expected, check.time(drawnAtMs + afterMs));
    return;
  }
  const reserveMs = drawnAtMs + afterMs + settlingLagMs;
  if (reserveMs < closesAtMs) return;
  const expected = `time for reserve winners before the close ${check.time(closesAtMs)}`;
  check.warn(path, expected, `${check.time(reserveMs)}, when the first prize can come back`);
}
