// A failure that pops up beside what somebody does, in the server's words.
import { notifications } from "@mantine/notifications";
import { FailureWords } from "./failure-words.tsx";

export function noticeFailure(error: Error): void {
  notifications.show({ color: "red", message: <FailureWords error={error} /> });
}
