// Which part of a LogService answers which question.
import type { LogQuestion, LogQuestions } from "./log-messages.ts";
import type { LogService } from "./log-service.ts";
import { readCampaignHistory, readGrantHistory } from "./read-history.ts";

type Answers = {
  readonly [Q in LogQuestion]: (
    service: LogService,
    input: LogQuestions[Q]["input"],
  ) => Promise<LogQuestions[Q]["answer"]>;
};

const ANSWERS: Answers = {
  checkpoint: async (service) => service.checkpoint(),
  consistency: async (service, { old, size }) => service.consistency(old, size),
  receipt: (service, target) => service.receipt(target),
  copy: async (service) => service.copy(),
  copyBytes: async (service, { name, from, bytes }) => service.copyBytes(name, from, bytes),
  status: (service) => service.status(),
  grantHistory: (service, { target, upTo }) =>
    service.history(upTo, (source) => readGrantHistory(source, target)),
  campaignHistory: (service, { campaign, upTo }) =>
    service.history(upTo, (source) => readCampaignHistory(source, campaign)),
};

export function answerLog<Q extends LogQuestion>(
  service: LogService,
  question: Q,
  input: LogQuestions[Q]["input"],
): Promise<LogQuestions[Q]["answer"]> {
  return ANSWERS[question](service, input);
}
