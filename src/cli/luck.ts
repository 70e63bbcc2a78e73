// `hongbao luck show GRANT` and `hongbao luck odds DIR|CAMPAIGN`: luck for whoever asks, from a
// server or from a journal alone.
import { stat } from "node:fs/promises";
import { contractError } from "../contract/errors.ts";
import type { LuckAnswer } from "../contract/index.ts";
import { nodeSha256, readDirectory } from "../journal/index.ts";
import { toldOdds } from "../journal/verify/odds.ts";
import { verifyRecords } from "../journal/verify/verify.ts";
import { wrapText } from "../report/wrap.ts";
import { sayAnswer } from "./answer-words.ts";
import { EXIT, type ExitCode } from "./exit-codes.ts";
import { journalFolder } from "./journal-folder.ts";
import { luckFromJournal } from "./luck-journal.ts";
import { redraw, sayLuck } from "./luck-words.ts";
import { sayOdds } from "./odds-words.ts";
import { packetWords } from "./packet-words.ts";
import { withServer } from "./remote.ts";
import { resolveSettings } from "./resolve-settings.ts";
import type { VerbCall } from "./verb.ts";

export async function showLuck(call: VerbCall): Promise<ExitCode> {
  const grant = call.args[0]!;
  const { campaign } = await resolveSettings(["campaign"], call);
  if (call.flags.journal !== undefined) {
    const folder = await journalFolder(String(call.flags.journal));
    return tell(call, await luckFromJournal(folder, campaign, grant));
  }
  if (campaign === null) {
    const expected = "the campaign's id, or HONGBAO_CAMPAIGN";
    throw contractError("invalid_usage", `--campaign: expected ${expected}, found nothing`);
  }
  return withServer(call, async (server) => {
    const answer = await server.grant.luck({ campaign, grant });
    return answer.status === "ok" ? tell(call, answer) : sayAnswer(call, answer);
  });
}

function tell(call: VerbCall, { luck, packet }: Pick<LuckAnswer, "luck" | "packet">): ExitCode {
  const { terminal, json } = call;
  if (luck === undefined) {
    if (json) terminal.json(packet ?? { luck: null });
    else if (packet === undefined) terminal.say("No luck took part: a fixed amount was granted.");
    else terminal.say(wrapText(packetWords(packet), terminal.width).join("\n"));
    return EXIT.ok;
  }
  const redrawn = redraw(luck);
  if (json) terminal.json(luck);
  else sayLuck(terminal, luck, redrawn);
  const isRight = redrawn === null || (redrawn.seedMatches && redrawn.amountMatches);
  return isRight ? EXIT.ok : EXIT.damaged;
}

export async function showOdds(call: VerbCall): Promise<ExitCode> {
  const named = call.args[0]!;
  if (await isDirectory(named)) return oddsOfJournal(call, named);
  return withServer(call, async (server) => {
    const answer = await server.campaign.odds({ campaign: named });
    if (answer.odds === undefined || answer.currency === undefined) return sayAnswer(call, answer);
    const odds = answer.odds.map(toldOdds);
    if (call.json) call.terminal.json({ campaign: named, odds });
    else sayOdds(call.terminal, odds, answer.currency);
    return EXIT.ok;
  });
}

async function oddsOfJournal(call: VerbCall, directory: string): Promise<ExitCode> {
  const { terminal, json } = call;
  const reader = await readDirectory(await journalFolder(directory));
  const { ledgerId } = reader;
  const report = await verifyRecords(reader.records(), { ledgerId, sha256: nodeSha256 });
  if (json) terminal.json(report.campaigns.map(({ id, odds }) => ({ campaign: id, odds })));
  else {
    for (const { id, title, currency, odds } of report.campaigns) {
      terminal.say(`${terminal.paint("title", id)}  ${title}`);
      sayOdds(terminal, odds, currency);
    }
  }
  if (report.ok) return EXIT.ok;
  terminal.note("This journal contradicts itself: hongbao verify says where.");
  return EXIT.damaged;
}

async function isDirectory(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isDirectory();
  } catch {
    return false; // Whatever cannot be looked at is the name of a campaign.
  }
}
