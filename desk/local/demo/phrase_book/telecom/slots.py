"""Facts of phones and fibre."""

from desk.local.demo.phrase_book.slots import Slot, among, code, number

TELECOM_SLOTS: dict[str, Slot] = {
    "line": Slot(
        lambda chance, _: f"05{chance.choice('0358')} 555 {chance.randint(0, 9999):04d}",
    ),
    "account": code("RM-#######"),
    "district": among("""
        Al Olaya | Al Malaz | Al Yasmin | Hittin | Al Narjis | Al Rawdah | Al Shifa | Diriyah |
        Al Nakheel | Al Hamra | Al Murabba | Qurtubah | Tuwaiq | Al Aqiq | Al Sahafah | Irqah
    """),
    "town": among("Jeddah | Dammam | Abha | Tabuk | Al Khobar | Medina | Hail | Jubail | Taif"),
    "plan": among(
        "Rimal 40 | Rimal 80 | Rimal Max | Family 4 | Student Plus | Fibre 200 | Fibre 500"
    ),
    "plan2": among("Rimal 60 | Rimal 120 | Family 6 | Fibre 300 | Fibre 1000 | Data Only"),
    "speed": Slot(lambda chance, _: f"{chance.choice((2, 3, 5, 8, 11, 14, 22, 31))} Mbit"),
    "speed2": Slot(lambda chance, _: f"{chance.choice((90, 140, 180, 200, 290, 420, 480))} Mbit"),
    "gigabytes": number(8, 240, 4),
    "light": among("red light | orange blinking light | no light at all | white blinking light"),
    "handset": among("""
        three year old phone | new foldable | work phone | daughter's phone | dual SIM phone |
        old button phone | tablet | smart watch
    """),
    "abroad": among("""
        Cairo | Istanbul | London | Dubai | Amman | Karachi | Manila | Kuala Lumpur | Munich | Kochi |
        Bahrain | Paris | Tbilisi | Baku
    """),
    "operator": among(
        "my old operator | the other company | another provider | my previous network"
    ),
    "extra": among("""
        a ringtone service | "premium content" | an insurance I never ordered | a second router |
        an international pack | a horoscope service | a movie bundle | a late fee
    """),
    "port": code("PRT-######"),
    "ticket": code("TT######"),
    "tower": code("RYD-###"),
    "iccid": code("8996 6## ####"),
    "relative2": among("brother's | wife's | son's | neighbour's"),
    "id_end": code("####"),
    "days": number(2, 12),
    "use": among("""
        exams | online classes | my work | a match | video calls with my family | my shop's card machine |
        a job interview | the kids' cartoons | my security cameras
    """),
    "street": Slot(
        lambda chance, _: (
            f"villa {chance.randint(2, 120)}, "
            + chance.choice(["street 14", "street 9", "Palm street", "Date street", "street 31"])
        )
    ),
    "shop": among("the Olaya shop | the mall kiosk | the airport shop | the Exit 5 shop"),
}
