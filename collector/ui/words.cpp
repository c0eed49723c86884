#include "collector/ui/words.h"

#include <array>
#include <vector>

#include "common/base/ensure.h"

namespace survey::collector {

namespace {

struct Entry {
    Word word;
    std::string_view english;
    std::string_view german;
};

constexpr std::array kEntries = {
    Entry{Word::kWelcome,
          "{1}\nAnswer and press Enter. Every answer is saved at once. :help shows what else you "
          "can do.",
          "{1}\nAntworten Sie und drücken Sie Enter. Jede Antwort ist sofort gespeichert. :hilfe "
          "zeigt, was Sie sonst tun können."},
    Entry{Word::kResumed, "You go on where you stopped.", "Sie machen dort weiter, wo Sie waren."},
    Entry{Word::kCorrecting, "You correct an interview that was finalised before.",
          "Sie korrigieren ein Interview, das schon abgeschlossen war."},
    Entry{Word::kProgress, "question {1} of {2}", "Frage {1} von {2}"},
    Entry{Word::kRequired, "(required)", "(Pflichtfrage)"},
    Entry{Word::kHint, "Hint: ", "Hinweis: "},
    Entry{Word::kCurrentAnswer, "Answer so far: {1} (Enter keeps it)",
          "Bisherige Antwort: {1} (Enter behält sie)"},
    Entry{Word::kCurrentMark, "chosen", "gewählt"},
    Entry{Word::kMoreChoices, "… and {1} more; type a part of the word to find them",
          "… und {1} weitere; tippen Sie einen Teil des Wortes, um sie zu finden"},
    Entry{Word::kNothingMatches, "No choice fits \"{1}\". Type its number or a part of its text.",
          "Keine Auswahl passt zu „{1}“. Tippen Sie die Nummer oder einen Teil des Textes."},
    Entry{Word::kSeveralMatch, "{1} choices fit \"{2}\"; pick one by its number:",
          "{1} Möglichkeiten passen zu „{2}“; wählen Sie eine mit ihrer Nummer:"},
    Entry{Word::kAskOne, "Number", "Nummer"},
    Entry{Word::kAskMany, "Numbers, with blanks between", "Nummern, durch Leerzeichen getrennt"},
    Entry{Word::kAskRank, "All numbers, the most important first",
          "Alle Nummern, die wichtigste zuerst"},
    Entry{Word::kAskConfirm, "yes or no", "ja oder nein"},
    Entry{Word::kAskNumber, "Number", "Zahl"},
    Entry{Word::kAskWhole, "Whole number", "Ganze Zahl"},
    Entry{Word::kAskDate, "Date, like 2026-12-24 or today", "Datum, z. B. 24.12.2026 oder heute"},
    Entry{Word::kAskTime, "Time, like 9:30", "Uhrzeit, z. B. 9:30"},
    Entry{Word::kAskDateTime, "Date and time, like 2026-12-24 9:30",
          "Datum und Uhrzeit, z. B. 24.12.2026 9:30"},
    Entry{Word::kAskGeopoint, "Latitude and longitude, like 51.05 13.74",
          "Breite und Länge, z. B. 51.05 13.74"},
    Entry{Word::kAskRange, "Number from {1} to {2}", "Zahl von {1} bis {2}"},
    Entry{Word::kAskSteps, "Number from {1} to {2}, in steps of {3}",
          "Zahl von {1} bis {2}, in Schritten von {3}"},
    Entry{Word::kAskText, "Text", "Text"},
    Entry{Word::kAskFile,
          "This question wants a picture, a recording or a file, which a terminal cannot take. "
          "The window can: collector open. Enter goes on without.",
          "Diese Frage möchte ein Bild, eine Aufnahme oder eine Datei; das kann ein Terminal nicht "
          "aufnehmen. Im Fenster geht es: collector open. Mit Enter geht es ohne weiter."},
    Entry{Word::kAnswerNeeded,
          "An answer is needed here. :back goes back, :next leaves it open for now.",
          "Hier wird eine Antwort gebraucht. :zurück geht zurück, :weiter lässt sie vorerst "
          "offen."},
    Entry{Word::kAnswerRefused, "This answer does not fit the question's rule.",
          "Diese Antwort passt nicht zur Regel der Frage."},
    Entry{Word::kWarned, "This answer is unusual.", "Diese Antwort ist ungewöhnlich."},
    Entry{Word::kAskReason, "If it is right, give a reason; Enter asks again. Reason",
          "Wenn sie stimmt, geben Sie einen Grund an; Enter fragt noch einmal. Grund"},
    Entry{Word::kReasonNeeded, "A reason is text of at most {1} bytes.",
          "Ein Grund ist ein Text von höchstens {1} Byte."},
    Entry{Word::kReasonRefused,
          "Without another answer or a reason the interview cannot be finalised.",
          "Ohne andere Antwort oder Grund lässt sich das Interview nicht abschließen."},
    Entry{Word::kOverruled, "Kept, because: {1}", "Beibehalten, weil: {1}"},
    Entry{Word::kNotWholeNumber, "\"{1}\" is not a whole number, like 12.",
          "„{1}“ ist keine ganze Zahl, z. B. 12."},
    Entry{Word::kNotNumber, "\"{1}\" is not a number, like 12.5.",
          "„{1}“ ist keine Zahl, z. B. 12,5."},
    Entry{Word::kNotDate, "\"{1}\" is not a date, like 2026-12-24.",
          "„{1}“ ist kein Datum, z. B. 24.12.2026."},
    Entry{Word::kNotTime, "\"{1}\" is not a time of day, like 9:30.",
          "„{1}“ ist keine Uhrzeit, z. B. 9:30."},
    Entry{Word::kNotDateTime, "\"{1}\" is not a date and time, like 2026-12-24 9:30.",
          "„{1}“ ist kein Datum mit Uhrzeit, z. B. 24.12.2026 9:30."},
    Entry{Word::kNotGeopoint, "\"{1}\" is not a place, like 51.05 13.74.",
          "„{1}“ ist kein Ort, z. B. 51.05 13.74."},
    Entry{Word::kNotYesNo, "Please answer yes or no.", "Bitte antworten Sie mit ja oder nein."},
    Entry{Word::kNotInRange, "\"{1}\" is none of the numbers to choose from.",
          "„{1}“ ist keine der vorgesehenen Zahlen."},
    Entry{Word::kAddRepeat, "Add an entry for \"{1}\"? There are {2} so far. (yes/no)",
          "Einen Eintrag zu „{1}“ hinzufügen? Bisher sind es {2}. (ja/nein)"},
    Entry{Word::kRepeatHeading, "{1}, entry {2} of {3}", "{1}, Eintrag {2} von {3}"},
    Entry{Word::kRepeatRemoved, "The entry was removed.", "Der Eintrag wurde entfernt."},
    Entry{Word::kEntriesGone,
          "Entries have gone with this answer. If it was a slip, put it right now: they come back "
          "with their answers until you close this interview.",
          "Mit dieser Antwort sind Einträge weggefallen. War es ein Versehen, berichtigen Sie sie "
          "jetzt: Bis Sie das Interview schließen, kommen sie mit ihren Antworten zurück."},
    Entry{Word::kNotInRepeat, "There is no entry here that could be removed.",
          "Hier gibt es keinen Eintrag, der entfernt werden könnte."},
    Entry{Word::kYesOrNo, "yes/no", "ja/nein"},
    Entry{Word::kEnd, "That was the last question.", "Das war die letzte Frage."},
    Entry{Word::kEndOpen,
          "These answers are still missing or do not fit; type a number to go there:",
          "Diese Antworten fehlen noch oder passen nicht; mit einer Nummer kommen Sie hin:"},
    Entry{Word::kFinaliseNow,
          "Finalise the interview? It is then sent at the next sync. (yes/no; :back goes back)",
          "Interview abschließen? Es wird beim nächsten Abgleich gesendet. (ja/nein; :zurück geht "
          "zurück)"},
    Entry{Word::kFinalised, "Saved as finalised: {1}", "Als abgeschlossen gespeichert: {1}"},
    Entry{Word::kKeptAsDraft, "Everything is saved as a draft.",
          "Alles ist als Entwurf gespeichert."},
    Entry{Word::kHelp,
          "  Enter           keep the answer and go on\n"
          "  :back           to the question before\n"
          "  :next           leave this one open and go on\n"
          "  :jump 7         to question 7 (number from :list, or a part of its text)\n"
          "  :list           all questions with their answers\n"
          "  :clear          take the answer away\n"
          "  :note ...       write down a remark about this question\n"
          "  :info           what the question means in detail\n"
          "  :lang           change the language\n"
          "  :remove         remove this entry of a list\n"
          "  :finish         to the end, to finalise\n"
          "  :quit           stop; everything stays saved as a draft\n"
          "A text that begins with a colon is typed with two: ::text",
          "  Enter           Antwort behalten und weiter\n"
          "  :zurück         zur Frage davor\n"
          "  :weiter         diese Frage offen lassen und weiter\n"
          "  :springe 7      zu Frage 7 (Nummer aus :liste oder ein Teil ihres Textes)\n"
          "  :liste          alle Fragen mit ihren Antworten\n"
          "  :leeren         die Antwort wegnehmen\n"
          "  :notiz ...      eine Bemerkung zu dieser Frage festhalten\n"
          "  :info           was die Frage genau meint\n"
          "  :sprache        die Sprache wechseln\n"
          "  :entfernen      diesen Eintrag einer Liste entfernen\n"
          "  :abschließen    zum Schluss, um das Interview abzuschließen\n"
          "  :ende           aufhören; alles bleibt als Entwurf gespeichert\n"
          "Ein Text, der mit einem Doppelpunkt beginnt, wird mit zweien getippt: ::Text"},
    Entry{Word::kUnknownCommand, "There is no command \"{1}\". :help lists them.",
          "Einen Befehl „{1}“ gibt es nicht. :hilfe zählt sie auf."},
    Entry{Word::kAmbiguousCommand, "\"{1}\" could be several commands. :help lists them.",
          "„{1}“ kann mehrere Befehle bedeuten. :hilfe zählt sie auf."},
    Entry{Word::kNoSuchQuestion, "No question fits \"{1}\". :list shows all with their numbers.",
          "Keine Frage passt zu „{1}“. :liste zeigt alle mit ihren Nummern."},
    Entry{Word::kJumpWhere, "Where to? Write the number from :list: :jump 7",
          "Wohin? Schreiben Sie die Nummer aus :liste: :springe 7"},
    Entry{Word::kFirstQuestion, "This is the first question.", "Das ist die erste Frage."},
    Entry{Word::kLanguages, "Languages: {1}. Change with :lang and a part of the name.",
          "Sprachen: {1}. Wechseln Sie mit :sprache und einem Teil des Namens."},
    Entry{Word::kNoSuchLanguage, "The form has no language \"{1}\". It has: {2}.",
          "Die Sprache „{1}“ hat das Formular nicht. Es hat: {2}."},
    Entry{Word::kNowLanguage, "The form now speaks {1}.", "Das Formular spricht jetzt {1}."},
    Entry{Word::kNoGuidance, "There is nothing more to say about this question.",
          "Zu dieser Frage gibt es nichts weiter zu sagen."},
    Entry{Word::kNoteSaved, "Your note on this question is saved.",
          "Ihre Notiz zu dieser Frage ist gespeichert."},
    Entry{Word::kNoteRefused,
          "This note cannot be kept: it is too long, or it has characters that are no text. "
          "Please write it in other words.",
          "Diese Notiz lässt sich nicht aufheben: Sie ist zu lang oder enthält Zeichen, die kein "
          "Text sind. Bitte schreiben Sie sie anders."},
    Entry{Word::kNoteNone, "There is no note on this question. Write one: :note what you noticed",
          "Zu dieser Frage gibt es keine Notiz. So schreiben Sie eine: :notiz was Ihnen auffiel"},
    Entry{Word::kNoteShown, "Note: {1}", "Notiz: {1}"},
    Entry{Word::kNoteWhere, "A note belongs to a question. Go there first: :jump 7",
          "Eine Notiz gehört zu einer Frage. Gehen Sie erst dorthin: :springe 7"},
    Entry{Word::kCleared, "The answer was taken away.", "Die Antwort wurde weggenommen."},
    Entry{Word::kNothingToClear, "There is no answer here that could be taken away.",
          "Hier gibt es keine Antwort, die weggenommen werden könnte."},
    Entry{Word::kReadOnly, "This answer cannot be changed.",
          "Diese Antwort kann nicht geändert werden."},
    Entry{Word::kNotSaved, "NOT SAVED: {1}", "NICHT GESPEICHERT: {1}"},
    Entry{Word::kListHeading, "Questions and answers", "Fragen und Antworten"},
    Entry{Word::kUnanswered, "–", "–"},
    Entry{Word::kInputEnded, "The input has ended.", "Die Eingabe ist zu Ende."},
    Entry{Word::kCalculated, "Calculated: {1}", "Berechnet: {1}"},
    Entry{Word::kFault, "A rule of this form cannot be worked out here: {1}",
          "Eine Regel dieses Formulars lässt sich hier nicht berechnen: {1}"},
    Entry{Word::kNotText,
          "This line has characters that are no text, so nothing was taken. Please type it again; "
          "if that does not help, the terminal does not send UTF-8.",
          "Diese Zeile enthält Zeichen, die kein Text sind; es wurde nichts übernommen. Bitte "
          "tippen Sie sie noch einmal; hilft das nicht, sendet das Terminal kein UTF-8."},
    Entry{Word::kLineTooLong, "The line was too long; only its beginning was taken.",
          "Die Zeile war zu lang; nur ihr Anfang wurde übernommen."},
};

}  // namespace

std::string_view text_of(UiLanguage language, Word word) {
    // In the order of the enum, which a test keeps true.
    const auto index = static_cast<std::size_t>(word);
    ENSURE(index < kEntries.size() && kEntries[index].word == word);
    return language == UiLanguage::kGerman ? kEntries[index].german : kEntries[index].english;
}

std::string say(UiLanguage language, Word word, std::initializer_list<std::string_view> values) {
    const std::string_view pattern = text_of(language, word);
    const std::vector<std::string_view> filling(values);
    std::string out;
    for (std::size_t i = 0; i < pattern.size(); ++i) {
        const bool is_blank = pattern[i] == '{' && i + 2 < pattern.size() &&
                              pattern[i + 2] == '}' && pattern[i + 1] >= '1' &&
                              pattern[i + 1] <= '9';
        if (!is_blank) {
            out += pattern[i];
            continue;
        }
        const auto index = static_cast<std::size_t>(pattern[i + 1] - '1');
        ENSURE(index < filling.size());
        out += filling[index];
        i += 2;
    }
    return out;
}

}  // namespace survey::collector
