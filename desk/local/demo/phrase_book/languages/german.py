"""German: courtesies, and stories for the airline, the bank and the software house."""

from desk.local.demo.phrase_book.courtesies import Courtesies
from desk.local.demo.phrase_book.reader import lines

GERMAN = Courtesies(
    greetings=lines("""
        Hallo
        {good_day}
        Hallo zusammen
        Sehr geehrte Damen und Herren,
        Moin
        (annoyed) Hallo??
        (chatty) Hallo liebes Team, ich hoffe, es geht allen gut
        (hurried) Hallo, nur ganz kurz
    """),
    closings=lines("""
        Vielen Dank
        Danke im Voraus
        Viele Grüße, {full_name}
        LG {name}
        Können Sie helfen?
        Was muss ich tun?
        (annoyed) So geht das nicht
        (annoyed) Ich erwarte heute noch eine Antwort
        (hurried) Es eilt leider
    """),
    thanks=lines("""
        Vielen Dank[ für die schnelle Hilfe|]
        Super, danke
        Perfekt, [danke|das war alles]
        Danke {agent}, sehr nett
        Hat geklappt, danke
        (annoyed) Gut. Hat ja lange genug gedauert
        (terse) Danke
        (chatty) Sie haben meinen Tag gerettet, {agent}! Tausend Dank
    """),
    grudging=lines("""
        Schade. Trotzdem danke
        Na gut, dann eben nicht
        Verstehe, aber schön ist das nicht
        (annoyed) Das ist keine Antwort. Ich werde mich beschweren
    """),
    nudges=lines("""
        Gibt es etwas Neues?
        Hallo, ist da jemand?
        Ich warte noch
        Konnten Sie schon nachsehen?
        (annoyed) Wie lange denn noch?
    """),
    hellos=lines("""
        Hallo {name}, hier ist {agent}.
        Guten Tag {name}, danke für Ihre Nachricht.
        (warm) Hallo {name}, das bekommen wir hin. Ich bin {agent}.
        (brisk) Hallo.
        (formal) Guten Tag, mein Name ist {agent} von {company}.
        (cheerful) Hallo {name}! {agent} hier 👋
        (careful) Hallo {name}, {agent} hier. Ich habe alles genau gelesen.
    """),
    sorry_for_the_wait=lines("""
        Entschuldigen Sie die Wartezeit.
        Danke für Ihre Geduld.
        Tut mir leid, dass es gedauert hat.
    """),
    acknowledgements=lines("""
        Danke.
        Alles klar.
        Verstanden.
        Danke für die Angaben.
    """),
    anything_else=lines("""
        Kann ich sonst noch etwas tun?
        Ist damit alles beantwortet?
        Noch etwas?
    """),
    welcomes=lines("""
        Sehr gern, {name}.
        Gern geschehen. Einen schönen Tag noch.
        Keine Ursache.
        Freut mich, dass es geklappt hat.
    """),
    signatures=lines("""
        {agent}
        Viele Grüße, {agent}
        Freundliche Grüße, {agent}, {company}
    """),
    takes_over=lines("""
        Hallo {name}, hier {agent}. {colleague} ist schon im Feierabend, ich übernehme.
        {agent} hier, ich mache für {colleague} weiter.
    """),
    more=lines("""
        >nothing Hallo nochmal, [leider immer noch nicht|es hat sich nichts getan]
        >written Noch eine Frage: bekomme ich das schriftlich?
        >nothing Guten Tag {agent}, [gestern ging es|einen Tag lang ging es], heute wieder nicht
        >nothing (annoyed) Warum wurde das geschlossen? Es ist nicht gelöst
    """),
    more_answers=lines("""
        #nothing Ich habe noch einmal nachgesehen, jetzt stimmt es. Die Bestätigung kommt per Mail.
        #nothing Das tut mir leid. Ich bleibe dran, bis es erledigt ist.
        #written Ja, genau so. Sie haben es gleich schriftlich.
    """),
    comments={
        1: lines("Keine Hilfe\nAlles [zweimal|dreimal] erklärt\nNicht gelöst"),
        2: lines("Zu langsam\nFreundlich, aber ohne Lösung"),
        3: lines("Ging so\nHat gedauert, aber ok"),
        4: lines("Gute Hilfe\nSchnelle Antwort\n{agent} war sehr nett"),
        5: lines(
            "Hervorragend!\n{agent} ist [super|spitze]\nSchnell und freundlich, gern wieder\n👍👍"
        ),
    },
)

