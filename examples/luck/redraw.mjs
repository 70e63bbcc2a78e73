// Draws a lucky amount again from what `hongbao luck show GRANT --json` prints, with Node's own
// cryptography and no part of hongbao: hongbao luck show … --json | node redraw.mjs
import { createCipheriv, createHash, hkdfSync } from "node:crypto";
import { readFileSync } from "node:fs";

const luck = JSON.parse(readFileSync(0, "utf8"));
const sha256 = (...parts) =>
  parts.reduce((hash, part) => hash.update(part), createHash("sha256")).digest();
const hex = (text) => Buffer.from(text, "hex");

// 1. The revealed seed is the one that was committed to.
const seed = hex(luck.seed);
const fingerprint = sha256("hongbao/seed/1", luck.ledger, luck.campaign, seed).toString("hex");
if (fingerprint !== luck.seedCommitment)
  throw new Error(`this seed is not the one committed to: ${fingerprint}`);

// 2. The key: HKDF of the seed, salted with the public value where there is one.
const salt = hex(luck.beacon?.randomness ?? "");
const key = Buffer.from(hkdfSync("sha256", seed, salt, "hongbao/luck/1", 32));

// 3. The key stream of this offer, this user and this many draws before.
const offer = Buffer.alloc(4);
offer.writeUInt32LE(luck.offerOrdinal);
const nonce = sha256(offer, hex(luck.user)).subarray(0, 12);
const counter = Buffer.alloc(4);
counter.writeUInt32LE(luck.drawsBefore);
const sum = luck.entries.reduce((total, { odds }) => total + odds, 0);
const below = 2 ** 32 - (2 ** 32 % sum);
let word = below;
while (word >= below) {
  const block = createCipheriv("chacha20", key, Buffer.concat([counter, nonce])).update(
    Buffer.alloc(64),
  );
  const words = Array.from({ length: 16 }, (_, i) => block.readUInt32LE(4 * i));
  word = words.find((one) => one < below) ?? below;
  nonce.writeUInt32LE((nonce.readUInt32LE(8) + 1) >>> 0, 8); // hardly ever needed
}

// 4. The slice of the table that the number falls into.
let point = word % sum;
let entry = 0;
while (point >= luck.entries[entry].odds) {
  point -= luck.entries[entry].odds;
  entry += 1;
}
const { amountMinor } = luck.entries[entry];
console.log(`drawn ${amountMinor}, granted ${luck.amountMinor}`);
process.exit(amountMinor === luck.amountMinor ? 0 : 1);
