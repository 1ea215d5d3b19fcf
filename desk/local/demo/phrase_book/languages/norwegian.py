"""Norwegian: courtesies, and stories for the bank and the airline."""

from desk.local.demo.phrase_book.courtesies import Courtesies
from desk.local.demo.phrase_book.reader import lines

NORWEGIAN = Courtesies(
    greetings=lines("""
        Hei
        Hei på dere
        {good_day}
        Heisann
        Hallo
        (annoyed) Hallo??
        (chatty) Hei og god [uke|dag] til dere
        (hurried) Hei, litt hastig her
    """),
    closings=lines("""
        Takk på forhånd
        Mvh {full_name}
        Hilsen {name}
        Kan dere hjelpe?
        Hva gjør jeg nå?
        (annoyed) Dette er rett og slett for dårlig
        (hurried) Haster litt!
        (chatty) Ha en fin dag så lenge 😊
    """),
    thanks=lines("""
        Tusen takk!
        Takk for [hjelpen|rask hjelp|svar]
        Supert, takk
        [Flott|Topp|Perfekt], da er jeg fornøyd
        Så bra, tusen takk {agent}
        (annoyed) Greit. Takk, men det burde ikke ta så lang tid
        (terse) Takk
        (chatty) Du er en engel, {agent}! Ha en riktig god helg når den kommer
    """),
    grudging=lines("""
        Ok, [synd|dumt], men takk for svar
        Jaja, da får det være sånn
        Det var skuffende
        (annoyed) Da bytter jeg. Takk for meg
    """),
    nudges=lines("""
        Noe nytt?
        Hallo, er det noen der?
        Venter fortsatt
        Har dere fått sjekket?
        (annoyed) Hvor lenge skal man vente egentlig?
    """),
    hellos=lines("""
        Hei {name}, {agent} her.
        Hei {name}!
        Hei, og takk for at du tok kontakt.
        (warm) Hei {name}, dette ordner vi sammen. Jeg heter {agent}.
        (brisk) Hei.
        (formal) God dag, {name}. Du snakker med {agent} i {company}.
        (cheerful) Heisann {name}! {agent} på vakt 👋
        (careful) Hei {name}, {agent} her. Jeg har lest meldingen din nøye.
    """),
    sorry_for_the_wait=lines("""
        Beklager ventetiden.
        Takk for tålmodigheten.
        Beklager at det tok litt tid.
    """),
    acknowledgements=lines("""
        Takk.
        Fint, takk.
        Da er jeg med.
        Skjønner.
    """),
    anything_else=lines("""
        Er det noe annet jeg kan hjelpe med?
        Noe mer i dag?
        Var det svar på alt?
    """),
    welcomes=lines("""
        Bare hyggelig, {name}!
        Bare hyggelig. Ha en fin dag.
        Ingen årsak.
        Så fint at det ordnet seg.
    """),
    signatures=lines("""
        {agent}
        Vennlig hilsen {agent}
        Mvh {agent}, {company}
    """),
    takes_over=lines("""
        Hei {name}, {agent} her. {colleague} har gått for dagen, så jeg tar over.
        {agent} her, jeg overtar etter {colleague}.
    """),
    more=lines("""
        >nothing Hei igjen, [det virker fortsatt ikke|ingenting har skjedd]
        >written En ting til: får jeg dette skriftlig?
        >nothing Hei {agent}, er du der? Det var [bra en dag|i orden i går], nå er det samme igjen
        >nothing (annoyed) Dere lukket saken, men den er ikke løst
    """),
    more_answers=lines("""
        #nothing Hei igjen! Jeg har sett på det på nytt, og nå er det i orden. Du får bekreftelse på e-post.
        #nothing Beklager. Jeg har purret og følger med til det er gjort.
        #written Ja, det stemmer, og du har det på e-post om et øyeblikk.
    """),
    comments={
        1: lines("Ingen hjelp å få\nMåtte forklare alt [to|tre] ganger\nIkke løst"),
        2: lines("For tregt\nHyggelig, men ingen løsning"),
        3: lines("Helt greit\nTok litt tid, men ok\nMidt på treet"),
        4: lines("God hjelp\nRaskt svar, litt ventetid\n{agent} var hyggelig"),
        5: lines(
            "Topp service!\n{agent} var [fantastisk|kjempeflink]\nRask og vennlig hjelp\n👏👏"
        ),
    },
)

