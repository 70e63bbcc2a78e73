// The peer's decision: one Lua script, made from a campaign's definition, which does in Redis the
// checks that hongbao does at a claim, in the same order, and writes the same facts: the binding of
// the id with its fingerprint, the arm, the grant's row, and every cell that the grant charges.
// Made as quick as we could: constants are written into the text, a user's cells are one hash, the
// campaign's another, and cells that do not expire are read by one MGET and written by one MSET.
import { createHash } from "node:crypto";
import type {
  CampaignDefinition,
  CapDefinition,
  OfferDefinition,
} from "../../src/core/definition.ts";

export interface ClaimScript {
  text: string;
  sha: string;
}

/** ARGV: id, fingerprint (16 hex), user, offer, nowMs, notAfterMs, day, hour, then attributes. */
export const FIXED_ARGS = 8;

interface CapCode {
  index: number;
  cap: CapDefinition;
  home: "user" | "campaign" | "key";
  /** Lua expression for the name of the field or key. */
  name: string;
  /** Lua condition under which the cap applies; null: always. */
  when: string | null;
}

export function claimScript(campaign: CampaignDefinition): ClaimScript {
  const caps = campaign.caps
    .filter((cap) => cap.on === "claim")
    .map((cap, index) => capCode(campaign, cap, index));
  const text = [
    header(campaign),
    offerBranch(campaign),
    reads(caps, campaign),
    assignment(campaign),
    decision(caps, campaign),
    refusals(campaign),
    writes(caps),
  ].join("\n");
  return { text, sha: createHash("sha1").update(text).digest("hex") };
}

function header(campaign: CampaignDefinition): string {
  return `local id, fp, user, offer = ARGV[1], ARGV[2], ARGV[3], ARGV[4]
local now, day, hour = tonumber(ARGV[5]), ARGV[7], ARGV[8]
local bound = redis.call('GET', 'c:' .. id)
if bound then
  if string.sub(bound, 1, 16) == fp then return {ok = 'replayed ' .. string.sub(bound, 18)} end
  return {ok = 'id_conflict'}
end
if now > tonumber(ARGV[6]) then return {ok = 'stale'} end
if now < ${campaign.startsAtMs} then return {ok = 'not_open'} end`;
}

function offerBranch(campaign: CampaignDefinition): string {
  const branches = campaign.offers.map((offer, index) => {
    const wave = campaign.waves[offer.wave];
    if (wave === undefined) throw new Error(`offer ${offer.id} has no wave`);
    return `${index === 0 ? "if" : "elseif"} offer == ${quote(offer.id)} then
  wave, from, to = ${offer.wave}, ${wave.fromMs}, ${wave.toMs}
  expires = ${offer.expiry.kind === "at" ? offer.expiry.atMs : `now + ${offer.expiry.afterMs}`}
  ${amountOf(offer, campaign)}`;
  });
  return `local wave, from, to, expires, amount
${branches.join("\n")}
else return {ok = 'unknown_offer'} end
if now < from then return {ok = 'not_open'} end`;
}

function amountOf(offer: OfferDefinition, campaign: CampaignDefinition): string {
  if (offer.reward.kind === "fixed") return `amount = ${offer.reward.amountMinor}`;
  const { entries } = offer.reward;
  const total = entries.reduce((sum, entry) => sum + entry.odds, 0);
  let below = 0;
  const steps = entries.map((entry, index) => {
    below += entry.odds;
    const test = index === entries.length - 1 ? "else" : `if dice < ${below} then`;
    return `${index > 0 && test !== "else" ? "else" : ""}${test} amount = ${entry.amountMinor}`;
  });
  const word = `redis.sha1hex(${quote(campaign.assignment.salt)} .. offer .. user)`;
  const dice = `local dice = tonumber(string.sub(${word}, 1, 8), 16) % ${total}`;
  return `${dice}\n  ${steps.join("\n  ")} end`;
}

function reads(caps: CapCode[], campaign: CampaignDefinition): string {
  const inCampaign = caps.filter((one) => one.home === "campaign").map((one) => one.name);
  const inUser = caps.filter((one) => one.home === "user").map((one) => one.name);
  const keys = caps.filter((one) => one.home === "key");
  const lines: string[] = [];
  const campaignFields = ["'phase'", "'used'", "'grants'", ...inCampaign].join(", ");
  lines.push(`local c = redis.call('HMGET', 'campaign', ${campaignFields})`);
  lines.push(`if now >= ${campaign.endsAtMs} or c[1] == 'ended' then return {ok = 'ended'} end`);
  lines.push("if c[1] == 'paused' then return {ok = 'paused'} end");
  lines.push("if now >= to then return {ok = 'not_open'} end");
  lines.push("local ukey = 'u:' .. user");
  lines.push(`local u = redis.call('HMGET', ${["ukey", "'arm'", ...inUser].join(", ")})`);
  for (const { index, name } of keys) lines.push(`local k${index} = ${name}`);
  if (keys.length > 0) {
    lines.push(`local k = redis.call('MGET', ${keys.map((one) => `k${one.index}`).join(", ")})`);
  }
  const slots = { user: 1, campaign: 3, key: 0 };
  const array = { user: "u", campaign: "c", key: "k" };
  for (const { index, home } of caps) {
    slots[home] += 1;
    lines.push(`local v${index} = tonumber(${array[home]}[${slots[home]}] or 0)`);
  }
  return lines.join("\n");
}

