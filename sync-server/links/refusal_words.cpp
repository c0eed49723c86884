#include "sync-server/links/refusal_words.h"

#include "common/base/phrase.h"

namespace survey::server {

namespace {

// The messages of answer_sheet.cpp, link_answers.cpp, the store's intake and the calls themselves.
constexpr Translation kGerman[] = {
    {"This link is for another questionnaire.", "Dieser Link gehört zu einem anderen Fragebogen."},
    {"This answer was given already, and it counts. Another one needs a sheet of its own.",
     "Diese Antwort ist schon angekommen und zählt. Für eine andere beginnen Sie bitte den "
     "Fragebogen neu."},
    {"This answer has too many versions to replace them.",
     "Von dieser Antwort gibt es zu viele Fassungen, als dass noch eine sie ersetzen könnte."},
    {"This answer was erased on request and is not kept again.",
     "Diese Antwort wurde auf Wunsch gelöscht und wird nicht noch einmal aufbewahrt."},
    {"An answer may have a hundred files at most.",
     "Eine Antwort darf höchstens hundert Dateien haben."},
    {"This answer is longer than any questionnaire makes one.",
     "Diese Antwort ist länger, als ein Fragebogen sie je macht."},
    {"A file of an answer may have 16 MiB at most.",
     "Eine Datei einer Antwort darf höchstens 16 MiB groß sein."},
    {"The file is not what its SHA-256 says. Send it again.",
     "Die Datei kam verändert an. Bitte senden Sie sie noch einmal."},
    {"Send these files first, then this again.",
     "Senden Sie bitte erst diese Dateien und dann die Antwort noch einmal."},
    {"This link takes no more of what breaks the form's rules today. Please try again later.",
     "Dieser Link nimmt heute nichts mehr, was die Regeln des Fragebogens verletzt. Bitte "
     "versuchen "
     "Sie es später noch einmal."},
    {"Too many tries from this address. Please wait a moment.",
     "Von dieser Adresse kam zu viel auf einmal. Bitte warten Sie einen Moment."},
    {"\"files\" has a name that no file may have.",
     "Eine Datei hat einen Namen, den hier keine haben darf."},
    {"\"files\" names one file twice.", "Zwei Dateien haben denselben Namen."},
    {"\"files\" has a type that is none.", "Eine Datei hat eine Art, die es nicht gibt."},
    // The rest is about what a page of ours never sends: for whoever wrote the program.
    {"\"*", "Der Server kann diese Antwort nicht lesen: \"*"},
};

}  // namespace

std::string refusal_in(bool german, std::string_view message) {
    return german ? translated(kGerman, message) : std::string(message);
}

}  // namespace survey::server