_BANK = """
@story nb_card weight=6 language=nb team=cards label=card heat=.4
>ref Kortet mitt [ble avvist|virker ikke] på [Kiwi|apoteket|bensinstasjonen|toget]. // Det slutter på {card}
>ref Får ikke betalt på nett med {card}, [koden kommer aldri|det stopper på siste steg]
>lost Har mistet kortet [på bussen|i {branch}|i går], kan dere sperre {card}?
>lost Automaten i {branch} [slukte|beholdt] kortet mitt, {card}
>pin Jeg tastet feil PIN for mange ganger på {card}
>trip Skal til [Spania|Thailand|USA|Kreta] {date_next}, virker {card} der?
>new Nytt kort skulle komme {weekday_past}, men postkassa er tom. Gammelt kort: {card}
>ref (annoyed) Står i kassa med full vogn og {card} er sperret. Igjen!
>ref (hurried) I taxi nå, {card} virker ikke, sjåføren venter
>lost (chatty) Hunden har spist kortet mitt. Det er ikke en spøk. // {card}
>lost (terse) Sperr {card}
@agent
#ref Jeg ser på det nå. Når var det, og omtrent hvilket beløp?
#ref,pin,lost >id Ser at det er stoppet. Kan du bekrefte fødselsdato og postnummer?
#ref (brisk) Sjekker. Brukte du PIN?
#trip Da kan det lønne seg å sjekke to ting. Har du kredittkort også, og hvor lenge blir du?
#new Det ble sendt {date_past} til {street}. Er det riktig adresse?
#lost Sperret. Er det noen betalinger du ikke kjenner?
@customer
#ref {amount}, for fem minutter siden
#id {birth}, {street}
#ref Klokka {clock}, {amount}. Riktig PIN
#ref (terse) {amount}
#trip Bare dette kortet, to uker
#new Ja, men postkassa er tom
#lost Nei, [ingen|alt er mitt]
@note .25
#ref Ukegrensen er nådd, ikke noe galt med kortet.
#ref Regionsperre på, kunden har valgt det selv.
#pin Tre feil på PIN, kan åpnes.
#lost,new Bestilt nytt, ekspress.
@agent work=2
#ref Ukegrensen var brukt opp. Jeg har hevet den til {weekday_next}, prøv igjen.
#lost,new Kortet er sperret, og nytt kort er på vei. Det kommer om [fire|fem] dager, i appen ser du det allerede nå.
#pin,ref Nå er det åpnet. Den gamle PIN-koden gjelder.
#trip Det virker der, bare åpne regionen i appen først: Kort, Bruk i utlandet.
@customer
#ref,pin [Nå gikk det|Det virket], takk
#lost,new,trip,pin [Fint|Flott], takk skal du ha
#lost,new Ok. Får jeg beskjed når det er sendt?
@agent chance=.4
#lost,new Ja, du får en melding.
#ref,pin,trip Bare si fra om det ikke virker.
@end solved

@story nb_login weight=5 language=nb team=payments label=login heat=.35
>err Kommer ikke inn i appen [etter oppdateringen|siden i går|med ny telefon]. // Feil {error}
>bankid BankID er [sperret|utløpt], hvordan får jeg ny?
>err Appen krasjer når jeg [skanner regninger|åpner sparing], {error}
>proxy Moren min er [78|81|84|90] og får ikke logget inn. Kan jeg få fullmakt?
>sms Får ikke kode på sms. Nummeret er {phone}
>lock (annoyed) Låst ute for [tredje|fjerde] gang denne måneden. {error}
>err (chatty) Barnebarnet satte opp appen, men han er i Australia, og jeg sitter her med {error}
>err (terse) {error}?
@agent
#err >model Hvilken telefon er det, og er appen oppdatert?
#err >clock {error} betyr som regel at klokka på telefonen går feil. Står den på automatisk?
#lock >code Jeg ser noen mislykkede forsøk. Jeg kan åpne igjen, hva er postnummeret ditt?
#bankid>pass Det må gjøres med pass i banken. Passer {branch} på {weekday_next}?
#proxy>form Ja, det går fint med fullmakt. Er du kunde hos oss selv?
#sms>number Meldingene kommer i retur. Har du fått nytt SIM-kort?
@customer
#clock Du hadde rett, den gikk [fire|seks] minutter feil
#model Den er ny, den gamle er [knust|solgt]
#code 3{card}, {street}
#clock,model (annoyed) Jeg er ikke tekniker. Det virket i går
#pass Ja, det passer
#form Ja, i {years} år
#number Ja, i forrige uke
@agent
#clock,code Da er den åpnet, prøv nå.
#model Velg Ny enhet i appen og ha passet klart. Det tar to minutter.
#model,clock Det er en feil hos oss på noen telefoner, rettes i kveld. Nettbanken virker så lenge.
#pass Da er timen bestilt kl. {clock}. Husk passet.
#form Skjemaet ligger i appen under Profil. Begge signerer, så virker det samme dag.
#number Jeg har sendt en ny lenke. Bekreft den én gang, så kommer kodene igjen.
@customer
#clock,code,model,number Inne! [Takk|Tusen takk]
#clock,code,model Der ja
#model Ok, bruker nettbanken
#pass,form [Fint|Flott], takk
@end solved

@story nb_transfer weight=5 language=nb team=payments label=transfer heat=.35
>out Jeg sendte {amount} til [huseieren|søsteren min|snekkeren|barnehagen] {date_past}, men de er ikke kommet fram
>in Lønna er ikke inne ennå. Pleier å komme kl. {clock}
>wrong Betalte {amount} til feil konto. Kan dere stoppe det?
>wrong Samme regning betalt to ganger, {amount}
>out Når kommer pengene til [Polen|Sverige|Tyskland]? Sendt {weekday_past}, {amount}
>fee Hva er gebyret på {fee} {date_past}?
>out (annoyed) {amount} er borte mellom dere og mottakeren i [tre|fire] dager
>wrong (hurried) Feil konto, {amount}, ett minutt siden!
>out (terse) Hvor er {amount}?
@agent work=2
#out >end Jeg sporer den. Hva slutter kontonummeret på?
#out Ser den. Den gikk herfra kl. {clock2}, etter siste avregning.
#wrong Den er ikke bokført ennå, så jeg kan stoppe den. Skal jeg?
#in Ingenting ligger og venter hos oss ennå. Fra hvilken bank skal den komme?
#fee Det er årsavgiften for {card_kind}. Bruker du det kortet?
@customer
#end Det slutter på {card}
#wrong Ja takk!
#out Ok. Når er den framme da?
#in Fra {otherbank}
#fee Nei, aldri
@agent work=2
#wrong Stoppet. Pengene er tilbake om et minutt.
#out Den er framme [i morgen tidlig|kl. {clock}].
#out Den ble holdt igjen i en kontroll, helt unødvendig. Nå er den sendt, og {fee} er tilbakeført.
#in Filen fra dem kom nå, den er på konto kl. {clock2}.
#fee Da er det avsluttet, og {fee} er tilbakeført.
@customer chance=.7
[Fint|Supert], takk
#out,in Nå er den der
@end solved

@story nb_mortgage weight=4 language=nb team=lending label=loan heat=.3
>rate Kan dere bli bedre enn {rate}? En annen bank tilbyr {rate2}
>buy Vi vil kjøpe [leilighet på Torshov|rekkehus i Ski|hytte i Valdres|hus i Drammen], ca. {loan}. Hvor mye kan vi låne?
>rate Renta ble satt ned {date_past}, når går min ned? Jeg har {rate}
>pause Kan vi få avdragsfrihet i [tre|seks|tolv] måneder? [Permittert|Pappaperm|Pusser opp]
>buy Trenger finansieringsbevis på {loan} før budrunden {weekday_next}
>rate (annoyed) {years} år som kunde, og nye får {rate2} mens jeg har {rate}
>buy (hurried) Budrunde nå! Kan jeg gå {amount} høyere?
>rate (terse) {rate2} mulig?
@agent work=2
#rate Godt spørsmål. Hva er boligen verdt i dag, omtrent?
#buy Så spennende! Hva tjener dere til sammen, og har dere annen gjeld?
#pause Avdragsfrihet går fint. Hvor lenge tenker dere?
@customer file=lonnsslipp.pdf
#rate Takst på {loan} i fjor
#buy Rundt {loan2} til sammen, litt studielån
#pause Seks måneder
#rate,buy (annoyed) Dere har alle papirene mine
@note .3
#rate Under 60 % belåning, gi {rate2}.
#buy,pause Inntekten holder, kjør på.
@agent work=5
#rate Jeg kan tilby {rate2} fra neste måned. Signer i appen.
#buy Beviset ligger i appen: {loan}, gyldig i tre måneder. Lykke til!
#pause Da er det ordnet, avtalen ligger i appen.
@customer
Signert, takk
#rate Det hjalp å spørre, ja!
#buy Vi fikk den!! Tusen takk
@end solved
"""

