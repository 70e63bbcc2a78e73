import { describe, expect, it } from "vitest";
import { newSecret, SECRET, signatures } from "./signature.ts";

describe("a signature", () => {
  it("is the one of the specification's published example", () => {
    const secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    const id = "msg_p5jXN8AQM9LWM0D4loKWxJek";
    expect(signatures([secret], id, 1614265330, '{"test": 2432232314}')).toBe(
      "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
    );
    expect(secret).toMatch(SECRET);
  });

  it("is made under each secret, and hangs on id, time and body", () => {
    const [a, b] = [newSecret(), newSecret()];
    const both = signatures([a, b], "msg_1", 5, "{}");
    expect(both).toBe(`${signatures([a], "msg_1", 5, "{}")} ${signatures([b], "msg_1", 5, "{}")}`);
    const others = [
      signatures([a], "msg_2", 5, "{}"),
      signatures([a], "msg_1", 6, "{}"),
      signatures([a], "msg_1", 5, "[]"),
    ];
    expect(new Set([both.split(" ")[0], ...others]).size).toBe(4);
  });

  it("uses secrets of 32 bytes, each another", () => {
    const secret = newSecret();
    expect(secret).toMatch(SECRET);
    expect(Buffer.from(secret.slice(6), "base64")).toHaveLength(32);
    expect(newSecret()).not.toBe(secret);
  });
});
