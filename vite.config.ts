// The console as static files: hashed names, no inline script, nothing fetched from elsewhere.
import { join } from "node:path";
import react from "@vitejs/plugin-react";
import { defineConfig, type UserConfig } from "vite";

const config: UserConfig = defineConfig({
  root: join(import.meta.dirname, "src", "console"),
  base: "/",
  plugins: [react()],
  // The best split is not asked in a browser, which could not run what solves it.
  worker: { format: "es", rolldownOptions: { external: ["highs"] } },
  build: {
    outDir: "../../dist/console",
    emptyOutDir: true,
    target: "es2022",
    // Data addresses would need a wider Content-Security-Policy.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
  },
  logLevel: "warn",
});

export default config;
