"""Facts of bookkeeping software."""

from desk.local.demo.phrase_book.slots import Slot, among, code, number

SOFTWARE_SLOTS: dict[str, Slot] = {
    "ticket": code("ENG-####"),
    "key_end": code("###@#"),
    "zone": among("Central time | Eastern time | Hawaii | Berlin | Sydney"),
    "browser2": among("another browser | the desktop app | a private window"),
    "clientdomain": among("gallery.example | lawyers.example | bakery.example"),
    "nonprofit": among("a choir | an animal shelter | a community radio | a food bank"),
    "city2": among("Kansas City | Warsaw | São Paulo | Jakarta | Lyon"),
    "version": Slot(lambda chance, _: f"4.{chance.randint(2, 18)}.{chance.randint(0, 6)}"),
    "module": among("""
        invoices | bank matching | time sheets | the mileage log | quotes | the tax summary | receipts |
        recurring bills | the cash flow page | projects | the payroll export | the client portal
    """),
    "browser": among("Firefox | Safari | Chrome | Edge | the iPad app | the Android app"),
    "error": code("TM-####"),
    "invoice": code("INV-####"),
    "own_invoice": code("T-2###-####"),
    "client": among("""
        a dental practice | our biggest client | a city council | a gallery | a film school | a bakery |
        a law firm | a brewery | a dance company | an architect in Austin | a festival
    """),
    "bank": among(
        "Harbor Federal | First Mesa | Pacific Tide Bank | Juniper | Cascade Credit Union"
    ),
    "format": among("CSV | QIF | OFX | Excel | PDF | JSON"),
    "rows": number(180, 24000, 37),
    "seats": number(2, 28),
    "seats2": number(3, 34),
    "plan": among("Solo | Studio | Studio Plus | Practice"),
    "plan2": among("Studio | Studio Plus | Practice | Enterprise"),
    "old_tool": among(
        "a pile of spreadsheets | our old program | a desktop tool from 2009 | paper"
    ),
    "status": among("401 | 403 | 409 | 422 | 429 | 500 | 502"),
    "endpoint": among("/v2/invoices | /v2/clients | /v2/payments | /v2/expenses | /v2/webhooks"),
    "wish": among("""
        dark mode | an approval step for expenses | invoices in two languages | a weekly summary by
        mail | sub-projects | a timer on the phone | bulk editing | e-signatures on quotes |
        rounding to fifteen minutes | a read-only login for our accountant | tags on receipts |
        hiding archived clients
    """),
    "report": among("""
        the quarterly summary | profit by project | the aging report | the tax report | hours by person |
        the year-end export
    """),
    "street": Slot(
        lambda chance, _: (
            f"{chance.randint(100, 9800)} "
            + chance.choice(["Alameda St", "Division St", "Pine Ave", "Mission Blvd", "Vine St"])
        )
    ),
    "colleague_name": among("Jo | Sam | Alex | Robin | Kim | Pat | Casey"),
    "cents": Slot(lambda chance, _: f"${chance.randint(1, 9) / 100:.2f}"),
}
