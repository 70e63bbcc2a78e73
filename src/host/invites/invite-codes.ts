// Codes and passphrases of a campaign's invites, and which invite a text is of.
import { writeCode } from "../../contract/invite-code.ts";
import { readInviteText } from "../../contract/invite-text.ts";
import { type Passphrases, writePassphrases } from "../../contract/invite-words.ts";
import { MISTYPED, NO_INVITE } from "../../core/invites/decide-accept.ts";
import { InviteIds } from "./invite-ids.ts";

export class InviteCodes {
  private readonly ids: InviteIds;

  /** @param key 16 bytes, one a campaign */
  constructor(key: Uint8Array) {
    this.ids = new InviteIds(key);
  }

  write(invite: number): { code: string; passphrases: Passphrases } {
    const bits = this.ids.encode(invite);
    return { code: writeCode(bits), passphrases: writePassphrases(bits) };
  }

  /**
   * The invite of `count` that a text names, MISTYPED, or NO_INVITE for a text that is a code and
   * none of theirs. What only stands in a longer text may pass its check by chance.
   */
  read(text: string, count: number): number {
    const readings = readInviteText(text);
    for (const { bits } of readings) {
      const invite = this.ids.decode(bits);
      if (invite >= 0 && invite < count) return invite;
    }
    return readings.some(({ whole }) => whole) ? NO_INVITE : MISTYPED;
  }
}
