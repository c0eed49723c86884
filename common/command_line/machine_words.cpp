#include "common/command_line/machine_words.h"

#include <vector>

namespace survey {

namespace {

constexpr Translation kMachineWords[] = {
    {"reading the outbox: ", "Lesen des Ausgangs: "},
    {"reading a stored form: ", "Lesen eines gespeicherten Formulars: "},
    {"reading *: ", "Lesen von *: "},
    {"writing *: ", "Schreiben von *: "},
    {"opening *: ", "Öffnen von *: "},
    {"mending *: ", "Reparieren von *: "},
    {"making directory *: ", "Anlegen des Ordners *: "},
    {"saving the draft: ", "Speichern des Entwurfs: "},
    {"* is damaged: ", "* ist beschädigt: "},
    {"No such file or directory", "Das gibt es nicht."},
    {"Permission denied", "Die Rechte dazu fehlen."},
    {"Operation not permitted", "Die Rechte dazu fehlen."},
    {"Is a directory", "Das ist ein Ordner, keine Datei."},
    {"Not a directory", "Das ist kein Ordner."},
    {"File exists", "Das gibt es schon."},
    {"Read-only file system", "Der Datenträger ist schreibgeschützt."},
    {"Input/output error", "Der Datenträger hat einen Fehler."},
    {"No space left on device; free some space and try again",
     "Der Datenträger ist voll. Schaffen Sie Platz und versuchen Sie es noch einmal."},
    {"Disk quota exceeded; free some space and try again",
     "Ihr Anteil am Datenträger ist voll. Schaffen Sie Platz und versuchen Sie es noch einmal."},
    {"larger than * bytes", "Die Datei hat mehr als * Bytes; mehr geht nicht."},
    {"* is a file, not a directory", "* ist eine Datei, kein Ordner."},
    {"the disk is full; nothing was saved. Free some space and try again",
     "Der Datenträger ist voll; es wurde nichts gespeichert. Schaffen Sie Platz und versuchen Sie "
     "es noch einmal."},
    {"another program is using the database; close it and try again",
     "Ein anderes Programm benutzt diese Daten; beenden Sie es und versuchen Sie es noch einmal."},
    {"cannot be opened; does the directory exist, and may you write to it?",
     "Das lässt sich nicht öffnen. Gibt es den Ordner, und dürfen Sie darin schreiben?"},
    {"may not be written", "Hier darf nicht geschrieben werden. Prüfen Sie die Rechte."},
    {"this file is not a database", "Diese Datei ist keine Datenbank."},
    {"the disk failed (*); nothing was saved. Check the disk and start again",
     "Der Datenträger hat einen Fehler (*); es wurde nichts gespeichert. Prüfen Sie ihn und "
     "beginnen Sie von vorn."},
    {"the database has to be opened again after a failure of the disk",
     "Nach einem Fehler des Datenträgers muss das Programm neu gestartet werden."},
    {"the database is damaged. Do not delete it; keep a copy and ask for help",
     "Die Daten sind beschädigt. Löschen Sie nichts, machen Sie eine Kopie und fragen Sie um Rat."},
    {"* is damaged in the middle. Restore this file from a backup",
     "* ist in der Mitte beschädigt. Spielen Sie diese Datei aus einer Sicherung zurück."},
    {"* lies on a network drive, where a database can be damaged; choose a directory on a disk of "
     "this machine",
     "* liegt auf einem Netzlaufwerk, wo Daten Schaden nehmen können; wählen Sie einen Ordner auf "
     "einem Datenträger dieses Rechners."},
    {"* cannot use write-ahead logging here; choose another disk",
     "* lässt sich hier nicht sicher führen; wählen Sie einen anderen Datenträger."},
    {"* is a database, but not *", "* ist eine Datenbank, aber eine andere (*)."},
    {"* was written by a newer version of this program (format *, this one knows *); please update",
     "* stammt von einer neueren Version dieses Programms (Format *, bekannt bis *); bitte "
     "aktualisieren Sie es."},
    {"*. Do not delete it; keep a copy and ask for help",
     "*. Löschen Sie nichts, machen Sie eine Kopie und fragen Sie um Rat."},
};

}  // namespace

std::span<const Translation> machine_words() {
    return kMachineWords;
}

std::string in_german(std::span<const Translation> own, std::string_view message) {
    // More colons than this no message of ours has; the rest stays as it is.
    constexpr int kPartsMax = 8;
    std::vector<Translation> all(own.begin(), own.end());
    all.insert(all.end(), machine_words().begin(), machine_words().end());
    std::string text;
    for (int part = 0; part < kPartsMax; ++part) {
        std::string said = translated(all, message);
        const std::size_t colon = message.find(": ");
        if (said != message || colon == std::string_view::npos) return text + said;
        text += translated(all, message.substr(0, colon + 2));
        message.remove_prefix(colon + 2);
    }
    return text + std::string(message);
}

}  // namespace survey
