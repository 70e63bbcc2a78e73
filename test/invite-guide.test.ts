// The campaign of docs/guides/let-users-invite.md keeps what the guide promises, day by day.
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { AnswerOf } from "../src/contract/index.ts";
import { formatProblem, parseCampaignFile } from "../src/contract/index.ts";
import { Drill } from "./drill.fixture.ts";
import { START_MS } from "./simulation/plain-campaign.ts";

const GUIDE = readFileSync(
  new URL("../docs/guides/let-users-invite.md", import.meta.url).pathname,
  "utf8",
);
const FILE = /cat > friends\.yaml <<'END'\n([\s\S]*?)END\n/.exec(GUIDE)![1]!;
const DAY_MS = 86_400_000;

class Tea extends Drill {
  code(user: string): Promise<AnswerOf<"invite.create">> {
    const input = { id: this.freshId("n"), user, invite: "tea" };
    return this.engine.money("invite.create", "drill", input);
  }

  accept(code: string, user: string, device = user): Promise<AnswerOf<"invite.accept">> {
    const input = { id: this.freshId("a"), user, code, attributes: { device } };
    return this.engine.money("invite.accept", "drill", input);
  }

  /** What ana's next friend is told, and by which cap. */
  async friend(n: number): Promise<unknown[]> {
    const { code } = await this.code("ana");
    const { status, cap = null, side = null } = await this.accept(code!, `friend-${n}`);
    return [status, cap, side];
  }
}

describe("the guide's campaign", () => {
  it("rewards five friends a day and 21 in all", async () => {
    const { definition, problems } = parseCampaignFile(FILE);
    expect(problems).toEqual([]);
    const tea = new Tea();
    tea.clock.set(START_MS);
    await tea.open({ ...definition!, id: "drill" });
    const told = new Map<string, number>();
    for (let n = 0; n < 30; n++) {
      // Six a day: one more than is rewarded.
      if (n > 0 && n % 6 === 0) await tea.wait(DAY_MS);
      const key = JSON.stringify(await tea.friend(n));
      told.set(key, (told.get(key) ?? 0) + 1);
    }
    expect(Object.fromEntries(told)).toEqual({
      '["accepted",null,null]': 21,
      '["cap_reached","invites:tea:day","inviter"]': 4,
      '["cap_reached","invites:tea:total","inviter"]': 5,
    });
    // One for each of the four days with three friends.
    expect(tea.campaign.lots[0]!.userEntries.get(0)).toBe(4);
    await tea.verified();
  });

  it("lets one phone be two new users, and no more", async () => {
    const { definition } = parseCampaignFile(FILE);
    const tea = new Tea();
    tea.clock.set(START_MS);
    await tea.open({ ...definition!, id: "drill" });
    const { code } = await tea.code("ana");
    for (const user of ["bo", "chen"]) {
      expect((await tea.accept(code!, user, "phone")).status).toBe("accepted");
    }
    const third = { status: "cap_reached", cap: "device", side: "invited" };
    expect(await tea.accept(code!, "dai", "phone")).toMatchObject(third);
  });

  it("without missing: skip makes no code without a device, and is warned of", async () => {
    const { definition, problems } = parseCampaignFile(FILE.replace(", missing: skip", ""));
    expect(problems.map(formatProblem)).toEqual([
      "campaign.yaml:39:54: warning: caps[0].limit: expected room for the 5 invites of tea that " +
        "perInviter allows in a day, found 2, which stops whoever makes his codes with one device",
    ]);
    const tea = new Tea();
    tea.clock.set(START_MS);
    await tea.open({ ...definition!, id: "drill" });
    const refused = { status: "missing_attribute", missing: "device", cap: "device" };
    expect(await tea.code("ana")).toMatchObject(refused);
    // As a claim without it is told, had the offer been one to ask for.
    const offers = definition!.offers.map(({ by, ...offer }) => offer);
    const other = new Tea();
    other.clock.set(START_MS);
    await other.open({ ...definition!, offers, id: "drill" });
    expect(await other.claim("ana", "thanks")).toMatchObject(refused);
  });
});
