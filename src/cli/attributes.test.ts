import { describe, expect, it } from "vitest";
import { attributesOf } from "./attributes.ts";
import { factsOf } from "./facts.ts";

describe("words of a command line", () => {
  it("are read by name", () => {
    expect(attributesOf(["device=d-1", "ip=a=b"])).toEqual({ device: "d-1", ip: "a=b" });
    expect(factsOf(["age=31", 'tags=["new"]'])).toEqual({ age: 31, tags: ["new"] });
  });

  it("are refused where a name comes twice", () => {
    const twice = "expected each name once, found a twice";
    expect(() => attributesOf(["a=1", "b=1", "a=1"])).toThrow(`--attribute: ${twice}`);
    expect(() => factsOf(["a=1", "a=2"])).toThrow(`--fact: ${twice}`);
    expect(() => factsOf(['a={"x":1,"x":2}'])).toThrow("$.x: expected each key once");
  });
});