_AIRLINE = """
@story de_bag weight=4 language=de team=baggage label=baggage heat=.45
>bag Mein Koffer ist nicht in {destination} angekommen. // Flug {flight}, Nummer {bagtag}
>bag Stehe am Band in {destination}, [der Kinderwagen|mein Rucksack|der silberne Koffer] fehlt. {flight}
>bag Ich habe am {date_past} einen Verlust gemeldet und nichts mehr gehört. {bagtag}
>broken Der Koffer kam mit [gebrochenem Griff|Riss|drei Rädern] an. {flight}, Foto anbei
>left Habe [meine Jacke|das Tablet|die Brille] an Platz {seat} vergessen, {flight}
>bag (annoyed) {bagtag} seit [drei|vier] Tagen weg und am Telefon nur Musik
>bag (chatty) Ich sitze in {destination} auf einer Hochzeit, in Wanderschuhen. Danke, {flight}. // {bagtag}
>bag (terse) Koffer {bagtag}
@agent
#bag Das tut mir leid. Wie sieht er aus, und wohin dürfen wir liefern?
#bag Ich suche ihn, einen Moment bitte.
#broken,left Das tut mir leid. Können Sie ein Foto schicken oder es etwas genauer beschreiben?
@customer
#bag Dunkelgrün mit orangem Band, {street}
#bag Schwarz, ziemlich verbeult. {bagtag}
#broken Foto ist angehängt
#left Mein Name steht innen, sonst nichts Besonderes
@note .3
#bag In {hub} liegen geblieben, Rampe gefragt.
@agent work=5
#bag Gefunden: er kommt mit {flight2}, der Kurier am {weekday_next}.
#bag Er liegt in {hub} und fliegt heute Abend. Der Fahrer ruft {phone} an.
#left Abgegeben in {destination}, Nummer {case}. Wir schicken ihn nach Hause.
#broken Wir ersetzen ihn. Der Link mit zehn Modellen ist in {email}.
@customer
Ein Glück
[Danke|Prima], dann warte ich
#bag (annoyed) Na endlich
@end solved

@story de_change weight=4 language=de team=bookings label=rebooking heat=.25
>move Kann ich {pnr} auf den {date_next} umbuchen? [Mir ist etwas dazwischengekommen|Der Termin wurde verlegt]
>move Was kostet es, {flight} auf den [Morgen|Abend] zu legen? {pnr}
>late Ist {flight} pünktlich? Die Tafel sagt {clock}
>name Im Ticket {pnr} steht ue statt ü. Ist das schlimm?
>seat Wir möchten zusammensitzen, {seat} und {seat2}. {pnr}
>money Wo bleibt die Erstattung für {pnr}? {amount} seit {date_old}
>comp {flight} am {date_past} war {hours} Stunden zu spät. Steht mir etwas zu? {pnr}
>off (annoyed) Annulliert per SMS, nachts um {clock}. {pnr}. Und jetzt?
>move (terse) Umbuchen {pnr}
@agent work=2
#move Am {date_next} ist um {clock2} noch Platz, Aufpreis {small_amount}. Soll ich?
#name ue ist völlig in Ordnung, der Scanner kennt beides.
#late,off Neue Zeit ist {clock2}. Ich halte {flight2} für Sie frei.
#seat,money Ich sehe es mir an. Gilt das für alle in der Buchung?
#comp Das waren mehr als drei Stunden, das zählt. Auf welches Konto darf es gehen?
@customer
#move,seat,money Ja, für alle
#move,late,off,seat Bitte machen
#move,late,off Und das Gepäck?
#name Gut, dann bin ich beruhigt
#comp Die IBAN endet auf {phone_end}, steht im Formular
@agent
#move,seat Erledigt, die Bestätigung ist in {email}.
#move,late,off,name Das Gepäck geht mit. Gute Reise!
#money,comp Überwiesen, fünf Tage bis auf die Karte.
@end solved
"""

_BANK = """
@story de_bank weight=4 language=de team=payments label=transfer heat=.3
>out Meine Überweisung nach [Hamburg|Leipzig|Flensburg] vom {date_past} ist nicht da. {amount}
>card Karte {card} wird in Deutschland abgelehnt, [am Automaten|im Hotel]
>acc Ich ziehe nach Norwegen, was brauche ich für ein Konto? [Arbeit ab|Umzug am] {date_next}
>app Komme nicht in die App, Fehler {error}
>fee Welche Gebühren fallen an, wenn ich {amount} nach Deutschland überweise?
>out (annoyed) {amount} seit {weekday_past} unterwegs. Zu Fuß?
>card (terse) {card} gesperrt?
@agent work=2
#out Ich prüfe das. Wie lauten die letzten vier Ziffern der IBAN?
#acc Sie brauchen Pass, Arbeitsvertrag und Adresse. Soll ich einen Termin in {branch} machen?
#card Die Region war geschlossen, ich habe sie geöffnet. Bitte noch einmal versuchen.
#app Der Fehler heißt, dass die Uhr des Telefons falsch geht. Steht sie auf automatisch?
#fee Bis {amount} ist es {fee}, am selben Tag. In Euro sogar ohne Aufschlag. Passt das?
@customer
#out {card}
#acc Ja bitte, [nachmittags|vormittags]
#card [Jetzt geht es|Klappt]
#app Tatsächlich, sechs Minuten. Jetzt geht es
#fee Ja, wunderbar
@agent
#out Ist unterwegs und morgen früh da.
#acc {weekday_next} um {clock}. Bitte die Originale mitbringen.
#card,app,fee Prima. Bei Fragen einfach schreiben.
@end solved
"""

