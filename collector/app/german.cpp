#include "collector/app/german.h"

#include "common/command_line/machine_words.h"

namespace survey::collector {

namespace {

constexpr Translation kTranslations[] = {
    {"the server cannot be reached (*)", "Der Server ist nicht erreichbar (*)."},
    {"the server's name cannot be found (*)", "Der Name des Servers ist nicht zu finden (*)."},
    {"the server did not answer in time (*)", "Der Server hat nicht rechtzeitig geantwortet (*)."},
    {"the connection failed (*)", "Die Verbindung ist abgebrochen (*)."},
    {"the server's certificate is not trusted (*); check this machine's date and the address",
     "Dem Zertifikat des Servers ist nicht zu trauen (*). Prüfen Sie das Datum dieses Rechners "
     "und die Adresse."},
    {"the file of the certificate authority cannot be used (*)",
     "Die Datei mit dem Zertifikat der Zertifizierungsstelle ist nicht brauchbar (*)."},
    {"\"*\" is not a server address; write https://host or http://host:port",
     "„*“ ist keine Adresse eines Servers; schreiben Sie https://rechner oder "
     "http://rechner:port."},
    {"the answer is not from the survey server; does this network want a login in the browser "
     "first?",
     "Die Antwort kommt nicht vom Befragungsserver. Verlangt dieses Netz erst eine Anmeldung im "
     "Browser?"},
    {"the server answered with HTTP status *; try again later",
     "Der Server hat mit dem HTTP-Status * geantwortet; versuchen Sie es später."},
    {"this enrolment code is not valid (any more); ask the project office for a new one",
     "Dieser Anmeldecode gilt nicht (mehr); bitten Sie das Projektbüro um einen neuen."},
    {"the server does not know this device; ask the project office for a new code",
     "Der Server kennt dieses Gerät nicht; bitten Sie das Projektbüro um einen neuen Code."},
    {"Too many tries from this address. Please wait a moment.",
     "Zu viele Versuche von dieser Adresse. Bitte warten Sie einen Moment."},
    {"The server cannot do this right now. Please try again in a moment.",
     "Der Server kann das gerade nicht. Versuchen Sie es in einem Moment wieder."},
    {"the server needs a newer version of this program; everything stays saved here until then",
     "Der Server verlangt eine neuere Version dieses Programms; bis dahin bleibt hier alles "
     "gespeichert."},
    {"this is not the server that this device belongs to; nothing was sent",
     "Das ist nicht der Server, zu dem dieses Gerät gehört; es wurde nichts gesendet."},
    {"the server is older than the one that this device last met; nothing was sent, please tell "
     "the project office",
     "Der Server ist älter als der, den dieses Gerät zuletzt traf; es wurde nichts gesendet. "
     "Bitte sagen Sie es dem Projektbüro."},
    {"device and server could not agree on what was sent; nothing is lost, try again",
     "Gerät und Server sind sich nicht einig, was gesendet wurde; nichts ist verloren, versuchen "
     "Sie es noch einmal."},
    {"the next interview is too large for the server or for something on the way to it; it stays "
     "saved here, please tell the project office",
     "Das nächste Interview ist zu groß für den Server oder für etwas auf dem Weg dorthin; es "
     "bleibt hier gespeichert. Bitte sagen Sie es dem Projektbüro."},
    {"the server does not take the next interview; nothing is lost, try again",
     "Der Server nimmt das nächste Interview nicht an; nichts ist verloren, versuchen Sie es noch "
     "einmal."},
    {"the answers are longer than one interview may be; the draft is kept, please shorten the "
     "longest texts",
     "Die Antworten sind länger, als ein Interview sein darf; der Entwurf bleibt erhalten. Bitte "
     "kürzen Sie die längsten Texte."},
    {"the form \"*\", version \"*\", is here already with another content",
     "Das Formular „*“, Version „*“, ist schon mit anderem Inhalt hier."},
    {"the form \"*\" cannot be opened: *", "Das Formular „*“ lässt sich nicht öffnen: *"},
    {"* is required and blank", "* ist eine Pflichtfrage ohne Antwort"},
    {"* breaks its constraint", "* verstößt gegen die Regel der Frage"},
    {"it has no instanceID, so it could not be told from a second copy",
     "er hat keine instanceID und wäre von einer zweiten Kopie nicht zu unterscheiden"},
    {"an interview of this name is here already, with other answers",
     "ein Interview dieses Namens ist schon da, mit anderen Antworten"},
};

}  // namespace

std::span<const Translation> translations() {
    return kTranslations;
}

std::string in_german(std::string_view message) {
    return survey::in_german(kTranslations, message);
}

}  // namespace survey::collector
