"""Facts of insurance."""

from desk.local.demo.phrase_book.slots import Slot, among, code, number

INSURER_SLOTS: dict[str, Slot] = {
    "policy": code("SW-####-####"),
    "claim": code("CL######"),
    "plate": code("S@@ #### @"),
    "plate2": code("S@@ #### @"),
    "ward": code("#@"),
    "driver": among("Hassan | Raju | Mr Koh | Ah Seng | Farid"),
    "car": among("""
        my Corolla | the family van | a grey hatchback | my wife's Jazz | our Vezel | the company
        van | my scooter | an old Civic | a new electric car | my brother's taxi | my motorcycle
    """),
    "place": among("""
        the PIE near Toa Payoh | a car park in Jurong | Orchard Road | the AYE exit | Bukit Timah
        Road | a petrol kiosk in Tampines | the Causeway | Serangoon Gardens | a basement in Novena |
        the roundabout in Pasir Ris | East Coast Parkway | Clementi Avenue 3 | Upper Thomson Road
    """),
    "trip": among("""
        Bangkok | Hokkaido | Bali | Taipei | Perth | Seoul | Ho Chi Minh City | London | Langkawi |
        Osaka | Melbourne | Phuket | Kathmandu | Zurich | Hong Kong | Colombo | Da Nang | Sapporo
    """),
    "illness": among("""
        dengue fever | food poisoning | a broken wrist | a sprained ankle | appendicitis |
        a high fever | a slipped disc | a fall from a scooter | a bad ear infection | pneumonia |
        a dislocated shoulder | kidney stones | an allergic reaction | a cut that needed stitches
    """),
    "hospital": among("""
        Bukit Rafa Hospital | Eastbay Medical | Marina Women's Clinic | St Columba's | Harbour
        General | Kallang Day Surgery | Orchid Specialist Centre | Temasek Heights Hospital
    """),
    "operation": among("""
        a cataract operation | a knee arthroscopy | a gastroscopy | the delivery of our baby |
        a hernia repair | the removal of a mole | wisdom teeth | a colonoscopy | a spinal injection |
        a tonsillectomy | physiotherapy after surgery | a hip replacement
    """),
    "lost": among("""
        a laptop | my camera bag | a suitcase | our golf clubs | my phone | a handbag | a drone |
        my wedding ring | a stroller | two bicycles | hearing aids | a violin | my wallet
    """),
    "home_damage": among("""
        a burst pipe under the sink | water through the ceiling from the flat above | a kitchen fire |
        a fallen shelf and a cracked stove | lightning in the TV | a break-in through the balcony |
        a leaking aircon over the parquet | a shattered balcony door | termites in the wardrobe
    """),
    "clinic": among("Sunshine Clinic | Clinic 24 | Dr Ho's | the polyclinic next door"),
    "doctor": among(
        "Dr Chua | Dr Rahim | Dr Fernandez | Dr Liew | Dr Menon | Dr Ang | Dr Baskaran"
    ),
    "premium": Slot(lambda _, setting: f"S${360 + 1500 * setting.budget:.0f}"),
    "premium2": Slot(
        lambda chance, setting: (
            f"S${(360 + 1500 * setting.budget) * chance.uniform(0.78, 0.93):.0f}"
        )
    ),
    "excess": Slot(lambda chance, _: f"S${chance.choice((100, 200, 300, 500, 600, 750, 1000))}"),
    "years": number(2, 22),
    "age": number(19, 78),
    "workshop": among(
        "Goh Brothers | Sunset Motors | the one in Ubi | Kaki Bukit Autocare | Lim Kee"
    ),
    "street": Slot(
        lambda chance, _: (
            f"Blk {chance.randint(3, 890)} "
            + chance.choice(
                ["Bedok North", "Clementi Ave", "Yishun Ring", "Toa Payoh Lor", "Hougang St"]
            )
            + f" #{chance.randint(2, 25):02d}-{chance.randint(1, 399)}"
        )
    ),
}
