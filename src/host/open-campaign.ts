// Opening a campaign: make and keep its secrets first, then commit to them in the opening event.
import { sameJson } from "../base/canonical-json.ts";
import { firstRoundFrom, roundAtMs } from "../base/drand.ts";
import { HongbaoError } from "../base/error.ts";
import { LIMITS } from "../base/limits.ts";
import { type CampaignAnswer, contractError } from "../contract/index.ts";
import type { CampaignKeys } from "../core/campaign-keys.ts";
import type { CampaignDefinition } from "../core/definition.ts";
import { MAX_EVENT_WORDS } from "../core/event.ts";
import { jsonWords } from "../core/json-event.ts";
import { type Opening, writeOpening } from "../core/opening.ts";
import { answerBase } from "./answers.ts";
import type { Engine } from "./engine.ts";
import { createSecrets } from "./secrets.ts";
import { LANE } from "./writer/job.ts";
import { describeLine } from "./writer/money-job.ts";

const turns = new WeakMap<Engine, Promise<unknown>>();

/** Opens a campaign. The same definition again is a replay; another one is refused. */
export function openCampaign(
  engine: Engine,
  definition: CampaignDefinition,
): Promise<CampaignAnswer> {
  // One opening at a time: each takes the next ordinal.
  const before = turns.get(engine) ?? Promise.resolve();
  const turn = before.then(
    () => openInTurn(engine, definition),
    () => openInTurn(engine, definition),
  );
  turns.set(engine, turn);
  return turn;
}

async function openInTurn(engine: Engine, definition: CampaignDefinition): Promise<CampaignAnswer> {
  if (engine.state.byId.has(definition.id)) return answerExisting(engine, definition);
  const ordinal = engine.state.campaigns.length;
  if (ordinal >= LIMITS.campaigns) throw tooMany();
  const { ledgerId } = engine.journal;
  const campaign = { ordinal, id: definition.id };
  const secrets = await createSecrets(engine.secrets, ledgerId, campaign, engine.entropy);
  const opening: Opening = { definition, ...secrets };
  if (jsonWords(opening) > MAX_EVENT_WORDS) throw tooLarge();
  const keys: CampaignKeys = { luck: null, seed: null };
  await engine.introduce(opening, keys);
  try {
    return await engine.single(
      LANE.redemption,
      (atMs, out) => {
        requireRoundAhead(definition, atMs);
        writeOpening(ordinal, opening, atMs, out);
        return { ...answerBase("opened", atMs), campaign: definition.id };
      },
      () => describeLine("campaign.open", definition.id, definition),
    );
  } catch (error) {
    engine.forget(ordinal);
    throw error;
  }
}

function answerExisting(engine: Engine, definition: CampaignDefinition): Promise<CampaignAnswer> {
  return engine.single(
    LANE.read,
    (atMs) => {
      const opened = engine.find(definition.id)!.state.definition;
      const same = sameJson(opened, definition);
      const status = same ? "opened" : "campaign_exists";
      return { ...answerBase(status, atMs, same), campaign: definition.id };
    },
    () => describeLine("campaign.open", definition.id, definition),
  );
}

/** A value that is known, or could be, is no beacon. */
function requireRoundAhead({ beacon }: CampaignDefinition, atMs: number): void {
  if (beacon === undefined) return;
  const { chain, round } = beacon;
  const dueAtMs = roundAtMs(chain, round);
  const fromMs = atMs + LIMITS.beaconAheadMs;
  if (dueAtMs >= fromMs) return;
  const next = firstRoundFrom(chain, fromMs);
  const expected =
    `a round at least a minute ahead: ${next} or later, ` +
    `due ${new Date(roundAtMs(chain, next)).toISOString()}`;
  const found = `${round}, due ${new Date(dueAtMs).toISOString()}`;
  const path = "beacon.round";
  throw contractError("invalid_campaign", `${path}: expected ${expected}, found ${found}`, {
    problems: [{ severity: "error", file: "", line: 0, column: 0, path, expected, found }],
  });
}

function tooMany(): HongbaoError {
  const message = `this ledger holds ${LIMITS.campaigns} campaigns already; open another ledger`;
  return new HongbaoError({ code: "invalid_campaign", message });
}

function tooLarge(): HongbaoError {
  const message = "the campaign is too large for one event; use fewer offers, caps or days";
  return new HongbaoError({ code: "invalid_campaign", message });
}
