// The peer's decision: one Lua script, made from a campaign's definition, which does in Redis the
// checks that hongbao does at a claim, in the same order, and writes the same facts: the binding of
// the id with its fingerprint, the arm, the grant's row, and every cell that the grant charges.
// Made as quick as we could: constants are written into the text, the cells of a user and of the
// campaign are packed into one string each, all is read by one MGET and written by one MSET.
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

/** ARGV: id, fingerprint (16 hex), user, offer, nowMs, notAfterMs, day, hour, draw of the arm in
 * [0, 2^32), then attributes. */
const FIXED_ARGS = 9;

interface CapCode {
  index: number;
  cap: CapDefinition;
  /** Where the cell lives: in the user's string, in the campaign's, or under a key of its own. */
  home: "user" | "campaign" | "key";
  /** Lua expression: the key's name, for cells that have one. */
  name: string;
  /** Lua variable with the ordinal of the current window; null for per: total. */
  window: string | null;
  /** Lua condition under which the cap applies; null: always. */
  when: string | null;
}

export function claimScript(campaign: CampaignDefinition): ClaimScript {
  const caps = campaign.caps
    .filter((cap) => cap.on === "claim")
    .map((cap, index) => capCode(campaign, cap, index));
  const text = [
    reads(caps, campaign),
    replay(campaign),
    offerBranch(campaign),
    unpack("b", "phase, used, grants", "Bdd", "0, 0, 0", inHome(caps, "campaign")),
    phases(campaign),
    unpack("u", "arm", "B", "255", inHome(caps, "user")),
    ...inHome(caps, "key").map((one, at) => `local v${one.index} = tonumber(k[${at + 4}] or 0)`),
    assignment(campaign),
    decision(caps, campaign),
    refusals(caps, campaign),
    writes(caps),
  ].join("\n");
  return { text, sha: createHash("sha1").update(text).digest("hex") };
}

function inHome(caps: CapCode[], home: CapCode["home"]): CapCode[] {
  return caps.filter((one) => one.home === home);
}

function reads(caps: CapCode[], campaign: CampaignDefinition): string {
  const keys = inHome(caps, "key");
  const names = ["'c:' .. id", "'u:' .. user", "'b'", ...keys.map((one) => `k${one.index}`)];
  const needsWave = campaign.caps.some((cap) => cap.dimension === "wave");
  if (needsWave) throw new Error("a cap of dimension wave without an id is not in this script");
  return `local id, fp, user, offer = ARGV[1], ARGV[2], ARGV[3], ARGV[4]
local now, day, hour = tonumber(ARGV[5]), tonumber(ARGV[7]), tonumber(ARGV[8])
${keys.map((one) => `local k${one.index} = ${one.name}`).join("\n")}
local k = redis.call('MGET', ${names.join(", ")})`;
}

function replay(campaign: CampaignDefinition): string {
  return `local bound = k[1]
if bound then
  if string.sub(bound, 1, 16) == fp then return {ok = 'replayed ' .. string.sub(bound, 18)} end
  return {ok = 'id_conflict'}
end
if now > tonumber(ARGV[6]) then return {ok = 'stale'} end
if now < ${campaign.startsAtMs} then return {ok = 'not_open'} end`;
}

/** A packed string is its fixed fields, then a double a cap, and one more for its window. */
function unpack(
  name: string,
  fixed: string,
  format: string,
  none: string,
  caps: CapCode[],
): string {
  const slot = name === "u" ? 2 : 3;
  const fields = caps.map((one) =>
    one.window ? `, v${one.index}, w${one.index}` : `, v${one.index}`,
  );
  const zeros = caps.map((one) => (one.window ? ", 0, 0" : ", 0"));
  const lines = [
    `local ${fixed}${fields.join("")} = ${none}${zeros.join("")}`,
    `if k[${slot}] then ${fixed}${fields.join("")} = ` +
      `struct.unpack('<${format}${packedCells(caps)}', k[${slot}]) end`,
  ];
  for (const { index, window } of caps) {
    if (window) lines.push(`if w${index} ~= ${window} then v${index} = 0 end`);
  }
  return lines.join("\n");
}

function packedCells(caps: CapCode[]): string {
  return caps.map((one) => (one.window ? "dd" : "d")).join("");
}

