// Vitest finds unit tests beside their source and the suites under test/.
import { defineConfig } from "vitest/config";

/** Suites of processes and browsers, which wait for a shared machine. */
const PROCESSES = ["test/e2e/**/*.test.ts", "test/console/**/*.test.ts"];

export default defineConfig({
  test: {
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // Pages ask again every two seconds, and machines are shared.
    expect: { poll: { timeout: 20_000 } },
    // More than cores: tests that start servers and browsers mostly wait.
    maxWorkers: 3,
    // Files of a worker share what they import: 20 s of imports instead of 260. Whoever changes
    // something global in a test (an environment variable, a timer) puts it back.
    isolate: false,
    projects: [
      {
        extends: true,
        test: {
          name: "here",
          include: ["src/**/*.test.ts", "test/**/*.test.ts"],
          exclude: PROCESSES,
        },
      },
      // One that failed is tried once more, and `npm test` names it where that helped.
      { extends: true, test: { name: "processes", include: PROCESSES, retry: 1 } },
    ],
  },
});
