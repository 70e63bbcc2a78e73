// Words of the page that revises a campaign, in English.
export const reviseEn = {
  "revise.link": "Revise",
  "revise.look": "Look at it",
  "revise.title": "Revise",
  "revise.sentence":
    "{version, plural, =0 {The campaign runs as it was opened.} other {Version # is in force.}}",
  "revise.viewer": "This key may look only. To revise, sign in with the key of an admin.",
  "revise.closed": "This campaign is closed: its rules cannot change any more.",
  "revise.change": "Change the campaign",
  "revise.how":
    "Change the rules in force. Nothing can be removed; what was granted keeps its terms.",
  "revise.valid": "The file is valid.",
  "revise.written":
    "The rules in force, as a file without comments. If you have one with comments, choose it.",
  "revise.writing": "The rules in force are being written as a file.",
  "revise.notWritten":
    "The rules in force cannot be shown as a file now: {why}. Begin with a file of your own.",
  "revise.unwritable":
    "No file can say these rules, which came as JSON. Revise them over HTTP, by their definition.",
  "revise.back": "Back to the rules in force",
  "revise.inForce": "This is the file in force. Change in it what should change.",
  "revise.differs":
    "{count, plural, one {One value differs} other {# values differ}} from what is in force.",
  "revise.differsIn": "What differs",
  "revise.cannotAsItStands": "As it stands it cannot be put in force; the preview says why.",
  "revise.why": "Why",
  "revise.move": "Offers whose new expiry also holds for grants given before",
  "revise.moveHint": "Ids of offers. No grant ends earlier, and what has expired stays expired.",
  "revise.preview": "Preview",
  "revise.needs": "A preview needs a valid file and a reason.",
  "revise.changes": "Changes",
  "revise.would": "What would change",
  "revise.stale": "Something was edited since this preview. Preview again to apply it.",
  "revise.forbidden": "This cannot be put in force:",
  "revise.nothing": "Nothing: what this file says is in force already.",
  "revise.what": "What",
  "revise.from": "From",
  "revise.to": "To",
  "revise.money": "Money",
  "revise.before": "Before",
  "revise.after": "After",
  "revise.bound": "Given out already",
  "revise.exceeded":
    "{cap}: {most} was given already, more than {limit}: it stays, and nothing more is granted.",
  "revise.exceededBy":
    "{cap}: {cells, plural, one {one has} other {# have}} over {limit}, up to {most}: no more.",
  "revise.grantable": "Can still be granted",
  "revise.expected": "Expected to be spent",
  "revise.likely": "with 80%",
  "revise.almostSure": "with 95%",
  "revise.bounds": "with 95%, bounds",
  "revise.lasts": "Money lasts until",
  "revise.lastsSpan": "with 90%",
  "revise.chance": "chance to run out before claims end",
  "revise.claimsEnd": "end of claims",
  "revise.cannotTell": "cannot be told yet",
  "revise.span": "{from} to {to}",
  "revise.unseenYet":
    "No grant is old enough yet: the bounds hold if nobody, or everybody, redeems later.",
  "revise.unseen":
    "None is older than {age}: the bounds hold if nobody, or everybody, redeems later.",
  "revise.moved":
    "{count, plural, one {One earlier grant expires} other {# earlier grants expire}} later.",
  "revise.movedAbout": "About {count, number} earlier grants expire later.",
  "revise.unmoved": "The new expiry of {offers} is for grants to come only.",
  "revise.moveThem": "Also for those given before",
  "revise.warnings": "Warnings",
  "revise.replaces": "It would take the place of the proposal by {who} that waits: {why}",
  "revise.apply": "Apply",
  "revise.propose": "Propose",
  "revise.fourEyes": "It is in force once somebody with another key approves it.",
  "revise.overtaken": "The campaign has been revised meanwhile",
  "revise.overtakenNext":
    "Take over what should stay, and preview again: the table shows what your file would undo.",
  "revise.again": "Preview again",
  "revise.waits": "Waits for a second person",
  "revise.proposedBy": "{who} proposes version {version}.",
  "revise.reason": "Reason: {why}",
  "revise.digest": "Proposal",
  "revise.own":
    "You proposed this. Somebody else must approve it, with another admin key, on this page.",
  "revise.replaced": "Another proposal has taken the place of the one that you looked at",
  "revise.lookAtIt": "Look at the new one",
  "revise.asOf": "What it would change, as of {at}.",
  "revise.tooLate":
    "As things stand it cannot be put in force. Reject it, or propose another one in its place.",
  "revise.approve": "Approve",
  "revise.reject": "Reject",
  "revise.takeBack": "Take it back",
  "revise.rejectWhy":
    "The proposal is gone then, and nothing else changes. The journal keeps the reason.",
  "revise.rejectReason": "Why not",
  "revise.last": "Last revision",
  "revise.never": "None: the campaign runs as it was opened.",
  "revise.lastBy": "Version {version}, {at}, by {who}",
  "revise.lastApproved": ", approved by {who}",
  "revise.said.revised": "Done: version {version} is in force.",
  "revise.said.proposed":
    "Proposed. It is in force once somebody with another admin key approves it on this page.",
  "revise.said.ok": "Nothing was changed: what the file says is in force already.",
  "revise.said.rejected": "The proposal is taken back; nothing was changed.",
  "revise.said.unknown_proposal":
    "Nothing was changed: the proposal that you looked at does not wait any more. Look again.",
  "revise.said.own_proposal":
    "Nothing was changed: whoever proposes it cannot approve it. Another person must.",
  "revise.said.campaign_closed": "Nothing was changed: the campaign is closed.",
  "revise.said.revision_too_large":
    "Nothing was changed: a campaign has at most 255 revisions, each of at most 256 KiB.",
} as const;
