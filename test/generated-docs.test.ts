// The generated pages and the JSON Schema agree with the tables that they come from.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { parse as parseYaml } from "yaml";
import { GENERATED } from "../scripts/docs/generated.ts";
import { ERRORS } from "../src/contract/errors.ts";
import { OPERATION_LIST } from "../src/contract/operations.ts";
import { STATUSES } from "../src/contract/statuses.ts";

const ROOT = join(import.meta.dirname, "..");

test.each(Object.keys(GENERATED))("%s is what npm run docs writes", (path) => {
  expect(readFileSync(join(ROOT, path), "utf8")).toBe(GENERATED[path]!());
});

test("the pages leave out no status, no error and no operation", () => {
  const errors = readFileSync(join(ROOT, "docs/reference/errors.md"), "utf8");
  for (const { status } of STATUSES) expect(errors).toContain(`| \`${status}\` |`);
  for (const { code } of ERRORS) expect(errors).toContain(`| \`${code}\` |`);
  const http = readFileSync(join(ROOT, "docs/reference/http.md"), "utf8");
  for (const { name } of OPERATION_LIST) expect(http).toContain(`## ${name}\n`);
});

test("the JSON Schema knows every key that the examples use", () => {
  const schema = JSON.parse(readFileSync(join(ROOT, "schema/campaign.schema.json"), "utf8"));
  for (const name of ["qwen-2026", "first-campaign", "hillstrom"]) {
    const file = join(ROOT, "examples", name, "campaign.yaml");
    const text = readFileSync(file, "utf8");
    expect(text).toMatch(/^# yaml-language-server: \$schema=\S+campaign\.schema\.json\n/);
    for (const key of Object.keys(parseYaml(text))) expect(schema.properties).toHaveProperty(key);
  }
});

test("published.yaml of the example is what its schema says, from its first line on", () => {
  const text = readFileSync(join(ROOT, "examples/qwen-2026/published.yaml"), "utf8");
  expect(text).toMatch(/^# yaml-language-server: \$schema=\S+published\.schema\.json\n/);
  const schema = JSON.parse(readFileSync(join(ROOT, "schema/published.schema.json"), "utf8"));
  const file = parseYaml(text);
  for (const key of Object.keys(file)) expect(schema.properties).toHaveProperty(key);
  const { properties } = schema.properties.judge;
  for (const key of Object.keys(file.judge)) expect(properties).toHaveProperty(key);
});
