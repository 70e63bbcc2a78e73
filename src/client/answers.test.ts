// What the client takes for a decision, and what it says about the fate of everything else.
import { describe, expect, test } from "vitest";
import type { HongbaoError } from "../base/error.ts";
import { contractError, type ErrorCode, errorBody, errorEntry } from "../contract/errors.ts";
import { type Client, createClient } from "./index.ts";

interface Told {
  client: Client;
  asked: () => number;
}

/** A client whose every request is answered like that. */
function told(http: number, text: string): Told {
  let asked = 0;
  const transport = {
    send: async () => {
      asked += 1;
      return { http, header: () => null, text };
    },
    stream: () => Promise.reject(new Error("no stream is asked for")),
    close: async () => {},
  };
  return { client: createClient({ key: "hb_x", transport, totalMs: 120 }), asked: () => asked };
}

const claim = { campaign: "x", id: "c1", user: "u", offer: "o" };

async function errorOf({ client }: Told): Promise<HongbaoError> {
  return client.claim(claim).then(
    (answer) => expect.unreachable(`decided: ${JSON.stringify(answer)}`),
    (error: HongbaoError) => error,
  );
}

const unknown = { code: "bad_answer", details: { fate: "unknown" } };

describe("a claim counts as decided", () => {
  test("by a status of the contract under its number", async () => {
    const granted = await told(200, '{"status":"granted"}').client.claim(claim);
    expect(granted.status).toBe("granted");
    const conflict = await told(409, '{"status":"id_conflict"}').client.claim(claim);
    expect(conflict.status).toBe("id_conflict");
  });

  test.each([
    ["a proxy's own status", 502, '{"status":"error","message":"Bad gateway"}'],
    ["a proxy's own error", 503, '{"error":{"code":503,"message":"no upstream"}}'],
    ["an error without its next step", 504, '{"error":{"code":"internal","message":"late"}}'],
    ["a status under a proxy's number", 502, '{"status":"granted"}'],
  ])("not by %s, which is asked again", async (_, http, text) => {
    const way = told(http, text);
    expect(await errorOf(way)).toMatchObject(unknown);
    expect(way.asked()).toBeGreaterThan(1);
  });

  test.each([
    ["a status that claims do not have", 200, '{"status":"ok"}'],
    ["a status under another number", 200, '{"status":"id_conflict"}'],
    ["a page", 200, "<html></html>"],
  ])("not by %s", async (_, http, text) => {
    expect(await errorOf(told(http, text))).toMatchObject(unknown);
  });
});

describe("the fate of a request", () => {
  const refused = (code: ErrorCode): Told => {
    const text = JSON.stringify(errorBody(contractError(code, "that happened")));
    return told(errorEntry(code).http!, text);
  };

  test("is unknown after a failed write: the record may have been kept", async () => {
    const error = await errorOf(refused("journal_failed"));
    expect(error).toMatchObject({ code: "journal_failed", details: { fate: "unknown" } });
    expect(errorEntry("journal_failed").next).toContain("same id");
  });

  test("is known where the server refused before it decided", async () => {
    const error = await errorOf(refused("forbidden"));
    expect(error).toMatchObject({ code: "forbidden", details: { fate: "undecided" } });
  });
});

describe("answers that decide nothing", () => {
  test("say that a server is not well, or which operations it has", async () => {
    const stopping = told(503, '{"status":"stopping","reason":"r"}').client.health.ready();
    expect(await stopping).toMatchObject({ status: "stopping" });
    expect(await told(200, '{"openapi":"3.1.0"}').client.openapi()).toHaveProperty("openapi");
  });

  test("are not a proxy's", async () => {
    const { client } = told(503, '{"status":"error"}');
    await expect(client.health.ready()).rejects.toMatchObject({ code: "bad_answer" });
  });
});

test("a line of a batch that is no answer is an error of unknown fate", async () => {
  const { client } = told(200, '{"status":"error"}\n{"status":"granted"}\n');
  const answers = [];
  for await (const answer of client.claims.batch("x", [claim, claim])) answers.push(answer);
  expect(answers).toMatchObject([unknown, { status: "granted" }]);
});
