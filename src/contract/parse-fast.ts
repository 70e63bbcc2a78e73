// The validators of the two hot requests by hand: what they accept, the Zod schemas accept with an
// equal result, and the other way round (a property test says so). Whatever they doubt goes to
// parse(), which also words the message.
import { LIMITS } from "../base/limits.ts";
import { parse } from "./parse.ts";
import { type ClaimInput, claimSchema } from "./schema/claim.ts";
import { type Facts, type FactValue, isFactText } from "./schema/facts.ts";
import { type RedeemInput, redeemSchema } from "./schema/redeem.ts";
import {
  ATTRIBUTE_NAME,
  type Attributes,
  CAMPAIGN_ID,
  isText,
  MAX_INSTANT_MS,
} from "./schema/text.ts";

/** Throws HongbaoError `invalid_request`. The result shares nothing with the input. */
export function parseClaim(input: unknown): ClaimInput {
  return fastClaim(input) ?? parse(input, claimSchema);
}

/** Throws HongbaoError `invalid_request`. The result shares nothing with the input. */
export function parseRedeem(input: unknown): RedeemInput {
  return fastRedeem(input) ?? parse(input, redeemSchema);
}

/** Null when in doubt. */
export function fastClaim(input: unknown): ClaimInput | null {
  if (!isPlain(input)) return null;
  const { id, user, offer } = input;
  if (!isId(id) || !isId(user) || !isId(offer)) return null;
  const claim: ClaimInput = { id, user, offer };
  for (const key in input) {
    const value = input[key];
    switch (key) {
      case "id":
      case "user":
      case "offer":
        break;
      case "attributes": {
        const attributes = fastAttributes(value);
        if (attributes === null) return null;
        claim.attributes = attributes;
        break;
      }
      case "facts": {
        const facts = fastFacts(value);
        if (facts === null) return null;
        claim.facts = facts;
        break;
      }
      case "notAfterMs":
        if (!isInstant(value)) return null;
        claim.notAfterMs = value;
        break;
      case "variant":
        if (typeof value !== "string" || !CAMPAIGN_ID.test(value)) return null;
        claim.variant = value;
        break;
      case "ref":
        if (typeof value !== "string" || !isText(value, LIMITS.refBytes)) return null;
        claim.ref = value;
        break;
      default:
        return null;
    }
  }
  return claim;
}

/** Null when in doubt. */
export function fastRedeem(input: unknown): RedeemInput | null {
  if (!isPlain(input)) return null;
  const { id, grant } = input;
  if (!isId(id) || !isId(grant)) return null;
  const redemption: RedeemInput = { id, grant };
  for (const key in input) {
    const value = input[key];
    switch (key) {
      case "id":
      case "grant":
        break;
      case "amountMinor":
        if (!isAmount(value)) return null;
        redemption.amountMinor = value;
        break;
      case "attributes": {
        const attributes = fastAttributes(value);
        if (attributes === null) return null;
        redemption.attributes = attributes;
        break;
      }
      case "paidAtMs":
        if (!isInstant(value)) return null;
        redemption.paidAtMs = value;
        break;
      case "notAfterMs":
        if (!isInstant(value)) return null;
        redemption.notAfterMs = value;
        break;
      default:
        return null;
    }
  }
  return redemption;
}

function isPlain(value: unknown): value is Record<string, unknown> {
  return (
    typeof value === "object" && value !== null && Object.getPrototypeOf(value) === Object.prototype
  );
}

function isId(value: unknown): value is string {
  return typeof value === "string" && isText(value, LIMITS.idBytes);
}

function isAmount(value: unknown): value is number {
  return typeof value === "number" && Number.isSafeInteger(value) && value >= 1;
}

function isInstant(value: unknown): value is number {
  return isAmount(value) && value <= MAX_INSTANT_MS;
}

function fastAttributes(value: unknown): Attributes | null {
  if (!isPlain(value)) return null;
  const attributes: Attributes = {};
  let count = 0;
  for (const name in value) {
    const text = value[name];
    if (!ATTRIBUTE_NAME.test(name) || !isId(text)) return null;
    attributes[name] = text;
    count += 1;
  }
  return count <= LIMITS.attributes ? attributes : null;
}

function fastFacts(value: unknown): Facts | null {
  if (!isPlain(value)) return null;
  const facts: Facts = {};
  let count = 0;
  for (const name in value) {
    const fact = value[name];
    if (!ATTRIBUTE_NAME.test(name)) return null;
    if (Array.isArray(fact)) {
      if (fact.length > LIMITS.factItems) return null;
      const isOneKind = fact.every(isFactOf("string")) || fact.every(isFactOf("number"));
      if (!isOneKind) return null;
      facts[name] = [...fact] as FactValue;
    } else {
      if (!isFactOf("string")(fact) && !isFactOf("number")(fact) && typeof fact !== "boolean") {
        return null;
      }
      facts[name] = fact as FactValue;
    }
    count += 1;
  }
  return count <= LIMITS.facts ? facts : null;
}

/** Numbers as JSON has them: neither NaN nor infinite. */
function isFactOf(kind: "string" | "number"): (value: unknown) => boolean {
  if (kind === "number") return (value) => typeof value === "number" && Number.isFinite(value);
  return (value) => typeof value === "string" && isFactText(value);
}
