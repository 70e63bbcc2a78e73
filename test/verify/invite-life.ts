// A campaign with invites: accepted by new users and by held-out ones, up to the inviter's limit.
import type { CampaignLife } from "./campaign-life.ts";

const FRIENDS = `campaign: friends
title: Tea with friends
currency: EUR
timeZone: UTC
budget: 100.00
starts: 2026-07-04T00:00:00Z
ends: 2026-07-08T00:00:00Z
closes: 2026-07-10T00:00:00Z
settlingLag: 1h
offers:
  - id: thanks
    by: invite
    reward: { table: [{ amount: 1.00, odds: 3 }, { amount: 2.00, odds: 1 }] }
    expires: { after: 12h }
  - id: welcome
    reward: { fixed: 2.00 }
    expires: { after: 12h }
invites:
  - { id: tea, inviter: thanks, invited: welcome, uses: 9, perInviter: { day: 3, total: 4 } }
attributes: [device]
caps:
  - { id: device, of: device, counts: grants, limit: 6, missing: shared }
holdout: { share: 30 % }
`;

export async function inviteLife(life: CampaignLife): Promise<void> {
  await life.open(FRIENDS);
  await life.at("2026-07-04T09:00:00Z");
  const { engine } = life;
  const codes: string[] = [];
  for (const user of ["user-1", "user-2", "user-3", "user-4"]) {
    const input = { id: `code-${user}`, invite: "tea", user, attributes: { device: user } };
    const { code } = await engine.money("invite.create", "friends", input);
    if (code !== undefined) codes.push(code);
  }
  for (let i = 10; i < 24; i++) {
    const code = codes[i % codes.length]!;
    const device = i % 3 === 0 ? {} : { attributes: { device: `device-${i}` } };
    const input = { id: `accept-${i}`, user: `user-${i}`, code, ...device };
    await engine.money("invite.accept", "friends", input);
  }
  await life.at("2026-07-05T09:00:00Z");
  await life.at("2026-07-08T00:00:00Z");
  await life.at("2026-07-08T02:00:00Z");
  await life.phase("friends", "close");
}
