// Settings: where they come from, which wins, and what a wrong one is told.
import { describe, expect, test } from "vitest";
import { parseConfig, resolveSettings, strayVariables } from "./resolve-settings.ts";
import { envName, SETTINGS } from "./settings.ts";

/** A working directory without hongbao.yaml is the test's own: the repository's root has none. */
const NOTHING = { flags: {}, env: {} };

describe("precedence", () => {
  test("a flag wins over a variable, a variable over the default", async () => {
    const env = { HONGBAO_PORT: "9000" };
    expect(await resolveSettings(["port"], NOTHING)).toEqual({ port: 8420 });
    expect(await resolveSettings(["port"], { flags: {}, env })).toEqual({ port: 9000 });
    const flags = { port: "9001" };
    expect(await resolveSettings(["port"], { flags, env })).toEqual({ port: 9001 });
  });

  test("a variable that is empty counts as absent", async () => {
    const env = { HONGBAO_KEY: "" };
    expect(await resolveSettings(["key"], { flags: {}, env })).toEqual({ key: null });
  });

  test("a flag for one start only has no variable", async () => {
    const env = { HONGBAO_TAKE_OVER: "true" };
    expect(await resolveSettings(["takeOver"], { flags: {}, env })).toEqual({ takeOver: false });
    expect(strayVariables(env)).toHaveLength(1);
  });
});

describe("wrong values", () => {
  test.each([
    ["HONGBAO_PORT", "http", /HONGBAO_PORT: expected a whole number .* found "http"/],
    ["HONGBAO_PORT", "8420.5", /found "8420.5"/],
    ["HONGBAO_PORT", "0x20", /found "0x20"/],
    ["HONGBAO_PORT", "70000", /from 0 to 65535/],
    ["HONGBAO_DURABLE", "yes", /expected true or false, found "yes"/],
    ["HONGBAO_LOG_LEVEL", "loud", /one of info, warn, error, silent/],
    ["HONGBAO_URL", "localhost:8420", /an address such as/],
  ])("%s=%s is refused, never bent", async (name, value, said) => {
    const key = SETTINGS.find((setting) => envName(setting.key) === name)!.key as "port";
    const resolving = resolveSettings([key], { flags: {}, env: { [name]: value } });
    await expect(resolving).rejects.toThrow(said);
    await expect(resolving).rejects.toMatchObject({ code: "invalid_config" });
  });

  test("a secret is never repeated", async () => {
    const env = { HONGBAO_MASTER_KEY: "s".repeat(5000) };
    const resolving = resolveSettings(["masterKey"], { flags: {}, env });
    await expect(resolving).rejects.toThrow(/^HONGBAO_MASTER_KEY: expected text, found some/);
  });
});

describe("the file", () => {
  test("is a flat list of settings; an empty one is fine", () => {
    expect(parseConfig("# nothing\n", "f.yaml").size).toBe(0);
    const settings = parseConfig("port: 80\ndurable: false\n", "f.yaml");
    expect([...settings]).toEqual([
      ["port", 80],
      ["durable", false],
    ]);
  });

  test.each([
    ["port: 80\nprot: 81\n", "f.yaml:2:1: prot", "did you mean port?"],
    ["\nport: '80'\n", "f.yaml:2:1: port", 'found "80"'],
    ["host: localhost\ntakeOver: true\n", "f.yaml:2:1: takeOver", "--take-over"],
    ["port: 1\nport: 2\n", "f.yaml:2:1", "each key once"],
    ["- port\n", "f.yaml:1:1", "one `key: value` a line"],
    ["key: [hb_secret]\n", "f.yaml:1:1: key", "found something else"],
  ])("%j is refused with its place", (text, place, said) => {
    const parsing = (): unknown => parseConfig(text, "f.yaml");
    expect(parsing).toThrow(place);
    expect(parsing).toThrow(said);
    expect(parsing).not.toThrow("hb_secret");
  });

  test("that is named and not there is an error", async () => {
    const resolving = resolveSettings(["port"], { flags: { config: "no.yaml" }, env: {} });
    await expect(resolving).rejects.toMatchObject({ code: "file_not_found" });
  });
});

test("a variable that is nearly ours is named with what was meant", () => {
  expect(strayVariables({ HONGBAO_PROT: "1", HONGBAO_PORT: "1", HOME: "/" })).toEqual([
    "the environment variable HONGBAO_PROT means nothing (did you mean HONGBAO_PORT?)",
  ]);
});

test("every setting has a key, a meaning and a reason of its own", () => {
  expect(new Set(SETTINGS.map((setting) => setting.key)).size).toBe(SETTINGS.length);
  expect(new Set(SETTINGS.map((setting) => setting.reason)).size).toBe(SETTINGS.length);
  for (const { meaning, reason } of SETTINGS) expect(`${meaning}${reason}`).toMatch(/\.$/);
});
