// Daily users against closed forms.
import { expect, test } from "vitest";
import { DAYS, flatTerms, plainInputs, plainOffer } from "./campaign.fixture.ts";
import { CampaignModel } from "./campaign.ts";
import { DailyUsers } from "./daily-users.ts";
import { retainedAt, retentionThrough } from "./two-point-retention.ts";

function daily(inputs = plainInputs(), days = 12, terms = flatTerms()): Float64Array {
  const into = new Float64Array(days);
  new DailyUsers(days).count(inputs, new CampaignModel(terms).run(inputs), into);
  return into;
}

test("even arrivals: a day's users are a tenth for each day that they are back", () => {
  const shape = retentionThrough(0.65, 0.128);
  const users = daily();
  let stay = 0;
  for (let day = 0; day < DAYS; day++) {
    stay += day === 0 ? 1 : retainedAt(shape, day);
    expect(users[day]).toBeCloseTo((1e6 / DAYS) * stay, 3);
  }
  // The wave is over: nobody comes any more, all are a day older.
  expect(users[DAYS]).toBeCloseTo((1e6 / DAYS) * (stay - 1 + retainedAt(shape, DAYS)), 3);
});

test("who comes at once is back as retention says: D1 of them on day 1, D30 on day 30", () => {
  const users = daily(plainInputs({ waves: [{ weight: 1, halfLife: 0.01 }] }), 31);
  expect(users[0]).toBeCloseTo(1e6, 3);
  expect(users[1]).toBeCloseTo(650_000, 3);
  expect(users[30]).toBeCloseTo(128_000, 3);
});

test("without a reward nobody has what it adds, all of it on day 30 and none on day 1", () => {
  const nobody = { ...plainOffer, takeUp: 0 };
  const inputs = { waves: [{ weight: 1, halfLife: 0.01 }], offers: [nobody], lift: 0.028 };
  const users = daily(plainInputs(inputs), 31);
  expect(users[1]).toBeCloseTo(650_000, 3);
  expect(users[30]).toBeCloseTo(100_000, 3);
});

test("waves add up", () => {
  const one = flatTerms();
  const [wave] = one.waves;
  const two = { ...one, waves: [wave!, { ...wave!, id: "again" }] };
  const halves = { weight: 1, halfLife: 3 };
  const whole = daily(plainInputs({ waves: [halves] }), 12, one);
  const both = daily(plainInputs({ waves: [halves, halves] }), 12, two);
  for (let day = 0; day < 12; day++) expect(both[day]).toBeCloseTo(whole[day]!, 3);
});
