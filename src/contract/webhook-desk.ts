// What a server asks of whoever keeps the webhooks of its data directory: it does not know where
// they lie.
import type { DeadLetterView, WebhookInput, WebhookView } from "./schema/webhook-desk.ts";

/** Every method throws `unknown_webhook` for an endpoint that there is not. */
export interface WebhookDesk {
  list(): Promise<WebhookView[]>;
  /** It gets the events of the records after this one. */
  add(
    input: WebhookInput,
    afterSequence: number,
    nowMs: number,
  ): Promise<{ webhook: WebhookView; secret: string }>;
  remove(endpoint: string): Promise<void>;
  /** Null: goes on. */
  pause(endpoint: string, paused: { atMs: number; why: string } | null): Promise<WebhookView>;
  dead(endpoint: string, after: string | null): Promise<{ dead: DeadLetterView[]; more: boolean }>;
  /** Null: all of them. How many it concerns. */
  replay(endpoint: string, places: readonly string[] | null): Promise<number>;
  drop(endpoint: string, places: readonly string[] | null): Promise<number>;
}