function phases(campaign: CampaignDefinition): string {
  return `if now >= ${campaign.endsAtMs} or phase == 2 then return {ok = 'ended'} end
if phase == 1 then return {ok = 'paused'} end
if now >= to then return {ok = 'not_open'} end`;
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
  if (offer.reward.kind === "pot") throw new RangeError(`${offer.id}: this script has no pots`);
  if (offer.reward.kind !== "table") throw new RangeError(`${offer.id}: nobody can claim it`);
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

function assignment(campaign: CampaignDefinition): string {
  const threshold = Math.round(campaign.assignment.holdoutShare * 2 ** 32);
  return `local fresh = arm == 255
if fresh then
  if tonumber(ARGV[9]) < ${threshold} then arm = 0 else arm = 1 end
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
  lines.push(
    `if status == 'granted' and not (used + amount <= ${campaign.budgetMinor}) then ` +
      "status = 'budget_exhausted' end",
  );
  return lines.join("\n");
}

function refusals(caps: CapCode[], campaign: CampaignDefinition): string {
  const shown = campaign.assignment.masked ? "no_offer" : "held_out";
  const keepArm = `if fresh then redis.call('SET', 'u:' .. user, ${packUser(caps, () => "")}) end`;
  return `if arm == 0 then
  redis.call('SET', 'c:' .. id, fp .. ' ${shown} ' .. status .. ' ' .. amount)
  ${keepArm}
  return {ok = '${shown}'}
end
if status ~= 'granted' then
  ${keepArm}
  return {ok = status}
end`;
}

function packUser(caps: CapCode[], charge: (one: CapCode) => string): string {
  const own = inHome(caps, "user");
  return `struct.pack('<B${packedCells(own)}', arm${cellArguments(own, charge)})`;
}

function cellArguments(caps: CapCode[], charge: (one: CapCode) => string): string {
  return caps
    .map((one) => `, v${one.index}${charge(one)}${one.window ? `, ${one.window}` : ""}`)
    .join("");
}

function writes(caps: CapCode[]): string {
  const charge = (one: CapCode): string => {
    const by = one.cap.counts === "money" ? "amount" : "1";
    return one.when === null ? ` + ${by}` : ` + ((${one.when}) and ${by} or 0)`;
  };
  const ofCampaign = inHome(caps, "campaign");
  const campaign =
    `struct.pack('<Bdd${packedCells(ofCampaign)}', phase, used + amount, ordinal` +
    `${cellArguments(ofCampaign, charge)})`;
  const keys = inHome(caps, "key");
  const lasting = keys.filter((one) => one.window === null);
  const closing = keys.filter((one) => one.window !== null);
  const sets = lasting.map((one) => `,\n  k${one.index}, v${one.index}${charge(one)}`).join("");
  return `local ordinal = grants + 1
local answer = string.format('granted %.0f %.0f %.0f', ordinal, amount, expires)
redis.call('MSET', 'c:' .. id, fp .. ' ' .. answer,
  'g:' .. ordinal, struct.pack('<Bddd', arm, amount, expires, now) .. table.concat(ARGV, ' '),
  'u:' .. user, ${packUser(caps, charge)},
  'b', ${campaign}${sets})
${closing.map((one) => closingWrite(one, charge)).join("\n")}
return {ok = answer}`;
}

// What belongs to a window that closes must go away by itself, or memory fills with past hours.
function closingWrite(one: CapCode, charge: (one: CapCode) => string): string {
  const lastsMs = one.cap.per === "day" ? 90_000_000 : 3_600_000;
  const until = `string.format('%.0f', now + ${lastsMs})`;
  return `redis.call('SET', k${one.index}, v${one.index}${charge(one)}, 'PXAT', ${until})`;
}

function capCode(campaign: CampaignDefinition, cap: CapDefinition, index: number): CapCode {
  if (cap.per === "minute") throw new Error(`cap ${cap.id}: minutes are not in this script`);
  const window = cap.per === "total" ? null : cap.per;
  const [dimension = "", only] = cap.dimension.split(":");
  const base = { index, cap, window, name: "", when: null };
  if (dimension === "user" || dimension === "campaign") return { ...base, home: dimension };
  if (dimension === "wave") {
    const ordinal = campaign.waves.findIndex((wave) => wave.id === only);
    return { ...base, home: "campaign", when: `wave == ${ordinal}` };
  }
  if (dimension === "offer" && only !== undefined) {
    return { ...base, home: "campaign", when: `offer == ${quote(only)}` };
  }
  const attribute = campaign.attributes.indexOf(dimension);
  if (attribute < 0) throw new Error(`cap ${cap.id}: unknown dimension ${cap.dimension}`);
  const arg = `ARGV[${FIXED_ARGS + 1 + attribute}]`;
  const name = `'k${index}:' .. ${arg}${window === null ? "" : ` .. ':' .. ${window}`}`;
  return { ...base, home: "key", name, when: cap.missing === "skip" ? `${arg} ~= ''` : null };
}

function quote(text: string): string {
  return `'${text.replace(/[\\']/g, "\\$&")}'`;
}
