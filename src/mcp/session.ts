// For whom a connection acts. It is set by whoever starts the connection, by flag or header, never
// by the model: no tool has an input for it.
import { HongbaoError } from "../base/error.ts";
import { parse, parseJsonText, type Scope } from "../contract/index.ts";
import { type Facts, factsSchema } from "../contract/schema/facts.ts";
import { attributesSchema, campaignIdSchema, idSchema } from "../contract/schema/text.ts";

export interface Session {
  /** The user that the tools act for; null: a manager, who only reads. */
  user: string | null;
  /** The only campaign; null: the model names one. */
  campaign: string | null;
  /** What claims and redemptions carry, such as device, ip, merchant. */
  attributes: Record<string, string>;
  /** What conditions are judged by. */
  facts: Facts;
  /** Of the key, where it is known: tools that it may not call are not shown. */
  scope: Scope | null;
}

export const HEADERS = {
  user: "hongbao-user",
  campaign: "hongbao-campaign",
  attributes: "hongbao-attributes",
  facts: "hongbao-facts",
} as const;

/** Reads the session from headers; values outside ASCII come percent-encoded. */
export function sessionOf(
  headers: Readonly<Record<string, string | string[] | undefined>>,
  scope: Scope,
): Session {
  const user = textOf(headers, HEADERS.user);
  const campaign = textOf(headers, HEADERS.campaign);
  const attributes = textOf(headers, HEADERS.attributes);
  const facts = textOf(headers, HEADERS.facts);
  return {
    user: user === null ? null : named(HEADERS.user, () => parse(user, idSchema("The user."))),
    campaign:
      campaign === null ? null : named(HEADERS.campaign, () => parse(campaign, campaignIdSchema)),
    attributes:
      attributes === null
        ? {}
        : named(HEADERS.attributes, () => parse(parseJsonText(attributes), attributesSchema)),
    facts:
      facts === null ? {} : named(HEADERS.facts, () => parse(parseJsonText(facts), factsSchema)),
    scope,
  };
}

function textOf(
  headers: Readonly<Record<string, string | string[] | undefined>>,
  name: string,
): string | null {
  const value = headers[name];
  if (typeof value !== "string") return null;
  return named(name, () => decodeURIComponent(value));
}

/** Says which header was wrong. */
function named<T>(header: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    const known =
      error instanceof HongbaoError || error instanceof SyntaxError || error instanceof URIError;
    if (!known) throw error;
    const message = `header ${header}: ${error.message}`;
    throw new HongbaoError({ code: "invalid_request", message, details: { path: header } });
  }
}
