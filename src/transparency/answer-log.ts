// Which part of a LogService answers which question.
import type { LogQuestion, LogQuestions } from "./log-messages.ts";
import type { LogService } from "./log-service.ts";

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
};

export function answerLog<Q extends LogQuestion>(
  service: LogService,
  question: Q,
  input: LogQuestions[Q]["input"],
): Promise<LogQuestions[Q]["answer"]> {
  return ANSWERS[question](service, input);
}
