// Peer `node+redis`: a Node service in front of the Lua script. Claims that arrive in the same turn
// of the event loop go to Redis in one pipeline, which is the best that such a service can do.
import { benchCampaign } from "../campaign.ts";
import { claimCommand } from "../redis/claim-command.ts";
import { claimScript } from "../redis/claim-script.ts";
import { encodeCommand, RespConnection } from "../redis/resp.ts";
import { serveClaims } from "./claim-server.ts";

const campaign = benchCampaign(Date.now());
const script = claimScript(campaign);
const redis = await RespConnection.open(process.argv[2] ?? "");
redis.pipeline(encodeCommand(["SCRIPT", "LOAD", script.text]), [() => {}, () => {}]);
await redis.call(["PING"]);

let commands = "";
let answers: ((line: string) => void)[] = [];

serveClaims((claim, reply) => {
  const { id, user, offer } = claim;
  const { device = "", ip = "" } = claim.attributes ?? {};
  const nowMs = Date.now();
  const attributes = { device, ip };
  commands += claimCommand(script, campaign, { id, user, offer, attributes }, nowMs);
  answers.push((line) => reply(answerJson(line, offer, nowMs)));
  if (answers.length === 1) setImmediate(flush);
});

function flush(): void {
  redis.pipeline(commands, answers);
  commands = "";
  answers = [];
}

// "+granted 17 2500 1797177600000", "+replayed granted 17 …", "+cap_reached device", "-ERR …"
function answerJson(line: string, offer: string, atMs: number): string {
  const words = line.slice(1).split(" ");
  const replayed = words[0] === "replayed";
  if (replayed) words.shift();
  const [status = "", ...rest] = words;
  if (line.startsWith("-")) return JSON.stringify({ status: "error", message: line });
  if (status === "cap_reached") return JSON.stringify({ status, replayed, cap: rest[0], atMs });
  if (status !== "granted") return JSON.stringify({ status, replayed, offer, atMs });
  return JSON.stringify({
    status,
    replayed,
    grant: rest[0],
    offer,
    amountMinor: Number(rest[1]),
    currency: campaign.currency,
    expiresAtMs: Number(rest[2]),
    atMs,
  });
}