function assignment(campaign: CampaignDefinition): string {
  const threshold = Math.round(campaign.assignment.holdoutShare * 2 ** 32);
  return `local arm = u[1]
local fresh = not arm
if fresh then
  local draw = tonumber(string.sub(redis.sha1hex('${campaign.assignment.salt}' .. user), 1, 8), 16)
  if draw < ${threshold} then arm = '0' else arm = '1' end
end`;
}

function decision(caps: CapCode[], campaign: CampaignDefinition): string {
  const lines = ["local status = 'granted'"];
  for (const { index, cap, when } of caps) {
    const by = cap.counts === "money" ? "amount" : "1";
    const condition = when === null ? "" : `(${when}) and `;
    const attribute = campaign.attributes.indexOf(cap.dimension);
    if (attribute >= 0 && cap.missing === "refuse") {
      const absent = `status == 'granted' and ARGV[${FIXED_ARGS + 1 + attribute}] == ''`;
      lines.push(`if ${absent} then status = ${quote(`missing_attribute ${cap.id}`)} end`);
    }
    lines.push(
      `if status == 'granted' and ${condition}not (v${index} + ${by} <= ${cap.limit}) then ` +
        `status = ${quote(`cap_reached ${cap.id}`)} end`,
    );
  }
  lines.push("local used = tonumber(c[2] or 0)");
  lines.push(
    `if status == 'granted' and not (used + amount <= ${campaign.budgetMinor}) then ` +
      "status = 'budget_exhausted' end",
  );
  return lines.join("\n");
}

function refusals(campaign: CampaignDefinition): string {
  const shown = campaign.assignment.masked ? "no_offer" : "held_out";
  return `if arm == '0' then
  redis.call('SET', 'c:' .. id, fp .. ' ${shown} ' .. status .. ' ' .. amount)
  if fresh then redis.call('HSET', ukey, 'arm', arm) end
  return {ok = '${shown}'}
end
if status ~= 'granted' then
  if fresh then redis.call('HSET', ukey, 'arm', arm) end
  return {ok = status}
end`;
}

function writes(caps: CapCode[]): string {
  const add = (one: CapCode): string => {
    const by = one.cap.counts === "money" ? "amount" : "1";
    return one.when === null
      ? `v${one.index} + ${by}`
      : `v${one.index} + ((${one.when}) and ${by} or 0)`;
  };
  const pairs = (home: string): string =>
    caps
      .filter((one) => one.home === home)
      .map((one) => `, ${one.name}, ${add(one)}`)
      .join("");
  const keys = caps.filter((one) => one.home === "key");
  const lasting = keys.filter((one) => one.cap.per === "total");
  const closing = keys.filter((one) => one.cap.per !== "total");
  const sets = lasting.map((one) => `, k${one.index}, ${add(one)}`).join("");
  const row =
    "user .. ' ' .. offer .. ' ' .. amount .. ' ' .. expires .. ' ' .. arm .. ' ' .. now .. ' ' .. " +
    `id .. ' ' .. table.concat(ARGV, ' ', ${FIXED_ARGS + 1})`;
  return `local ordinal = tonumber(c[3] or 0) + 1
local answer = 'granted ' .. ordinal .. ' ' .. amount .. ' ' .. string.format('%.0f', expires)
redis.call('MSET', 'c:' .. id, fp .. ' ' .. answer, 'g:' .. ordinal, ${row}${sets})
redis.call('HSET', ukey, 'arm', arm${pairs("user")})
redis.call('HSET', 'campaign', 'used', used + amount, 'grants', ordinal${pairs("campaign")})
${closing
  .map(
    (one) =>
      `redis.call('SET', k${one.index}, ${add(one)}, 'PXAT', ` +
      `string.format('%.0f', now + ${one.cap.per === "day" ? 90_000_000 : 3_600_000}))`,
  )
  .join("\n")}
return {ok = answer}`;
}

function capCode(campaign: CampaignDefinition, cap: CapDefinition, index: number): CapCode {
  const window = { total: "", day: " .. ':' .. day", hour: " .. ':' .. hour", minute: null }[
    cap.per
  ];
  if (window === null) throw new Error(`cap ${cap.id}: windows of a minute are not in this script`);
  const [dimension = "", only] = cap.dimension.split(":");
  const base = { index, cap };
  if (dimension === "user")
    return { ...base, home: "user", name: `'k${index}'${window}`, when: null };
  if (dimension === "wave" || dimension === "offer") {
    if (only === undefined) {
      return {
        ...base,
        home: "campaign",
        name: `'k${index}:' .. ${dimension}${window}`,
        when: null,
      };
    }
    const ordinal = campaign.waves.findIndex((wave) => wave.id === only);
    const when = dimension === "wave" ? `wave == ${ordinal}` : `offer == ${quote(only)}`;
    return { ...base, home: "campaign", name: `'k${index}'${window}`, when };
  }
  if (dimension === "campaign") {
    return { ...base, home: "campaign", name: `'k${index}'${window}`, when: null };
  }
  const attribute = campaign.attributes.indexOf(dimension);
  if (attribute < 0) throw new Error(`cap ${cap.id}: unknown dimension ${cap.dimension}`);
  const arg = `ARGV[${FIXED_ARGS + 1 + attribute}]`;
  const when = cap.missing === "skip" ? `${arg} ~= ''` : null;
  return { ...base, home: "key", name: `'k${index}:' .. ${arg}${window}`, when };
}

function quote(text: string): string {
  return `'${text.replace(/[\\']/g, "\\$&")}'`;
}
