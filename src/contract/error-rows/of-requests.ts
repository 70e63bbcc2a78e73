// Errors that travel over HTTP from a server that runs: input, keys, load, life of the server.

/** Code, HTTP number, whether the same request may succeed later, meaning, next step. */
export const REQUEST_ERRORS = [
  // Input
  ["invalid_json", 400, false, "The body is not JSON.", "Send one JSON value in UTF-8."],
  [
    "invalid_request",
    400,
    false,
    "A field is missing, unknown, or has a wrong value.",
    "Correct the field at `path`; `expected` and `found` say how.",
  ],
  [
    "invalid_campaign",
    400,
    false,
    "The campaign file or definition has problems.",
    "Correct what `problems` lists; `hongbao campaign check FILE` repeats the check.",
  ],
  [
    "body_too_large",
    413,
    false,
    "The body is larger than this operation takes.",
    "Send less at once: 64 KiB for one request, 8 MiB for a batch.",
  ],
  [
    "unsupported_media_type",
    415,
    false,
    "The body has a content type that this operation does not take.",
    "Send application/json, or application/x-ndjson for a batch.",
  ],
  ["not_found", 404, false, "There is no such address.", "Compare the address with /openapi.json."],
  [
    "method_not_allowed",
    405,
    false,
    "The address exists, the method does not.",
    "Use a method from the Allow header.",
  ],
  // Keys
  [
    "unauthenticated",
    401,
    false,
    "The key is missing, unknown or revoked.",
    "Send `Authorization: Bearer KEY`; make a key with `hongbao keys add`.",
  ],
  [
    "forbidden",
    403,
    false,
    "The key's scope does not allow this operation, or it names another merchant or campaign.",
    "Use a key with a scope that the operation lists.",
  ],
  ["unknown_key", 404, false, "No key has this id.", "List the keys with `hongbao keys list`."],
  // Load and life of the server
  [
    "overloaded",
    503,
    true,
    "Too much is queued; the request was refused before any decision.",
    "Repeat the same request with the same id after Retry-After.",
  ],
  [
    "deadline_exceeded",
    503,
    true,
    "The request waited longer than its deadline and was dropped before any decision.",
    "Repeat the same request with the same id.",
  ],
  [
    "not_ready",
    503,
    true,
    "The server is still replaying its journal.",
    "Wait until /readyz answers 200.",
  ],
  [
    "shutting_down",
    503,
    true,
    "The server is stopping and takes no new requests.",
    "Repeat with the same id; the next server answers.",
  ],
  [
    "disk_full",
    503,
    true,
    "The disk has no room for the next journal segment; reads and repetitions are answered.",
    "Free disk space; the server then goes on by itself.",
  ],
  [
    "clock_stopped",
    503,
    true,
    "The writer stopped because the wall clock stepped.",
    "Correct the machine's clock and restart.",
  ],
  [
    "quarantined",
    500,
    false,
    "This very request failed an internal check before and is not tried again.",
    "Report the quarantine file; other requests are not affected.",
  ],
  [
    "poisoned",
    500,
    false,
    "The engine failed an internal check and refuses all further calls.",
    "Restart from the journal and report the message.",
  ],
  [
    "internal",
    500,
    false,
    "A defect of hongbao.",
    "Report the message and the log line with the same request id.",
  ],
] as const;
