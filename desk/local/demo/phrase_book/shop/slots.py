"""Facts of a furniture shop by post."""

from desk.local.demo.phrase_book.slots import Slot, among, code, number

SHOP_SLOTS: dict[str, Slot] = {
    "order": code("WP-######"),
    "product": among("""
        Merri armchair | Tallow bookcase | Bondi floor lamp | Kelp linen duvet cover | Ironbark
        coffee table | Quoll bedside table | Saltbush rug | Gully sideboard | Banksia dining chairs |
        Wren desk | Possum bunk bed | Coolamon fruit bowl | Myall bench | Paperbark pendant |
        Bluegum wardrobe | Yarra sofa | Dune towels | Cinder candle set | Galah cushion covers |
        Billy kettle | Magpie wall clock | Tamar plant stand | Currawong shelf | Rosella tea set
    """),
    "product2": among("""
        Merri footstool | Saltbush runner | Bondi table lamp | Wren chair | Galah cushion |
        Tamar planter | Dune bath mat | Rosella mugs | Ironbark side table | Kelp pillowcases
    """),
    "colour": among("""
        eucalyptus green | oat | charcoal | rust | ochre | midnight blue | natural oak | walnut |
        white | clay pink | sage | mustard | black | sand
    """),
    "colour2": among("dark grey | forest green | cream | terracotta | navy | light oak | olive"),
    "flaw": among("""
        one leg is shorter than the others | there is a crack along the top | the fabric is torn at
        the back | the glass is smashed | two of the screws are missing | the drawer doesn't close |
        there's a dent in the side | the colour is nothing like the picture | it smells of glue |
        the lamp doesn't switch on | a shelf is missing | the zip came off | it wobbles |
        the veneer is peeling off | the hinges are bent | it hums when it is on
    """),
    "part": among("""
        bag B with the screws | the left side panel | one leg | the hex key | the instructions | a shelf
        pin | the power cable | a drawer runner | panel number 7 | the back board | one cushion
    """),
    "tracking": code("AZP########"),
    "courier": among("Dingo Post | Overland | Coastline Couriers | Bilby Express"),
    "suburb": among("""
        Marrickville | Newtown | Geelong | Fremantle | Launceston | Toowoomba | Ballarat | Glenelg |
        Wollongong | Cairns | Bendigo | Orange | Hobart | Footscray | Alice Springs | Byron Bay |
        Katoomba | Mildura | Port Fairy | Dubbo
    """),
    "suburb2": among("Port Botany | Melbourne | Brisbane | Fremantle"),
    "street": Slot(
        lambda chance, _: (
            f"{chance.randint(2, 214)} "
            + chance.choice(
                [
                    "Acacia Ave",
                    "King St",
                    "Railway Pde",
                    "Ocean Rd",
                    "Church St",
                    "Wattle Lane",
                    "Bridge St",
                    "Station St",
                ]
            )
        )
    ),
    "code": code("WATTLE##"),
    "card_code": code("GC-@@@@-####"),
    "size": among("queen | king | single | double | 160 x 230 | 200 x 300 | small | large"),
    "pieces": number(6, 60, 2),
    "business": among("""
        a small hotel | our cafe | a dentist's waiting room | an office fit-out | two holiday flats |
        a yoga studio | a bookshop | a film set | a retirement village | a preschool
    """),
    "room": among("nursery | home office | tiny flat | beach house | new place | spare room"),
}