_SOFTWARE = """
@story de_bug weight=5 language=de team=support label=bug heat=.35
>err Seit {version} kommt Fehler {error}, wenn ich eine Rechnung [speichere|verschicke]
>chars Im PDF von {invoice} fehlen die Umlaute
>import Der Import bricht bei Zeile {rows} ab. // {error}
>bank Die Bank {bank} wird seit {date_past} nicht mehr abgerufen
>import Komma und Punkt sind vertauscht: {invoice} über {amount} wurde hundertmal so viel
>tax Wie stelle ich auf [sieben|neunzehn] Prozent um? Ich finde es nicht
>sum Summe in der Auswertung weicht um {cents} ab
>err (annoyed) Monatsende, {error}, wie jedes Mal. Testet das niemand?
>err (hurried) Steuerberater kommt um {clock}, Export geht nicht
>err (chatty) Mein Mann sagt, ich soll den Cache leeren. Der Cache ist leer, {error} ist geblieben
>err (terse) {error}
@agent
#err,chars,import,sum >shot Können Sie mir ein Bildschirmfoto schicken, mit der Adresszeile?
#err >steps Ich sehe {error} bei uns im Protokoll. Was haben Sie davor gedrückt?
#tax Das stellen Sie unter Einstellungen, Steuern um. Sehen Sie den Punkt?
#bank>rec Die Bank hat ihre Anmeldung geändert. Bitte unter Banken neu verbinden. Klappt das?
@customer file=bild.png
#shot Anbei
#steps Speichern, dann zurück, dann wieder Speichern
#tax [Gefunden|Ja, da ist es], danke
#steps,shot Firefox, neueste Version
#rec Verbunden, er zählt jetzt
@note .4
#import,chars Semikolon statt Komma, Datei ist Windows-1252.
#err,sum Nachgestellt, {ticket}.
@agent work=5
#import,chars Die Datei muss UTF-8 sein. Ich habe sie umgewandelt, sie ist in {email}.
#err,sum Ein Fehler von uns in {version}, heute Abend ist er behoben.
#bank Ich habe die Bank neu verbunden, die fehlenden Tage sind da.
#tax Gern. Der neue Satz gilt ab der nächsten Rechnung.
@customer
Läuft, danke
#bank,sum,import [Super|Prima], stimmt auf den Cent
#err,sum Ok, ich warte bis heute Abend
@end solved

@story de_bill weight=3 language=de team=billing label=invoice heat=.25
>inv Wir brauchen {own_invoice} mit unserer USt-IdNr.
>why Warum {amount}? Wir sind nur {seats} Leute. {own_invoice}
>year Kann man jährlich per Überweisung zahlen? [{plan}|Tarif {plan}], {seats} Plätze
>end Wir möchten zum {date_next} kündigen, {seats} Plätze
>dpa Haben Sie einen Vertrag zur Auftragsverarbeitung?
>inv (terse) Rechnung {own_invoice}
@agent
#inv Gern. Welche Adresse und Nummer soll darauf stehen?
#why Seit {date_past} sind es {seats2} Plätze. Soll ich welche entfernen?
#year Ja, zwei Monate sind dann frei.
#end Schade. Darf ich fragen, woran es liegt?
#dpa Ja, er liegt zum Unterschreiben bereit. An welche Adresse?
@customer
#inv DE{key_end}{ticket}, [Adresse wie gehabt|neue Adresse in {email}]
#why Ja bitte
#year Machen wir so
#end Wir schließen uns mit einem anderen Büro zusammen
#dpa An {email} bitte
@agent work=2
#inv,year Die neue Rechnung ist in {email}.
#why Erledigt, die Differenz kommt zurück.
#end Gekündigt zum {date_next}, der Export ist in {email}.
#dpa Verschickt.
@end solved
"""

GERMAN_TEXTS: dict[str, str] = {"airline": _AIRLINE, "bank": _BANK, "software": _SOFTWARE}
