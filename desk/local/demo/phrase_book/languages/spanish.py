"""Spanish: courtesies, and stories for the airline and the software house."""

from desk.local.demo.phrase_book.courtesies import Courtesies
from desk.local.demo.phrase_book.reader import lines

SPANISH = Courtesies(
    greetings=lines("""
        Hola
        {good_day}
        Hola, ¿qué tal?
        (annoyed) ¿Hola??
        (chatty) Hola equipo, espero que estén muy bien
        (hurried) Hola, rapidito
    """),
    closings=lines("""
        Gracias
        Muchas gracias de antemano
        Saludos, {full_name}
        ¿Me pueden ayudar?
        ¿Qué hago?
        (annoyed) Esto es una vergüenza
        (annoyed) Espero respuesta hoy mismo
        (hurried) Es urgente, por favor
        (chatty) ¡Que tengan lindo día!
    """),
    thanks=lines("""
        ¡Muchas gracias!
        Mil gracias, {agent}
        Perfecto, gracias
        Listo, [gracias|era eso]
        Genial, muy amable
        (annoyed) Bueno, por fin. Gracias
        (terse) Gracias
        (chatty) ¡Eres un sol, {agent}! Dios te lo pague
    """),
    grudging=lines("""
        Vaya. Gracias igual
        Bueno, qué se le va a hacer
        No me parece justo, pero gracias
        (annoyed) Pésimo. No vuelvo con ustedes
    """),
    nudges=lines("""
        ¿Alguna novedad?
        ¿Hola? ¿Hay alguien?
        Sigo esperando
        (annoyed) ¿Cuánto más?
    """),
    hellos=lines("""
        Hola {name}, soy {agent}.
        Buenas, {name}. Gracias por escribir.
        (warm) Hola {name}, soy {agent}. Vamos a resolverlo.
        (brisk) Hola.
        (formal) Buen día, le saluda {agent} de {company}.
        (cheerful) ¡Hola {name}! Aquí {agent} 👋
        (careful) Hola {name}, soy {agent}. He leído todo con calma.
    """),
    sorry_for_the_wait=lines("""
        Disculpa la espera.
        Gracias por la paciencia.
        Perdón por la demora.
    """),
    acknowledgements=lines("""
        Gracias.
        Entendido.
        Perfecto.
        Muy bien.
    """),
    anything_else=lines("""
        ¿Algo más en lo que pueda ayudar?
        ¿Queda todo claro?
        ¿Algo más por hoy?
    """),
    welcomes=lines("""
        De nada, {name}.
        Con gusto. ¡Buen día!
        Para servirte.
        Me alegra que haya quedado.
    """),
    signatures=lines("""
        {agent}
        Saludos, {agent}
        Un saludo cordial, {agent}, {company}
    """),
    takes_over=lines("""
        Hola {name}, soy {agent}. {colleague} ya terminó su turno, sigo yo.
        Aquí {agent}, tomo el caso de {colleague}.
    """),
    more=lines("""
        >nothing Hola otra vez, [sigue igual|no ha cambiado nada]
        >written Una cosa más: ¿me lo mandan por escrito?
        >nothing {agent}, ayer funcionó y hoy [ya no|otra vez lo mismo]
        >nothing (annoyed) Lo cerraron y no está resuelto
    """),
    more_answers=lines("""
        #nothing Lo revisé de nuevo y ya quedó. Te llega la confirmación por correo.
        #nothing Lo siento. Le doy seguimiento hasta que esté listo.
        #written Sí, así es, y en un momento lo tienes por escrito.
    """),
    comments={
        1: lines(
            "No ayudaron en nada\nTuve que explicar todo [dos|tres] veces\nSigue sin resolver"
        ),
        2: lines("Muy lento\nAmables, pero sin solución"),
        3: lines("Regular\nTardó, pero bien"),
        4: lines("Buena atención\nRápido y claro\n{agent} fue amable"),
        5: lines("¡Excelente!\n{agent} es [un encanto|lo máximo]\nRápido y muy amable\n❤️"),
    },
)

