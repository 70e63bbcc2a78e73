// Words of the page that opens a campaign, in German.
import type { OpenWords } from "./words.ts";

export const openDe: OpenWords = {
  "form.note":
    "Das Formular schreibt den Text der Datei neu; was es nicht kennt, kommt zuletzt dort dazu.",
  "form.title": "Name",
  "form.id": "Id in Adressen und Journal",
  "form.budget": "Budget",
  "form.currency": "Währung, etwa CNY",
  "form.timeZone": "Zeitzone",
  "form.starts": "Erster Anspruch",
  "form.ends": "Letzter Anspruch",
  "form.closes": "Letzte Einlösung",
  "form.perUser": "Zusagen je Nutzer",
  "form.perDay": "Je Nutzer und Tag",
  "form.perDevice": "Je Gerät",
  "form.holdout": "Kontrollgruppe, %",
  "form.what": "Was es ist",
  "form.when": "Wann",
  "form.rewards": "Belohnungen",
  "form.limits": "Grenzen und Beweis",
  "form.offer.id": "Id",
  "form.offer.title": "Titel",
  "form.offer.amount": "Betrag",
  "form.offer.days": "Einzulösen in Tagen",
  "form.offer.remove": "Belohnung entfernen",
  "form.offer.add": "Noch eine Belohnung",
  "form.empty": "Bitte ausfüllen.",
  "form.fault.afterStart": "Das muss nach dem ersten Anspruch liegen, {at} ({zone}).",
  "form.fault.notBeforeEnd": "Das darf nicht vor dem letzten Anspruch liegen, {at} ({zone}).",
  "form.fault.closesLater":
    "Was zuletzt beansprucht wird, verfiele nach der letzten Einlösung, {at} ({zone}): weniger " +
    "Tage, oder eine spätere letzte Einlösung.",
  "form.fault.tooLong":
    "Das muss weniger als {number, number} Tage nach dem ersten Anspruch liegen.",
  "form.fault.time": "Wählen Sie Tag und Uhrzeit, die es gibt.",
  "form.fault.positive": "Das muss mehr als nichts sein.",
  "form.fault.atMostBudget": "Das darf nicht mehr sein als das Budget, {amount}.",
  "form.fault.decimals":
    "Ein Betrag {number, plural, =0 {ohne Nachkommastellen} one {mit # Nachkommastelle} other " +
    "{mit # Nachkommastellen}}.",
  "form.fault.amount": "Ein Betrag wie {example}.",
  "form.fault.count": "Eine ganze Zahl wie 12.",
  "form.fault.days": "Eine ganze Zahl von Tagen, wie 7.",
  "form.fault.share": "Ein Anteil von 0 bis 100 %, mit höchstens sechs Nachkommastellen.",
  "form.fault.id":
    "Kleinbuchstaben, Ziffern und Bindestriche, höchstens 63, vorn kein Bindestrich.",
  "form.fault.otherId": "Eine andere Belohnung hat diese Id: Wählen Sie eine andere.",
  "form.fault.text": "Ein Text von 1 bis 200 Zeichen.",
  "form.fault.currency": "Das Kürzel einer Währung wie CNY oder EUR.",
  "form.fault.zone": "Eine Zeitzone wie Asia/Shanghai oder Europe/Berlin.",
  "form.noNumber": "Keine Zahl wie etwa {example}.",
  "form.ambiguous": "Sind das {whole} oder {part}? Bitte wie eines davon schreiben.",
  "form.ofOffer": "{label}, Belohnung {number, number}",
  "open.byFile": "Aus einer Datei",
  "open.byForm": "Mit einem Formular",
  "open.title": "Kampagne eröffnen",
  "open.how":
    "Eine campaign.yaml oder ein Formular, das eine schreibt: beim Tippen geprüft, erst auf Ihr " +
    "Wort eröffnet.",
  "open.file": "Datei wählen",
  "open.text": "Text der Kampagnendatei",
  "open.check": "Was sie tun wird",
  "open.hidden": "Zeichen darin, die man nicht sieht: {where}",
  "open.hiddenLine": "Zeile {line, number} ({signs})",
  "open.problems": "{count, plural, one {Ein Problem} other {# Probleme}}",
  "open.do": "Kampagne eröffnen",
  "open.opened": "{campaign} ist eröffnet.",
  "open.takenId":
    "Eine Kampagne {campaign} gibt es schon: „{title}“. Eine andere braucht eine eigene Kennung.",
  "open.refusedId":
    "Nichts wurde eröffnet: Eine Kampagne {campaign} gibt es schon, „{title}“. Geben Sie Ihrer " +
    "eine eigene Kennung.",
  "open.seeTaken": "Ansehen",
  "open.sure": "{title} eröffnen?",
  "open.sureDo": "Ja, eröffnen",
  "open.fixed": "Von da an steht es im Journal. Endgültig fest:",
  "open.fixedId": "ihre Kennung {campaign}, ihre Währung {currency}, ihre Zeitzone {zone};",
  "open.fixedStart": "der erste Anspruch: {starts} ({zone});",
  "open.fixedOffers":
    "{offers, plural, one {ihr Angebot, das nie wegfallen kann} other {ihre # Angebote, die nie " +
    "wegfallen können}};",
  "open.fixedHoldout":
    "wer außen vor bleibt: {share} aller Nutzer, nach einem Salz, das jetzt gezogen wird;",
  "open.fixedNoHoldout":
    "dass niemand außen vor bleibt: Was sie bewirkt hat, wird niemand sagen können;",
  "open.fixedSeed":
    "alles Glück: Ein geheimer Startwert wird gezogen, im Journal festgelegt und nach dem " +
    "Schließen genannt.",
  "open.fixedSeedBeacon":
    "alles Glück: Ein Startwert wird festgelegt, bevor die öffentliche Runde bekannt ist, die " +
    "dazukommt.",
  "open.fixedRehearsal": "dass sie eine Probe ist: Nichts, was sie zusagt, lässt sich je einlösen.",
  "open.movable": "Später änderbar, mit Vorschau und Platz im Verlauf:",
  "open.movableBudget": "das Budget von {budget}, nie unter das, was vergeben ist;",
  "open.movableEnd": "das Ende der Annahme: {ends} ({zone});",
  "open.movableClose": "die letzte Einlösung, nur nach hinten: {closes} ({zone});",
  "open.movableLimits": "Grenzen, Chancen und Beträge dessen, was noch zugesagt wird.",
  "open.movableFourEyes": "Jede Änderung braucht die Zustimmung einer zweiten Person.",
};
