// From the strings of a request to the keys of a command. hongbao never stores who the users are:
// this is the only place that sees their ids, and what leaves it are keyed hashes.
import { utf8 } from "../base/bytes.ts";
import { deriveKey, sha256 } from "../base/hash.ts";
import { KeyedHash } from "../base/keyed-hash.ts";
import { LIMITS } from "../base/limits.ts";
import { invalidRequest } from "../contract/errors.ts";
import { ATTRIBUTES_AT, type Command, ID_AT, USER_AT } from "../core/command.ts";
import { checkedText } from "./checked-input.ts";

/** The commitment of a pseudonym key that stands in the opening event. */
export function pseudonymCommitment(key: Uint8Array): Uint8Array {
  return sha256(utf8("hongbao/pseudonyms/1"), key);
}

/** The hash that turns user ids into pseudonyms; prove joins outcomes with it. */
function userHash(key: Uint8Array): KeyedHash {
  return new KeyedHash(deriveKey(key, "hongbao/user/1", 16));
}

export class Pseudonyms {
  private readonly ids: KeyedHash;
  private readonly users: KeyedHash;
  private readonly values: KeyedHash[];
  private readonly names: readonly string[];
  private readonly ordinals: ReadonlyMap<string, number>;
  private readonly attributesEnd: number;

  /** @param names the definition's attributes, in order */
  constructor(key: Uint8Array, names: readonly string[]) {
    this.ids = new KeyedHash(deriveKey(key, "hongbao/id/1", 16));
    this.users = userHash(key);
    this.names = names;
    this.ordinals = new Map(names.map((name, ordinal) => [name, ordinal]));
    this.attributesEnd = ATTRIBUTES_AT + 4 * names.length;
    this.values = names.map(
      (name) => new KeyedHash(deriveKey(key, `hongbao/attribute/1/${name}`, 16)),
    );
  }

  setId(command: Command, id: string): void {
    hashChecked(this.ids, "id", id, command.keys, ID_AT);
  }

  setUser(command: Command, user: string): void {
    hashChecked(this.users, "user", user, command.keys, USER_AT);
  }

  /** The id of a redemption that a reversal names lies where other commands have the user. */
  setRedemption(command: Command, id: string): void {
    hashChecked(this.ids, "redemption", id, command.keys, USER_AT);
  }

  /** Hashes the attributes; absent ones are zero. A name that was not declared is refused. */
  setAttributes(command: Command, attributes: Record<string, string> | undefined): void {
    const { keys } = command;
    for (let at = ATTRIBUTES_AT; at < this.attributesEnd; at++) keys[at] = 0;
    command.attributes = 0;
    for (const name in attributes) {
      const ordinal = this.ordinals.get(name);
      if (ordinal === undefined) this.refuseUndeclared(attributes);
      const hash = this.values[ordinal]!;
      hashChecked(hash, name, attributes[name]!, keys, ATTRIBUTES_AT + 4 * ordinal);
      command.attributes |= 1 << ordinal;
    }
  }

  private refuseUndeclared(attributes: Record<string, string>): never {
    const name = Object.keys(attributes).find((key) => !this.names.includes(key))!;
    const declared = this.names.join(", ") || "none";
    const expected = `an attribute that the campaign declares (${declared})`;
    throw invalidRequest(`$.attributes.${name}`, expected, "another name");
  }
}

/** Hashes text of 1 to 128 bytes; only text that is not ASCII needs a look at its every unit. */
function hashChecked(
  hash: KeyedHash,
  field: string,
  text: string,
  out: Uint32Array,
  at: number,
): void {
  const isShort = typeof text === "string" && text.length > 0 && text.length <= LIMITS.idBytes;
  if (isShort && hash.hashAscii(text, out, at)) return;
  const path = at >= ATTRIBUTES_AT ? `attributes.${field}` : field;
  hash.hashText(checkedText(path, text, LIMITS.idBytes), out, at);
}