_AIRLINE = """
@story es_bag weight=5 language=es team=baggage label=baggage heat=.45
>bag Mi maleta no llegó a {destination}. // Vuelo {flight}, etiqueta {bagtag}
>bag Estoy en la cinta en {destination} y falta [la carriola|mi mochila|la maleta verde]. {flight}
>bag Reporté la maleta el {date_past} y nadie me llama. {bagtag}
>broken La maleta llegó [rota|sin ruedas|mojada] en {flight}. Mando foto
>left Olvidé [mi chamarra|la tableta|los lentes] en el asiento {seat}, vuelo {flight}
>bag (annoyed) [Tres|Cuatro] días sin {bagtag} y en el teléfono solo música
>bag (chatty) Estoy en una boda en {destination} con ropa de gimnasio, gracias a {flight}. // {bagtag}
>bag (terse) ¿{bagtag}?
@agent
#bag Lo siento mucho. ¿Cómo es, y a dónde la llevamos?
#bag La estoy buscando, un momento.
#broken,left Lo siento. ¿Me mandas una foto o me das más detalles?
@customer
#bag Verde oscuro con correa naranja. Estoy en {street}
#bag Negra, con un listón rojo. {bagtag}
#broken Va la foto
#left Tiene mi nombre por dentro, nada más
@note .3
#bag Se quedó en {hub}, pregunté en rampa.
@agent work=5
#bag ¡Apareció! Llega con {flight2} y te la llevan el {weekday_next}.
#bag Está en {hub} y sale hoy. El mensajero llama al {phone}.
#left La entregaron en {destination}, folio {case}. Te la enviamos.
#broken La reponemos. El enlace con diez modelos está en {email}.
@customer
¡Qué alivio!
[Gracias|Perfecto], la espero
#bag (annoyed) Ya era hora
@end solved

@story es_change weight=5 language=es team=bookings label=rebooking heat=.25
>move ¿Puedo cambiar {pnr} para el {date_next}? [Me surgió algo|Se movió la reunión]
>move ¿Cuánto cuesta pasar {flight} a la [mañana|noche]? {pnr}
>late ¿{flight} sale a tiempo? La pantalla dice {clock}
>name En {pnr} falta mi segundo apellido, ¿hay problema?
>seat Queremos sentarnos juntos, {seat} y {seat2}. {pnr}
>money ¿Y mi reembolso de {pnr}? {amount} desde el {date_old}
>comp El {date_past} {flight} llegó {hours} horas tarde. ¿Qué me toca? {pnr}
>off (annoyed) Cancelado por mensaje a las {clock}. {pnr}. ¿Y ahora?
>move (terse) Cambiar {pnr}
@agent work=2
#move El {date_next} hay lugar a las {clock2}, diferencia de {small_amount}. ¿Lo cambio?
#name No hay problema, basta con un apellido igual al pasaporte.
#late,off La nueva hora es {clock2}. Te aparto lugar en {flight2}.
#seat,money Déjame ver. ¿Es para todos en la reserva?
#comp Fueron más de tres horas, así que sí. ¿A qué cuenta lo mandamos?
@customer
#move,seat,money Sí, para todos
#move,late,off,seat Hazlo, por favor
#move,late,off ¿Y el equipaje?
#name Ah, qué bueno, me quedo tranquilo
#comp A la que termina en {phone_end}
@agent
#move,seat Listo, la confirmación está en {email}.
#move,late,off,name El equipaje va contigo. ¡Buen viaje!
#money,comp El dinero salió hoy, tarda cinco días.
@end solved
"""

_SOFTWARE = """
@story es_bug weight=5 language=es team=support label=bug heat=.3
>err Desde {version} me sale {error} al [guardar|enviar] una factura
>chars En el PDF de {invoice} no salen los acentos ni la ñ
>import La importación se detiene en la fila {rows}. // {error}
>bank {bank} no se actualiza desde el {date_past}
>rec ¿Cómo hago una factura recurrente para [un cliente|la galería|el despacho]?
>sum El total de {invoice} sale mal por {cents}
>pass No me llega el correo para cambiar la contraseña, {email}
>err (annoyed) Fin de mes y otra vez {error}. ¿Nadie lo prueba?
>err (hurried) El contador llega a las {clock} y no exporta
>err (chatty) Soy de las de cuaderno y lápiz, y aquí me tienen con {error}
>err (terse) {error}
@agent
#err,chars,import,sum >shot ¿Me mandas una captura con la barra de direcciones?
#err >steps Veo {error} en el registro. ¿Qué apretaste antes?
#rec En Facturas, los tres puntos, Repetir. ¿Lo ves?
#bank>re El banco cambió su acceso. En Bancos, elige Reconectar. ¿Te deja?
#pass>addr El correo rebotó. ¿Hay otra dirección?
@customer file=captura.png
#shot Va la captura
#steps Guardar, atrás, guardar
#rec [Ya lo vi|Ahí está], gracias
#steps,shot Safari, la última versión
#re Ya conectó, está contando
#addr Sí, {email2}
@note .3
#chars,import Archivo en Latin-1. Convertido.
@agent work=5
#chars,import El archivo tiene que ser UTF-8. Ya lo convertí, está en {email}.
#err,sum Es un error nuestro en {version}, hoy queda.
#bank Volví a conectar el banco, ya están los días que faltaban.
#rec Perfecto. La primera sale mañana.
#pass Enviado a la otra dirección, mira también en spam.
@customer
[Funciona|Ya quedó], gracias
#bank,sum,import ¡Cuadra al centavo!
#err,sum Ok, espero
@end solved

@story es_bill weight=3 language=es team=billing label=invoice heat=.2
>inv Necesito {own_invoice} con nuestro RFC
>why ¿Por qué {amount}? Somos {seats}. {own_invoice}
>year ¿Se puede pagar por año con transferencia? {plan}, {seats} lugares
>end Queremos cancelar el {date_next}, {seats} lugares
>inv (terse) Factura {own_invoice}
@agent
#inv Claro. ¿Qué domicilio y número pongo?
#why Son {seats2} desde el {date_past}. ¿Quito algunos?
#year Sí, y son dos meses gratis.
#end Qué lástima. ¿Me cuentas el motivo?
@customer
#inv {key_end}{ticket}, mismo domicilio
#why Sí, quítalos
#year De acuerdo
#end Nos unimos con otro despacho
@agent work=2
#inv,year La nueva está en {email}.
#why Listo, la diferencia regresa a la tarjeta.
#end Cancelado al {date_next}, el respaldo está en {email}.
@end solved
"""

SPANISH_TEXTS: dict[str, str] = {"airline": _AIRLINE, "software": _SOFTWARE}
