// No input gets a 500, and none that is refused changes anything.
import { expect, test } from "vitest";
import { runFuzz } from "./fuzz-run.ts";

test("20,000 mutated requests: refused by the catalogue, and without effect", async () => {
  const { answers, records } = await runFuzz({ requests: 20_000, seed: 20_260_206 });
  // A fuzzer that never gets past the first check, or never fails one, proves nothing.
  for (const reached of ["granted", "redeemed", "cancelled", "reversed", "id_conflict"]) {
    expect(answers[reached], reached).toBeGreaterThan(10);
  }
  for (const refused of ["invalid_json", "invalid_request", "unauthenticated", "forbidden"]) {
    expect(answers[refused], refused).toBeGreaterThan(100);
  }
  for (const refused of ["not_found", "method_not_allowed", "unsupported_media_type"]) {
    expect(answers[refused], refused).toBeGreaterThan(50);
  }
  expect(records).toBeGreaterThan(500);
  expect(answers.body_too_large).toBeGreaterThan(10);
}, 180_000);
