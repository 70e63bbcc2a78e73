// A closed campaign's own names, opened from its data directory: only who holds the secrets can
// tell which pseudonym is which user.

import { HongbaoError } from "../base/error.ts";
import { ATTRIBUTES_AT, emptyCommand, ID_AT, USER_AT } from "../core/command.ts";
import type { CampaignDefinition } from "../core/definition.ts";
import { EVENT_KINDS, HEAD } from "../core/event.ts";
import { payloadWords } from "../core/event-view.ts";
import { type Opening, openingOf } from "../core/opening.ts";
import { keyHex } from "../core/tables/key-hex.ts";
import { dataPaths, FileSecrets } from "../host/data-directory.ts";
import { openSecrets } from "../host/secrets.ts";
import { CampaignNames } from "../host/writer/request.ts";
import { readDirectory } from "../journal/index.ts";

/** Pseudonyms and grant ids of one campaign. */
export class CampaignKeys {
  readonly definition: CampaignDefinition;
  private readonly names: CampaignNames;
  private readonly command = emptyCommand();

  constructor(names: CampaignNames) {
    this.names = names;
    this.definition = names.definition;
  }

  /** The pseudonym of a user, as the export writes it. */
  user(user: string): string {
    this.names.pseudonyms.setUser(this.command, user);
    return keyHex(this.command.keys, USER_AT);
  }

  /** The pseudonym of a caller's id. */
  id(id: string): string {
    this.names.pseudonyms.setId(this.command, id);
    return keyHex(this.command.keys, ID_AT);
  }

  /** The pseudonym of a value of an attribute that the definition declares. */
  value(attribute: string, value: string): string {
    this.names.pseudonyms.setAttributes(this.command, { [attribute]: value });
    const ordinal = this.names.definition.attributes.indexOf(attribute);
    return keyHex(this.command.keys, ATTRIBUTES_AT + 4 * ordinal);
  }

  /** Takes the names of a revised definition. */
  revise(definition: CampaignDefinition): void {
    this.names.revise(definition);
  }

  /** The ordinal of a grant, or -1. */
  grant(grant: string): number {
    return this.names.grantIds.decode(grant);
  }
}

/**
 * Reads the opening event of a campaign and unseals its keys. Throws `unknown_campaign`.
 * @param campaign its id; null: the only one in the journal
 * @param masterKey null: the data directory has its own
 */
export async function openCampaignKeys(
  directory: string,
  campaign: string | null,
  masterKey: Uint8Array | null = null,
): Promise<CampaignKeys> {
  const paths = dataPaths(directory);
  const reader = await readDirectory(paths.journal);
  const found: { opening: Opening; ordinal: number }[] = [];
  for await (const record of reader.records()) {
    const words = payloadWords(record.payload);
    for (let at = 0; at < words.length; at += words[at]! >>> 16) {
      if ((words[at]! & 0xff) !== EVENT_KINDS.opened) continue;
      const opening: Opening = openingOf(words, at);
      found.push({ opening, ordinal: words[at + HEAD.time]! >>> 16 });
    }
  }
  const wanted = found.filter(({ opening }) => [null, opening.definition.id].includes(campaign));
  const [only, ...others] = wanted;
  if (only === undefined || others.length > 0) {
    const expected = campaign === null ? "one campaign" : `a campaign ${campaign}`;
    const ids = found.map(({ opening }) => opening.definition.id).join(", ") || "none";
    const message = `${directory}: expected ${expected} in the journal, found ${ids}`;
    throw new HongbaoError({ code: "run_failed", message });
  }
  const { opening, ordinal } = only;
  const secrets = new FileSecrets(paths.secrets, masterKey);
  const { pseudonymKey } = await openSecrets(secrets, reader.ledgerId, ordinal, opening);
  return new CampaignKeys(new CampaignNames(opening.definition, pseudonymKey));
}
