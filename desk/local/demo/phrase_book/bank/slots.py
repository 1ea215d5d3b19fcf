"""Facts of banking."""

from desk.local.demo.phrase_book.slots import Slot, among, code, number

BANK_SLOTS: dict[str, Slot] = {
    "card": code("####"),
    "card_kind": among("blue debit card | Visa | gold card | youth card | business card"),
    "merchant": among("""
        NORDKAFE 0418 | BYGGMAX LYSAKER | a streaming service | a petrol station in Sarpsborg |
        KIOSK 1129 | a parking app | an online shoe shop | TAXI 7-24 | a hotel in Riga |
        FJORDLINE WEB | some webshop in Hong Kong | a gym | SKISENTER NORD | a game store |
        an airline I never heard of | PLANTELAND | a dating site | ELEKTRO24 | a toll company
    """),
    "otherbank": among("Nordhav Bank | Fjellsparebank | a bank in Sweden | Kystbanken"),
    "receiver": among("""
        my landlord | my sister | a carpenter | the kindergarten | the housing cooperative |
        my old account | a car dealer | the tax office | my daughter in Poland | a plumber |
        my ex-husband | the day care | a friend in Sweden | my own savings account
    """),
    "rate": Slot(lambda chance, _: f"{chance.randint(465, 640) / 100:.2f} %"),
    "rate2": Slot(lambda chance, _: f"{chance.randint(360, 455) / 100:.2f} %"),
    "house": among("""
        a flat at Torshov | a terraced house in Ski | a cabin in Valdres | a house in Drammen |
        our first flat | a two-room in Bergen | a small farm in Hedmark | a flat in Trondheim |
        a semi-detached in Asker | a boat house we want to rebuild
    """),
    "loan": Slot(lambda chance, _: f"{chance.randrange(900, 7400, 50) * 1000:,}".replace(",", " ")),
    "loan2": Slot(
        lambda chance, _: f"{chance.randrange(600, 1900, 20) * 1000:,}".replace(",", " ")
    ),
    "error": code("E-4##"),
    "country": among("""
        Thailand | Spain | the US | Sweden | Japan | Croatia | Vietnam | Morocco | Iceland | Greece |
        Poland | Italy | Cyprus | Kenya
    """),
    "shop_place": among(
        "the grocery store | the pharmacy | a petrol station | the bakery | a shop"
    ),
    "phone_kind": among("new phone | replacement phone | tablet | work phone"),
    "fee": Slot(lambda chance, _: f"kr {chance.choice((25, 35, 49, 79, 95, 120, 250, 350))}"),
    "years": number(3, 24),
    "street": Slot(
        lambda chance, _: (
            chance.choice(
                ["Storgata", "Kirkeveien", "Fjordgata", "Bakkegata", "Skolegata", "Havnegata"]
            )
            + f" {chance.randint(1, 118)}"
        )
    ),
    "branch": among("Moss | Larvik | Hamar | Skien | Tønsberg | Gjøvik | Halden"),
}
