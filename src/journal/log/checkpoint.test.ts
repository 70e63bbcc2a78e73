import { generateKeyPairSync, sign, verify } from "node:crypto";
import { describe, expect, it } from "vitest";
import { toHex, utf8 } from "../../base/bytes.ts";
import {
  ED25519,
  formatCheckpoint,
  formatSignedNote,
  noteKeyId,
  parseCheckpoint,
} from "./checkpoint.ts";

const root = Uint8Array.from({ length: 32 }, (_, n) => 255 - n);
const checkpoint = { origin: "example.org/hongbao", size: 15368405, root, extensions: [] };

describe("checkpoint", () => {
  it("is written as C2SP tlog-checkpoint says", () => {
    expect(formatCheckpoint(checkpoint)).toBe(
      "example.org/hongbao\n15368405\n//79/Pv6+fj39vX08/Lx8O/u7ezr6uno5+bl5OPi4eA=\n",
    );
    expect(formatCheckpoint({ ...checkpoint, extensions: ["at 2026"] })).toMatch(/=\nat 2026\n$/);
  });

  it("comes back from a note that was really signed, with a witness's cosignature", () => {
    const { privateKey, publicKey } = generateKeyPairSync("ed25519");
    const raw = publicKey.export({ type: "spki", format: "der" }).subarray(-32);
    const text = formatCheckpoint({ ...checkpoint, extensions: ["one", "two"] });
    const keyId = noteKeyId("example.org/hongbao", ED25519, raw);
    const signature = new Uint8Array(sign(null, utf8(text), privateKey));
    const witness = { name: "witness", keyId: Uint8Array.of(1, 2, 3, 4), signature: root };
    const note = formatSignedNote(text, [{ name: checkpoint.origin, keyId, signature }, witness]);

    const parsed = parseCheckpoint(note)!;
    expect(parsed.checkpoint).toEqual({ ...checkpoint, extensions: ["one", "two"] });
    expect(parsed.signatures.map(({ name }) => name)).toEqual([checkpoint.origin, "witness"]);
    expect(parsed.signatures[0]!.keyId).toEqual(keyId);
    const [first] = parsed.signatures;
    expect(verify(null, utf8(parsed.text), publicKey, first!.signature)).toBe(true);
  });

  it("derives key ids as C2SP signed-note does", () => {
    // The example key of golang.org/x/mod/sumdb/note: PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKq…
    const key = Uint8Array.from(atob("ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"), (letter) =>
      letter.charCodeAt(0),
    );
    expect(toHex(noteKeyId("PeterNeumann", key[0]!, key.subarray(1)))).toBe("c74f20a3");
  });

  it("is refused when anything about it is not canonical", () => {
    const line = "— w AQIDBAUG\n";
    const body = formatCheckpoint(checkpoint);
    expect(parseCheckpoint(`${body}\n${line}`)).not.toBeNull();
    const wrong = [
      body,
      `${body}${line}`,
      `${body}\n${line.slice(0, -1)}`,
      `${body}\n- w AQIDBAUG\n`,
      `${body}\n— w AQIDBAU\n`,
      `${body}\n— w AQIDBA==\n`,
      `${body.replace("15368405", "015368405")}\n${line}`,
      `${body.replace("15368405", "9999999999999999")}\n${line}`,
      `${body.replace("4eA=", "4eB=")}\n${line}`,
      `${body.replace("//79", "/79")}\n${line}`,
      `\n${line}`,
    ];
    for (const note of wrong) expect(parseCheckpoint(note)).toBeNull();
  });
});