_AIRLINE = """
@story nb_bag weight=4 language=nb team=baggage label=baggage heat=.45
>bag Kofferten min kom ikke til {destination} med {flight}. // Merkelapp {bagtag}
>bag Står i bagasjehallen i {destination}, og [barnevogna|skiene|den grønne kofferten] mangler. {flight}
>bag Meldte savnet bagasje {weekday_past} og har ikke hørt noe. {bagtag}
>broken Kofferten er [knust|revnet|uten hjul] etter {flight}. Bilde kommer
>left Glemte [jakka|nettbrettet|brillene] på sete {seat}, {flight}
>bag (annoyed) {bagtag} borte i [tre|fire] dager, ingen ringer. Hva driver dere med?
>bag (chatty) I bryllup i {destination} i joggesko, takket være {flight}. // {bagtag}
>bag (terse) {bagtag}?
@agent
#bag Så kjedelig. Hvordan ser den ut, og hvor kan vi levere?
#bag Jeg søker med nummeret, et øyeblikk.
#broken,left Det var leit. Kan du sende et bilde eller beskrive det litt mer?
@customer
#bag Mørk grønn, oransje stropp. Jeg bor hos søsteren min, {street}
#bag Svart og ganske stygg. {bagtag}
#broken Bildet er lagt ved
#left Det er navnelapp i, og en liten flekk foran
@note .3
#bag Står i {hub} uten skann, spurt rampen.
@agent work=5
#bag Funnet! Den kommer med {flight2}, bud på døra {weekday_next}.
#bag Den ligger i {hub} og flys i kveld. Budet ringer {phone}.
#left Levert inn i {destination}, sak {case}. Vi sender den til deg.
#broken Vi erstatter den. Lenken med ti modeller er sendt til {email}.
@customer
Åh, så bra
[Takk|Tusen takk], da venter jeg
#bag (annoyed) På tide
@end solved

@story nb_change weight=3 language=nb team=bookings label=rebooking heat=.2
>move Kan jeg flytte {pnr} til {date_next}? [Noe kom i veien|Jobben vil det annerledes]
>move Hva koster det å endre {flight} til [morgenen|kvelden]? {pnr}
>late Er {flight} forsinket? Tavla sier {clock}
>name Navnet er feil på {pnr}, mangler æ, går det bra?
>seat Får vi sitte sammen? {seat} og {seat2}, {pnr}
>money Hvor blir det av refusjonen for {pnr}? {amount} siden {date_old}
>late (annoyed) {flight} innstilt, [tre|fire|fem] timer i kø, null informasjon
>move (terse) Endre {pnr}
@agent work=2
#move La meg se. Den {date_next} er det plass kl. {clock2}, {small_amount} i mellomlegg.
#name Æ skrives ae på billetten, det er helt i orden.
#late Ny tid er {clock2}. Jeg holder av {flight2} i tilfelle.
#seat,money Det ordner vi. Gjelder det alle på bookingen?
@customer
#move,seat,money Ja, alle
#move,late,seat [Fint|Greit], gjør det
#move,late Ok, og bagasjen følger med?
#name Så bra. Da slapper jeg av
@agent
#move,seat Da er det gjort, bekreftelsen er på {email}.
#move,late Ja, alt følger med. God tur!
#money Pengene er sendt i dag, fem dager til kortet.
#name,late God tur!
@end solved
"""

NORWEGIAN_TEXTS: dict[str, str] = {"bank": _BANK, "airline": _AIRLINE}
