// The cells that schedules must visit: command | state that it meets | statuses. A state is the
// grant's, the user's, the id's or the campaign's, whichever decides. What is not here cannot
// happen: a closed campaign has no live grant, for one. `~`: so rare that only a long run must have
// met it.

export interface Cell {
  /** command | state | status */
  name: string;
  rare: boolean;
}

const TABLE = `
approve | any | invalid_campaign
approve | closed | ~campaign_closed
approve | ended | ~own_proposal ~revised ~unknown_proposal
approve | open | ok own_proposal revised unknown_proposal
approve | paused | ~own_proposal ~revised ~unknown_proposal
assign | any | invalid_request
assign | held-out user | assigned unknown_audience ~ended ~assignment_missing
assign | member | assigned ~ended ~unknown_audience
assign | new user | assigned assignment_missing ended unknown_audience ~campaign_closed
assign | user | assigned ended unknown_audience ~assignment_missing
beacon | awaited | beacon_early beacon_invalid beacon_unexpected ok ~campaign_closed
beacon | known | beacon_invalid beacon_unexpected ok
campaign.show | closed | ok
campaign.show | ended | ok
campaign.show | open | ok
campaign.show | paused | ok
cancel | cancelled | already_cancelled ~campaign_closed
cancel | clawed_back | already_clawed_back
cancel | expired | expired ~campaign_closed
cancel | held | held
cancel | held, over | ~expired
cancel | id of cancel | cancelled id_conflict
cancel | id of claim | id_conflict
cancel | id of clawback | ~id_conflict
cancel | id of extend | ~id_conflict
cancel | id of hold | id_conflict
cancel | id of redeem | id_conflict
cancel | id of reverse | id_conflict
cancel | live | cancelled
cancel | live, over | expired
cancel | none | unknown_grant
cancel | partly spent | cancelled
cancel | partly spent, over | expired
cancel | redeemed | already_redeemed ~campaign_closed
claim | any | invalid_request
claim | granted | granted id_conflict
claim | held-out user | ended held_out no_offer not_eligible not_open paused stale unknown_offer
claim | member | budget_exhausted cap_reached ended granted not_open paused stale
claim | member | not_eligible ~missing_attribute ~unknown_offer
claim | new user | assignment_missing budget_exhausted cap_reached ended granted held_out
claim | new user | missing_attribute no_offer not_eligible not_open paused stale unknown_offer
claim | new user | paced not_yet
claim | member | ~not_yet
claim | member | ~paced
claim | user | paced
claim | other | id_conflict
claim | user | budget_exhausted cap_reached ended granted missing_attribute not_eligible
claim | user | not_open paused stale unknown_offer
claim | withheld | held_out id_conflict no_offer
clawback | cancelled | already_cancelled ~clawed_back
clawback | clawed_back | already_clawed_back
clawback | expired | expired ~clawed_back
clawback | held | clawed_back
clawback | held, over | ~expired
clawback | id of cancel | ~id_conflict
clawback | id of claim | id_conflict
clawback | id of clawback | clawed_back ~id_conflict
clawback | id of hold | id_conflict
clawback | id of redeem | id_conflict
clawback | id of release | ~id_conflict
clawback | id of reverse | ~id_conflict
clawback | live | clawed_back
clawback | live, over | expired
clawback | none | unknown_grant
clawback | partly spent | ~clawed_back
clawback | redeemed | clawed_back
close | closed | ok
close | ended | ~ok ~settling_unfinished
close | open | ok settling_unfinished
close | paused | settling_unfinished ~ok
cover | cancelled | covered lost ~amount_too_large
cover | clawed_back | ~amount_too_large ~covered ~lost
cover | expired | covered lost still_redeemable amount_too_large ~already_recorded
cover | held | ~held
cover | id of cover | covered lost id_conflict
cover | live | still_redeemable
cover | live, over | covered lost still_redeemable amount_too_large
cover | none | unknown_grant
cover | partly spent, over | ~lost ~still_redeemable
cover | redeemed | covered lost ~already_recorded ~amount_too_large
end | closed | ~campaign_closed
end | ended | ok
end | open | ok
end | paused | ~ok
grant.show | closed | unknown_grant ~ok
grant.show | ended | ok unknown_grant
grant.show | open | ok unknown_grant
grant.show | paused | ok unknown_grant
list | closed | campaign_closed ~unknown_list
list | ended | listed ~unknown_list
list | open | listed unknown_list
list | paused | listed ~unknown_list
extend | cancelled | already_cancelled ~campaign_closed
extend | clawed_back | already_clawed_back
extend | expired | expired
extend | held | ~after_close ~extended ~not_later
extend | held, over | ~expired
extend | id of cancel | ~id_conflict
extend | id of claim | id_conflict
extend | id of clawback | ~id_conflict
extend | id of cover | ~id_conflict
extend | id of extend | ~extended ~id_conflict
extend | id of hold | ~id_conflict
extend | id of redeem | ~id_conflict
extend | id of release | ~id_conflict
extend | id of reverse | ~id_conflict
extend | live | after_close extended not_later
extend | live, over | expired
extend | none | unknown_grant
extend | partly spent | ~after_close ~extended ~not_later
extend | partly spent, over | ~expired
extend | redeemed | already_redeemed
hold | cancelled | already_cancelled
hold | clawed_back | already_clawed_back ~campaign_closed
hold | expired | expired ~campaign_closed
hold | held | held
hold | id of cancel | ~id_conflict
hold | id of claim | id_conflict
hold | id of clawback | ~id_conflict
hold | id of hold | hold_placed ~id_conflict
hold | id of redeem | id_conflict
hold | id of release | ~id_conflict
hold | id of reverse | ~id_conflict
hold | live | hold_placed
hold | live, over | expired
hold | none | unknown_grant
hold | partly spent | ~hold_placed
hold | partly spent, over | ~expired
hold | redeemed | already_redeemed
invite.accept | any | invalid_request
invite.accept | held-out user | ended held_out no_offer id_conflict invite_expired ~paused
invite.accept | new user | accepted cap_reached ended invite_expired stale ~budget_exhausted
invite.accept | new user | code_mistyped unknown_code ~held_out ~no_offer ~not_eligible ~not_yet
invite.accept | user | accepted already_accepted budget_exhausted cap_reached code_mistyped ended
invite.accept | user | id_conflict invite_expired invite_used_up not_new own_invite unknown_code
invite.accept | user | ~invite_circle ~missing_attribute ~not_eligible ~not_open ~paused ~stale
invite.create | any | invalid_request
invite.create | held-out user | ended held_out no_offer not_open id_conflict
invite.create | new user | assignment_missing ended held_out invited no_offer not_eligible not_open
invite.create | new user | missing_attribute paused stale unknown_invite not_yet
invite.create | user | ended id_conflict invited not_eligible not_open stale unknown_invite ~paused
invite.create | user | missing_attribute
invite.show | closed | ~ok
invite.show | ended | ok
invite.show | open | ok
invite.show | paused | ok
offers | any | invalid_request
offers | held-out user | ok
offers | member | ok
offers | new user | ok
offers | user | ok
pause | closed | campaign_closed
pause | ended | ended
pause | open | ok
pause | paused | ok
redeem | any | invalid_request
redeem | cancelled | already_cancelled stale ~campaign_closed
redeem | clawed_back | already_clawed_back stale
redeem | expired | ~campaign_closed expired redeemed stale ~amount_too_large ~cap_reached
redeem | held | held ~stale
redeem | held, over | ~expired
redeem | id of cancel | id_conflict
redeem | id of claim | id_conflict
redeem | id of clawback | id_conflict
redeem | id of extend | ~id_conflict
redeem | id of hold | id_conflict
redeem | id of redeem | id_conflict redeemed
redeem | id of release | ~id_conflict
redeem | id of reverse | id_conflict
redeem | live | amount_too_large cap_reached missing_attribute redeemed stale immature rehearsal
redeem | live | budget_spent
redeem | partly spent | ~budget_spent
redeem | live, over | expired redeemed stale ~amount_too_large ~immature
redeem | none | stale unknown_grant
redeem | partly spent | amount_too_large cap_reached redeemed stale ~missing_attribute
redeem | partly spent, over | expired ~redeemed ~stale
redeem | redeemed | already_redeemed stale ~campaign_closed
reject | closed | ~rejected ~unknown_proposal
reject | ended | ~rejected ~unknown_proposal
reject | open | rejected unknown_proposal
reject | paused | ~rejected ~unknown_proposal
release | cancelled | ~not_held
release | clawed_back | not_held ~campaign_closed
release | expired | ~not_held
release | held | released
release | held, over | ~expired
release | id of claim | id_conflict
release | id of clawback | ~id_conflict
release | id of hold | id_conflict
release | id of redeem | ~id_conflict
release | id of release | ~id_conflict ~released
release | id of reverse | ~id_conflict
release | live | not_held
release | live, over | not_held
release | none | ~unknown_grant
release | redeemed | ~not_held
resume | closed | campaign_closed
resume | ended | ended
resume | open | ok
resume | paused | ok
reverse | cancelled | already_reversed reversed
reverse | cancelled, closed | ~already_reversed ~reversed
reverse | clawed_back | already_reversed reversed
reverse | expired | already_reversed reversed
reverse | expired, closed | ~already_reversed
reverse | held | already_reversed ~reversed
reverse | id of cancel | id_conflict
reverse | id of claim | id_conflict
reverse | id of clawback | ~id_conflict
reverse | id of extend | ~id_conflict
reverse | id of hold | ~id_conflict
reverse | id of redeem | id_conflict
reverse | id of reverse | id_conflict reversed
reverse | live | already_reversed
reverse | live, over | already_reversed
reverse | none | unknown_redemption
reverse | partly spent | already_reversed reversed
reverse | partly spent, over | reversed ~already_reversed
reverse | redeemed | already_reversed reversed
reverse | redeemed, closed | ~reversed
revise | any | invalid_campaign invalid_request
revise | closed | campaign_closed ~ok ~revision_conflict
revise | ended | ok proposed revised ~revision_conflict
revise | open | ok proposed revised revision_conflict
revise | paused | ok proposed revised ~revision_conflict
repay | cancelled | ~nothing_owed
repay | clawed_back | nothing_owed ~more_than_owed ~received
repay | expired | nothing_owed
repay | held | ~nothing_owed
repay | id of claim | ~id_conflict
repay | id of clawback | ~id_conflict
repay | id of hold | ~id_conflict
repay | id of redeem | ~id_conflict
repay | id of repay | ~received
repay | live | ~nothing_owed
repay | live, over | ~nothing_owed
repay | none | ~unknown_grant
repay | partly spent | ~nothing_owed
repay | redeemed | ~nothing_owed
see | closed | ~campaign_closed ~unknown_surface
see | ended | ~unknown_surface
see | exposed | ok
see | exposed_before | ok
see | not_assigned | ok
see | open | unknown_surface
see | paused | ~unknown_surface
see | seen_early | ok
see | seen_late | ok
sweep | ended | ok
sweep | open | ok
sweep | paused | ok
uncover | cancelled | reversed ~already_reversed
uncover | clawed_back | ~already_reversed ~reversed
uncover | expired | reversed ~already_reversed
uncover | held | ~reversed ~unknown_redemption
uncover | id of cover | ~id_conflict
uncover | id of uncover | reversed ~id_conflict
uncover | live | ~already_reversed ~reversed
uncover | live, over | reversed ~already_reversed
uncover | none | unknown_grant
uncover | partly spent | ~reversed
uncover | redeemed | ~already_reversed reversed
user.grants | closed | ok
user.grants | ended | ok
user.grants | open | ok
user.grants | paused | ok
`;

const CELLS: readonly Cell[] = TABLE.trim()
  .split("\n")
  .flatMap((line) => {
    const [command, state, statuses] = line.split(" | ") as [string, string, string];
    return statuses.split(" ").map((status) => {
      const rare = status.startsWith("~");
      return { name: `${command} | ${state} | ${status.slice(rare ? 1 : 0)}`, rare };
    });
  });

/** Runs of so many seeds must meet the rare cells, too. */
const LONG_RUN_SEEDS = 50_000;

/** Cells of the table that were never visited. */
export function missedCells(visited: ReadonlySet<string>, seeds: number): string[] {
  return CELLS.filter(
    ({ name, rare }) => !visited.has(name) && (!rare || seeds >= LONG_RUN_SEEDS),
  ).map(({ name }) => name);
}
