// What browsers, and caches on the way, are told of every answer to a program.

/** It may name users and what they have: nobody keeps it, or takes it for anything but data. */
export const DATA_HEADERS = {
  "cache-control": "no-store",
  "x-content-type-options": "nosniff",
} as const;

/** Errors repeat what was sent: opened as a page, an answer runs nothing and loads nothing. */
export const ANSWER_HEADERS: Readonly<Record<string, string>> = {
  ...DATA_HEADERS,
  "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
};
