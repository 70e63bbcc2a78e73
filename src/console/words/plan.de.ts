// Words of the pages that plan and value, in German.
import type { PlanWords } from "./words.ts";

export const planDe: PlanWords = {
  "plan.title": "Plan",
  "plan.how":
    "Was eine Kampagne bringen und kosten mag, ehe ein Cent ausgegeben ist: Drehen Sie an dem, " +
    "was angenommen ist.",
  "plan.startFiles": "Wählen Sie plan.yaml und die Kampagnendatei, die darin genannt ist",
  "plan.startText": "Oder fügen Sie sie ein",
  "plan.textPlan": "Text von plan.yaml",
  "plan.textCampaign": "Text der Kampagnendatei",
  "plan.openText": "Öffnen",
  "plan.startKept": "Oder einer, der hier aufbewahrt ist",
  "plan.another": "Ein anderer Plan",
  "plan.stay": "Dateien bleiben auf dieser Seite: Nichts geht an den Server.",
  "plan.knobs": "Was angenommen ist",
  "plan.knobsHow":
    "Danach geordnet, wie sehr das Ergebnis davon abhängt. Darunter: wo neun von zehn Ziehungen " +
    "liegen.",
  "plan.turnedFixed": "Was gedreht ist, gilt als sicher: Seine eigene Streuung entfällt.",
  "plan.more": "{count, plural, one {Eine weitere} other {# weitere}}",
  "plan.unturn": "wie angenommen",
  "plan.unturnAll": "Alles wie angenommen",
  "plan.keepColumn": "Als Spalte behalten",
  "plan.save": "plan.yaml sichern",
  "plan.publish": "Studie hier aufbewahren",
  "plan.kept": "{title} ist aufbewahrt.",
  "plan.figures": "Was daraus wird",
  "plan.level": "In Klammern: wo {level} der Ziehungen liegen.",
  "plan.asPlanned": "wie angenommen",
  "plan.now": "wie gedreht",
  "plan.column": "Spalte {letter}",
  "plan.take": "darauf drehen",
  "plan.drop": "weg damit",
  "plan.burn": "Ausgegebenes Geld, nach Tagen",
  "plan.net": "Beitrag abzüglich Kosten, aufgelaufen, nach Monaten",
  "plan.days": "Tage",
  "plan.months": "Monate",
  "plan.spentMillions": "Millionen {currency} ausgegeben",
  "plan.netMillions": "Millionen {currency}, netto",
  "plan.lower": "{name}, neun von zehn Ziehungen ab",
  "plan.upper": "{name}, neun von zehn Ziehungen bis",
  "plan.drawn": "{draws, number} Kampagnen in {ms, number} ms gezogen.",
  "plan.computing": "Wird gezogen",
  "plan.cannot": "Was gedreht ist, passt nicht zusammen",
  "plan.whole": "Die ganze Studie",
  "plan.wholeWait":
    "Der Rest der Studie wird noch gezogen: woher die Spanne kommt, und die Szenarien.",
  "value.title": "Wert",
  "value.how":
    "Was eine Kampagne mit den Zahlen eines Unternehmens und einer Aktie macht: Drehen Sie an " +
    "dem, was angenommen ist.",
  "value.startFiles":
    "Wählen Sie value.yaml, und worauf sie ruht: plan.yaml mit ihrer Kampagnendatei, oder " +
    "verdict.json",
  "value.another": "Eine andere Bewertung",
  "value.verdictTitle": "Welches Urteil?",
  "value.verdictHow":
    "Diese Bewertung ruht auf einem Urteil: Wählen Sie {file}, wie hongbao prove --json sie " +
    "schreibt.",
  "value.verdictKept": "Oder ein Urteil, das hier aufbewahrt ist",
  "value.knobsHow": "Danach geordnet, wie sehr der Wert einer Aktie davon abhängt.",
  "value.save": "value.yaml sichern",
  "value.publish": "Bewertung hier aufbewahren",
  "value.noEvent":
    "Die Kursbewegung des Tages fehlt: Ihre Kurse liegen in einer Datei, die nicht gewählt ist.",
};
