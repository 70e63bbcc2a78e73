// The name of a ledger's log, for ever: first line of its checkpoints and name of its keys.

const LOG_ORIGIN_PREFIX = "hongbao/";

/** Without spaces and plus signs, as a key's name must be. */
export function logOrigin(ledgerId: string): string {
  return LOG_ORIGIN_PREFIX + encodeURIComponent(ledgerId);
}
