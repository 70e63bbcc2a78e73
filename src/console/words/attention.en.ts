// Words of what needs somebody, in English.
export const attentionEn = {
  "attention.title": "Needs attention",
  "attention.server": "This server",
  "attention.all": "Show all {count, number}",
  "attention.look": "Look",
  "attention.proposal": "A revision waits for a second person.",
  "attention.paused": "Paused: claims are refused, {free} waits.",
  "attention.luckDue": "All luck waits for public round {round, number}, due {due}.",
  "attention.luckOut":
    "All luck waits for public round {round, number}, out since {due}: hand its value in.",
  "attention.drawDue": "Draw {draw} waits for public round {round, number}, due {due}.",
  "attention.drawOut":
    "Draw {draw} waits for public round {round, number}, out since {due}: hand its value in.",
  "attention.dry": "{left} is left to give: {share} of the budget.",
  "attention.usedUp":
    "What is left grants no reward, nobody gets anything: {left}, {share} of the budget.",
  "attention.runsOut": "As of late, the money is gone {at}; claims end {ends}.",
  "attention.limit": "{cap}: {share} reached, {used} of {limit}.",
  "attention.limitMore": "{more, plural, one {One more is as near.} other {# more are as near.}}",
  "attention.version": "Version {version, number} waits for a second person: {why}",
  "attention.held":
    "{count, plural, one {One grant waits} other {# grants wait}} for a release: {held} is held.",
  "attention.contingency": "Late payments: {share} of their line used, {used} of {limit}.",
  "attention.receivable": "{owed} that was spent of grants clawed back is still owing.",
  "attention.closable": "Claims have ended, nothing is out any more: it can be closed.",
  "attention.notReady": "It takes no requests: {why}",
  "attention.pageCache": "Answers are not durable: a power cut forgets the last ones.",
  "attention.diskLow": "{free} of {all} is left on its disk: without room claims are refused.",
  "attention.dead":
    "{count, plural, one {One message was} other {# messages were}} given up, for {endpoint}.",
  "attention.do.paused": "Resume",
  "attention.do.dry": "Revise",
  "attention.do.runs_out": "Revise",
  "attention.do.limit": "Revise",
  "attention.do.proposal": "Look at it",
  "attention.do.round": "Look",
  "attention.do.held": "Look",
  "attention.do.contingency": "Revise",
  "attention.do.receivable": "Look",
  "attention.do.closable": "Close",
  "attention.do.dead": "Send again",
} as const;
