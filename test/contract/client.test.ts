// One suite of behaviours for every way in: what a caller is promised does not depend on how he
// calls.
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { HongbaoError } from "../../src/base/error.ts";
import { anotherId, CAMPAIGN, campaignYaml, DAY_MS, MINUTE_MS, STARTS_AT_MS } from "./campaign.ts";
import { type Subject, WAYS } from "./subjects.ts";

const campaign = CAMPAIGN;

describe.each(WAYS)("$name", ({ open }) => {
  let subject: Subject;
  beforeEach(async () => {
    subject = await open();
  });
  afterEach(async () => {
    await subject.close();
  });

  const claim = (id: string, user: string, more: object = {}) =>
    subject.call("claim", { campaign, id, user, offer: "card", ...more });
  const redeem = (id: string, grant: string, more: object = {}) =>
    subject.call("redeem", { campaign, id, grant, ...more });
  const books = async () => (await subject.call("campaign.show", { campaign })).books!;

  test("a claim reserves money and says until when", async () => {
    const answer = await claim("c1", "ann");
    expect(answer).toMatchObject({
      status: "granted",
      replayed: false,
      offer: "card",
      amountMinor: 2500,
      currency: "CNY",
      expiresAtMs: STARTS_AT_MS + 2 * DAY_MS,
    });
    expect(answer.grant).toMatch(/^[0-9a-z]{20}$/);
    expect(await books()).toMatchObject({ reservedMinor: 2500, spentMinor: 0, freeMinor: 97_500 });
  });

  test("the same claim again gets the same grant and moves nothing", async () => {
    const first = await claim("c1", "ann");
    const again = await claim("c1", "ann");
    expect(again).toMatchObject({ status: "granted", replayed: true, grant: first.grant! });
    expect(await books()).toMatchObject({ reservedMinor: 2500 });
  });

  test("an id with other content is a conflict", async () => {
    await claim("c1", "ann");
    const answer = await claim("c1", "ann", { offer: "envelope" });
    expect(answer).toMatchObject({ status: "id_conflict", replayed: false });
    expect(await books()).toMatchObject({ reservedMinor: 2500 });
  });

  test("a cap refuses by name, and spends nothing", async () => {
    for (const id of ["c1", "c2", "c3"]) await claim(id, "ann");
    expect(await claim("c4", "ann")).toMatchObject({ status: "cap_reached", cap: "user-total" });
    expect(await books()).toMatchObject({ reservedMinor: 7500, counts: { grants: 3 } });
  });

  test("a cap counts by what the claim carries", async () => {
    const attributes = { device: "phone-1" };
    for (const user of ["ann", "bob"]) await claim(`c-${user}`, user, { attributes });
    const refused = await claim("c-cy", "cy", { attributes });
    expect(refused).toMatchObject({ status: "cap_reached", cap: "device-total" });
    expect(await claim("c-cy", "cy")).toMatchObject({ status: "granted" });
  });

  test("a refusal is no promise: the same id may succeed later", async () => {
    const early = await claim("c1", "ann", { offer: "later" });
    const opensAtMs = Date.parse("2026-02-13T00:00:00+08:00");
    expect(early).toMatchObject({ status: "not_open", retryAtMs: opensAtMs });
    await subject.moveTo(opensAtMs);
    expect(await claim("c1", "ann", { offer: "later" })).toMatchObject({
      status: "granted",
      replayed: false,
    });
  });

  test("unknown names are told apart", async () => {
    expect(await claim("c1", "ann", { offer: "nope" })).toMatchObject({ status: "unknown_offer" });
    const grant = (await claim("c2", "ann")).grant!;
    const shown = await subject.call("grant.show", { campaign, grant: anotherId(grant) });
    expect(shown).toMatchObject({ status: "unknown_grant" });
    const books = await subject.call("campaign.show", { campaign: "no-such" });
    expect(books).toMatchObject({ status: "unknown_campaign" });
  });

  test("an offer for an audience is for its members only", async () => {
    const members = { campaign, audience: "club", users: ["ann"] };
    const assigned = await subject.call("audience.assign", members);
    expect(assigned).toMatchObject({ status: "assigned", members: [{ user: "ann" }] });
    const offer = "members";
    expect(await claim("c1", "ann", { offer })).toMatchObject({ status: "granted" });
    expect(await claim("c2", "bob", { offer })).toMatchObject({ status: "not_eligible" });
  });

  test("a grant is spent in parts, each id once", async () => {
    const { grant } = await claim("c1", "ann");
    const first = await redeem("r1", grant!, { amountMinor: 1800 });
    expect(first).toMatchObject({ status: "redeemed", redeemedMinor: 1800, restMinor: 700 });
    const again = await redeem("r1", grant!, { amountMinor: 1800 });
    expect(again).toMatchObject({ status: "redeemed", replayed: true, redeemedMinor: 1800 });
    expect(await redeem("r2", grant!)).toMatchObject({ redeemedMinor: 700, restMinor: 0 });
    expect(await redeem("r3", grant!)).toMatchObject({ status: "already_redeemed" });
    expect(await books()).toMatchObject({ spentMinor: 2500, reservedMinor: 0 });
  });

  test("more than the rest is refused and says how much is left", async () => {
    const { grant } = await claim("c1", "ann");
    const refused = await redeem("r1", grant!, { amountMinor: 2501 });
    expect(refused).toMatchObject({ status: "amount_too_large", restMinor: 2500 });
    expect(await books()).toMatchObject({ spentMinor: 0, reservedMinor: 2500 });
  });

  test("a cap on redemptions counts the merchant's money", async () => {
    const attributes = { merchant: "m-1" };
    const grants = [];
    for (const id of ["c1", "c2"]) grants.push((await claim(id, "ann")).grant!);
    expect(await redeem("r1", grants[0]!, { attributes })).toMatchObject({ status: "redeemed" });
    const refused = await redeem("r2", grants[1]!, { attributes });
    expect(refused).toMatchObject({ status: "cap_reached", cap: "merchant-total" });
    const some = await redeem("r2", grants[1]!, { attributes, amountMinor: 1500 });
    expect(some).toMatchObject({ status: "redeemed", restMinor: 1000 });
  });

  test("expired is expired, and its money waits before it is free", async () => {
    const { grant } = await claim("c1", "ann");
    await subject.moveTo(STARTS_AT_MS + 2 * DAY_MS);
    expect(await redeem("r1", grant!)).toMatchObject({ status: "expired" });
    expect(await books()).toMatchObject({ reservedMinor: 0, settlingMinor: 2500 });
    await subject.moveTo(STARTS_AT_MS + 3 * DAY_MS + 2 * MINUTE_MS);
    expect(await books()).toMatchObject({ settlingMinor: 0, freeMinor: 100_000 });
  });

  test("a cancelled grant gives its rest back, once", async () => {
    const { grant } = await claim("c1", "ann");
    const cancelled = await subject.call("cancel", { campaign, id: "x1", grant: grant! });
    expect(cancelled).toMatchObject({ status: "cancelled", returnedMinor: 2500 });
    const other = await subject.call("cancel", { campaign, id: "x2", grant: grant! });
    expect(other).toMatchObject({ status: "already_cancelled" });
    expect(await redeem("r1", grant!)).toMatchObject({ status: "already_cancelled" });
    expect(await books()).toMatchObject({ freeMinor: 100_000, reservedMinor: 0 });
  });

  test("a reversal makes the money redeemable again, once", async () => {
    const { grant } = await claim("c1", "ann");
    await subject.call("redeem", { campaign, id: "r1", grant: grant!, paidAtMs: STARTS_AT_MS });
    const reversal = { campaign, id: "v1", redemption: "r1" };
    const reversed = await subject.call("reverse", reversal);
    expect(reversed).toMatchObject({
      status: "reversed",
      reversedMinor: 2500,
      redeemableAgain: true,
      grant: grant!,
    });
    expect(await subject.call("reverse", reversal)).toMatchObject({ replayed: true });
    const other = await subject.call("reverse", { ...reversal, id: "v2" });
    expect(other).toMatchObject({ status: "already_reversed" });
    expect(await books()).toMatchObject({ spentMinor: 0, reservedMinor: 2500 });
  });

  test("luck is drawn once: the same id shows the same amount", async () => {
    const first = await claim("c1", "ann", { offer: "envelope" });
    expect([100, 200]).toContain(first.amountMinor);
    const again = await claim("c1", "ann", { offer: "envelope" });
    expect(again).toMatchObject({ replayed: true, amountMinor: first.amountMinor! });
  });

  test("a user sees the offers that are open, and the rewards that are his", async () => {
    const offers = await subject.call("offers.list", { campaign, user: "ann" });
    expect(offers.offers.map(({ offer }) => offer)).toEqual(["card", "envelope"]);
    const { grant } = await claim("c1", "ann");
    await claim("c2", "bob");
    const mine = await subject.call("user.grants", { campaign, user: "ann" });
    expect(mine).toMatchObject({ more: false, grants: [{ grant: grant!, state: "reserved" }] });
    expect(mine.grants).toHaveLength(1);
    expect((await subject.call("user.grants", { campaign, user: "cy" })).grants).toEqual([]);
  });

  test("a paused campaign takes no claims, but money already granted can be spent", async () => {
    const { grant } = await claim("c1", "ann");
    await subject.call("campaign.pause", { campaign });
    expect(await claim("c2", "ann")).toMatchObject({ status: "paused" });
    expect(await claim("c1", "ann")).toMatchObject({ status: "granted", replayed: true });
    expect(await redeem("r1", grant!)).toMatchObject({ status: "redeemed" });
    await subject.call("campaign.resume", { campaign });
    expect(await claim("c2", "ann")).toMatchObject({ status: "granted" });
  });

  test("a campaign closes once nothing lives, and replays for ever", async () => {
    const { grant } = await claim("c1", "ann");
    await subject.call("campaign.end", { campaign });
    expect(await claim("c2", "ann")).toMatchObject({ status: "ended" });
    const early = await subject.call("campaign.close", { campaign });
    expect(early).toMatchObject({ status: "settling_unfinished" });
    await redeem("r1", grant!);
    expect(await subject.call("campaign.close", { campaign })).toMatchObject({ status: "ok" });
    expect(await claim("c1", "ann")).toMatchObject({ status: "granted", grant: grant! });
  });

  test("the budget is never exceeded, however many ask", async () => {
    const asked = Array.from({ length: 60 }, (_, i) => claim(`c${i}`, `user-${i}`));
    const answers = await Promise.all(asked);
    expect(answers.filter(({ status }) => status === "granted")).toHaveLength(40);
    expect(answers.filter(({ status }) => status === "budget_exhausted")).toHaveLength(20);
    expect(await books()).toMatchObject({ reservedMinor: 100_000, freeMinor: 0 });
  });

  test("a campaign opened twice is the same campaign, another is refused", async () => {
    const same = await subject.call("campaign.open", { yaml: campaignYaml() });
    expect(same).toMatchObject({ status: "opened", replayed: true });
    const richer = campaignYaml().replace("budget: 1000.00", "budget: 2000.00");
    const other = await subject.call("campaign.open", { yaml: richer });
    expect(other).toMatchObject({ status: "campaign_exists" });
    expect(await books()).toMatchObject({ budgetMinor: 100_000 });
  });

  test("a campaign file is checked without being opened", async () => {
    const check = await subject.call("campaign.check", { yaml: "campaign: Bad Name\n" });
    expect(check.valid).toBe(false);
    expect(check.problems.length).toBeGreaterThan(0);
    const { campaigns } = await subject.call("campaign.list", {});
    expect(campaigns.map((one) => one.campaign)).toEqual([CAMPAIGN]);
  });

  test("an attribute that nobody declared is refused, and nothing is decided", async () => {
    const refused = claim("c1", "ann", { attributes: { shoe: "42" } });
    await expect(refused).rejects.toMatchObject({ code: "invalid_request" });
    await expect(refused).rejects.toBeInstanceOf(HongbaoError);
    expect(await books()).toMatchObject({ counts: { grants: 0, users: 0 } });
  });

  test("lines of a batch are independent and answered in order", async () => {
    if (subject.batch === null) return expect(subject.batch).toBeNull();
    const lines = [
      { id: "c1", user: "ann", offer: "card" },
      { id: "c2", user: "ann", offer: "nope" },
      { id: "c3", user: "ann", offer: "card", attributes: { shoe: "42" } },
      { id: "c1", user: "ann", offer: "card" },
      { id: "c4", user: "bob", offer: "card" },
    ];
    const answers = await subject.batch("claim", lines);
    const said = answers.map((one) => (one instanceof HongbaoError ? one.code : one.status));
    const expected = ["granted", "unknown_offer", "invalid_request", "granted", "granted"];
    expect(said).toEqual(expected);
    expect(await books()).toMatchObject({ reservedMinor: 5000 });
  });
});
