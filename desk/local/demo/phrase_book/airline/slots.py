"""Facts of flying."""

from desk.local.demo.phrase_book.slots import Slot, among, code, number

_CITIES = """
    Oslo | Bergen | Lisbon | Madrid | Berlin | Hamburg | Rome | Athens | Reykjavik | Dublin |
    Edinburgh | London | Paris | Boston | Chicago | Denver | Orlando | Austin | Toronto |
    Montreal | Mexico City | Bogotá | Lagos | Accra | Nairobi | Cape Town | Tokyo | Osaka | Seoul
"""

AIRLINE_SLOTS: dict[str, Slot] = {
    "flight": code("HA ###"),
    "flight2": code("HA 1##"),
    "pnr": code("@@#@#@"),
    "origin": among(_CITIES),
    "destination": among(_CITIES),
    "hub": among("New York | Reykjavik | Dublin"),
    "seat": Slot(lambda chance, _: f"{chance.randint(4, 42)}{chance.choice('ABCDEFHJK')}"),
    "seat2": Slot(lambda chance, _: f"{chance.randint(4, 42)}{chance.choice('ABCDEFHJK')}"),
    "gate": Slot(lambda chance, _: f"{chance.choice('ABCDE')}{chance.randint(2, 48)}"),
    "bagtag": code("HA######"),
    "bag": among("""
        dark green suitcase with an orange strap | black hard shell with a dent | red duffel |
        navy rucksack | silver trolley with stickers | brown leather holdall | purple suitcase |
        pushchair in a grey bag | guitar in a soft case | pair of skis | blue sports bag |
        cardboard box with blue tape | beige suitcase with a ribbon | folding bike in a case |
        yellow wheelie | surfboard | garment bag | set of golf clubs
    """),
    "left": among("""
        a tablet in a green cover | my reading glasses | a grey scarf | my noise cancelling
        headphones | a child's rabbit | a notebook with a red elastic | my passport holder |
        a camera | a silver ring | a black jacket | my house keys | an e-reader | a paper bag with
        presents | a knitted hat
    """),
    "broken": among("""
        a wheel is missing | the handle is snapped off | the shell is cracked from top to bottom |
        the zip is torn open | one corner is crushed | the lock was forced | it is soaked through |
        two wheels don't turn
    """),
    "street": Slot(
        lambda chance, _: (
            f"{chance.randint(2, 240)} "
            + chance.choice(
                ["Harbour Street", "Station Road", "Elm Road", "Old Mill Lane", "Plaza Sur"]
            )
        )
    ),
    "hours": number(2, 11),
    "wrong_name": among("""
        Jon instead of John | Cathrine instead of Catherine | my maiden name | my nickname |
        first and last name swapped | two letters swapped in my surname | my middle name missing |
        Ana instead of Anna | Stephen instead of Steven | my daughter's name twice
    """),
    "occasion": among("""
        a funeral | my sister's wedding | a job interview | an operation | my graduation |
        a court date | a trade fair | my brother's 40th | a conference | my son's school play
    """),
    "pet": among("""
        a small dog, 6 kg | a cat in a soft carrier | a seven kilo dachshund | two guinea pigs |
        an elderly cat | a puppy, twelve weeks old | a parrot | a rabbit
    """),
    "miles": number(1400, 18600, 100),
    "member": code("HX #######"),
    "voucher": code("FLY-@@@@-##"),
    "tier": among("Gold | Platinum | Silver"),
}
