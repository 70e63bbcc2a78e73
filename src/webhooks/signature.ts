// Signatures of Standard Webhooks, symmetric: HMAC-SHA-256 of "id.timestamp.body" under each secret
// in force. Ten lines, so no package; tested against the specification's published example.
// https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md
import { createHmac, randomBytes } from "node:crypto";

const PREFIX = "whsec_";
const SECRET_BYTES = 32;

/** What a secret looks like: 24 to 64 bytes in base64. */
export const SECRET: RegExp = /^whsec_[A-Za-z0-9+/]{32,88}={0,2}$/;

/** A secret nobody can guess, as receivers' libraries take it. */
export function newSecret(): string {
  return PREFIX + randomBytes(SECRET_BYTES).toString("base64");
}

/** The header `webhook-signature`: one signature a secret, separated by spaces. */
export function signatures(
  secrets: readonly string[],
  id: string,
  timestampSeconds: number,
  body: string,
): string {
  const signed = `${id}.${timestampSeconds}.${body}`;
  return secrets
    .map((secret) => {
      const key = Buffer.from(secret.slice(PREFIX.length), "base64");
      return `v1,${createHmac("sha256", key).update(signed).digest("base64")}`;
    })
    .join(" ");
}
