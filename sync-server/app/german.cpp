#include "sync-server/app/german.h"

#include "common/command_line/machine_words.h"

namespace survey::server {

namespace {

constexpr Translation kTranslations[] = {
    // The data directory and the store.
    {"Cannot write to *. Check its owner.",
     "In * lässt sich nicht schreiben. Prüfen Sie, wem der Ordner gehört."},
    {"Another process works on *. Stop it first, or use its address.",
     "Ein anderer Prozess arbeitet auf *. Beenden Sie ihn zuerst, oder nutzen Sie seine Adresse."},
    {"Others can read *. Make it private: chmod 600 *",
     "Andere können * lesen. Schützen Sie die Datei: chmod 600 *"},
    {"* is too short to be a secret. Restore it from a backup.",
     "* ist zu kurz für ein Geheimnis. Spielen Sie die Datei aus einer Sicherung zurück."},
    {"There is no * token in *. Start the server there once.",
     "Es gibt keinen Zugangsschlüssel (*) in *. Starten Sie den Server dort einmal."},
    {"the server's database has no identity",
     "Der Datenbank des Servers fehlt ihre Kennung. Spielen Sie eine Sicherung zurück."},
    {"* is not a server marker", "* ist keine Marke eines Servers."},
    {"* is older than * says: it was restored from a backup. If that is so, start once with "
     "--adopt; devices then send again what is missing",
     "* ist älter, als * sagt: Der Bestand wurde aus einer Sicherung zurückgespielt. Stimmt das, "
     "dann starten Sie einmal mit --adopt; "
     "die Geräte senden dann, was fehlt, noch einmal."},
    // The address and the certificate.
    {"\"*\" is not a numeric address to listen on.",
     "„*“ ist keine Zahlenadresse, auf der zu lauschen wäre."},
    {"Cannot listen on *: ", "Auf * lässt sich nicht lauschen: "},
    {"Address already in use", "Die Adresse ist schon vergeben."},
    {"Cannot assign requested address", "Diese Adresse hat der Rechner nicht."},
    {"Cannot use the certificate *: ", "Das Zertifikat * ist nicht brauchbar: "},
    {"The key does not belong to the certificate.", "Der Schlüssel gehört nicht zum Zertifikat."},
    {"Cannot use the key *: ", "Der Schlüssel * ist nicht brauchbar: "},
    {"Commands reach a server only by plain http on this machine, not by *",
     "Befehle erreichen einen Server nur mit http auf diesem Rechner, nicht mit *"},
    {"\"*\" is not the address of a server.", "„*“ ist keine Adresse eines Servers."},
    {"The server at * does not answer: ", "Der Server unter * antwortet nicht: "},
    {"Connection refused", "Die Verbindung wurde abgelehnt."},
    // What the office asks for.
    {"no such device", "Dieses Gerät gibt es nicht; alle zeigt: sync-server devices"},
    {"There is no form \"*\" here.", "Ein Formular „*“ gibt es hier nicht."},
    {"no form \"*\" with version \"*\" here",
     "Ein Formular „*“ in Version „*“ gibt es hier nicht."},
    {"the form cannot be published: it is over 32 MiB with its media, has no id, or holds text "
     "that is not UTF-8",
     "Das Formular lässt sich nicht veröffentlichen: Es hat mit seinen Dateien über 32 MiB, keine "
     "Kennung oder Text, der kein UTF-8 ist."},
    {"version \"*\" of form \"*\" was published with another content; give the new one another "
     "version",
     "Version „*“ des Formulars „*“ wurde schon mit anderem Inhalt veröffentlicht; geben Sie der "
     "neuen eine andere Version."},
    {"The form was published without the file *.",
     "Das Formular wurde ohne die Datei * veröffentlicht."},
    {"This form has no question \"*\" that tables can count.",
     "Dieses Formular hat keine Frage „*“, die sich in Tabellen zählen ließe."},
    {"There are too few answers to \"*\" yet to put them into classes.",
     "Zu „*“ gibt es noch zu wenige Antworten, um sie in Klassen zu fassen."},
    {"A filter is written as filter=<question>:<option>.",
     "Ein Filter wird als FRAGE:AUSWAHL geschrieben."},
    {"Filters of one table must be about the same question.",
     "Die Filter einer Tabelle müssen dieselbe Frage betreffen."},
    {"\"*\" must be a whole number from 1 to *.", "„*“ verlangt eine ganze Zahl von 1 bis *."},
    {"There is no form \"*\" to answer here. Publish it first: sync-server publish FILE",
     "Ein Formular „*“, das man beantworten könnte, gibt es hier nicht. Veröffentlichen Sie es "
     "zuerst: sync-server publish DATEI"},
    {"The link would close before it opens.", "Der Link würde schließen, bevor er öffnet."},
    {"The server cannot write the copy there; choose a place where its own user may write: ",
     "Der Server kann die Kopie dort nicht ablegen; wählen Sie einen Ort, an dem sein eigener "
     "Benutzer schreiben darf: "},
    {"There is no answer \"*\" here.", "Eine Antwort „*“ gibt es hier nicht."},
    {"no such submission", "Diese Antwort gibt es hier nicht."},
    {"There is no link \"*\".", "Den Link „*“ gibt es nicht; alle zeigt: sync-server link list"},
    {"A time is written 2026-12-01 or 2026-12-01 08:30, not \"*\".",
     "Eine Zeit wird 2026-12-01 oder 2026-12-01 08:30 geschrieben, nicht „*“."},
    {"\"kiosk_code\" must have 4 to 20 characters.",
     "Der Code für den Kiosk-Modus braucht 4 bis 20 Zeichen."},
    {"no time zone \"*\" in the system's time zone database (package tzdata)",
     "Die Zeitzone „*“ gibt es im System nicht (Paket tzdata); üblich ist Europe/Berlin."},
    {"These credentials do not allow this call.", "Dieser Zugang erlaubt das nicht."},
    {"The server found damaged data and did not go on. Nothing you sent is lost; please give the "
     "request number to whoever runs the server.",
     "Der Server fand beschädigte Daten und hielt an. Nichts ist verloren; bitte nennen Sie die "
     "Nummer der Anfrage dem, der den Server betreibt."},
    {"The server cannot do this right now. Please try again in a moment.",
     "Der Server kann das gerade nicht. Versuchen Sie es in einem Moment wieder."},
};

}  // namespace

std::span<const Translation> translations() {
    return kTranslations;
}

std::string in_german(std::string_view message) {
    return survey::in_german(kTranslations, message);
}

}  // namespace survey::server
