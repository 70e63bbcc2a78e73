// Our server in a process of its own: a fresh data folder, the bench's campaign open, one key each
// for claims and for reading the books. Prints one line of JSON when it listens.
import { open } from "../../src/host/open.ts";
import { openCampaign } from "../../src/host/open-campaign.ts";
import { fileKeyStore, Keys, startServer } from "../../src/server/index.ts";
import { wholeCampaign } from "../campaign.ts";

const { folder } = JSON.parse(process.argv[2] ?? "{}");
const engine = await open({ directory: folder });
const campaign = wholeCampaign(Date.now());
await openCampaign(engine, campaign);
const keys = await Keys.open(fileKeyStore(folder));
const app = await keys.add({ name: "bench", scope: "app" }, Date.now());
const viewer = await keys.add({ name: "bench", scope: "viewer" }, Date.now());
const server = await startServer({ engine, keys, port: 0, logLevel: "error" });
process.once("SIGTERM", async () => {
  await server.close();
  await engine.close();
  process.exit(0);
});
console.log(
  JSON.stringify({
    port: server.port,
    pid: process.pid,
    campaign: campaign.id,
    app: app.secret,
    viewer: viewer.secret,
  }),
);
