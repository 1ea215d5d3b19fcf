"""Facts every company's conversations may mention: people, days, hours, amounts."""

import re
from datetime import date, timedelta
from random import Random

from desk.local.demo.phrase_book.slots import Setting, Slot, among, code, money, number, small_money

_MONTHS = {
    "en": "January February March April May June July August September October November December",
    "nb": "januar februar mars april mai juni juli august september oktober november desember",
    "de": "Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
    "es": (
        "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre"
    ),
    "ar": "يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر",
}
_WEEKDAYS = {
    "en": "Monday Tuesday Wednesday Thursday Friday Saturday Sunday",
    "nb": "mandag tirsdag onsdag torsdag fredag lørdag søndag",
    "de": "Montag Dienstag Mittwoch Donnerstag Freitag Samstag Sonntag",
    "es": "lunes martes miércoles jueves viernes sábado domingo",
    "ar": "الاثنين الثلاثاء الأربعاء الخميس الجمعة السبت الأحد",
    "zh": "周一 周二 周三 周四 周五 周六 周日",
    "ja": "月曜日 火曜日 水曜日 木曜日 金曜日 土曜日 日曜日",
}


_ANY_WEEKDAY = re.compile("|".join(" ".join(_WEEKDAYS.values()).split()), re.IGNORECASE)


def _day(day: date, language: str, chance: Random) -> str:
    if language in ("zh", "ja"):
        return f"{day.month}月{day.day}日"
    month = _MONTHS[language].split()[day.month - 1]
    if language == "de" or language == "nb":
        return f"{day.day}. {month}"
    if language == "es":
        return f"{day.day} de {month}"
    if language == "ar":
        return f"{day.day} {month}"
    return chance.choice((f"{day.day} {month}", f"{month} {day.day}", f"{month[:3]} {day.day}"))


def _date(low: int, high: int) -> Slot:
    """A calendar day so many days from the start."""

    def make(chance: Random, setting: Setting) -> str:
        day = setting.local_start.date() + timedelta(days=chance.randint(low, high))
        return _day(day, setting.language, chance)

    return Slot(make)


def _weekday(low: int, high: int) -> Slot:
    def make(chance: Random, setting: Setting) -> str:
        day = setting.local_start.date() + timedelta(days=chance.randint(low, high))
        return _WEEKDAYS[setting.language].split()[day.weekday()]

    return Slot(make, _ANY_WEEKDAY)


def _clock(chance: Random, setting: Setting) -> str:
    hour, minute = chance.randrange(7, 22), chance.randrange(0, 60, 5)
    if setting.language == "en" and setting.company.locale in ("en_US", "en_AU"):
        half = "am" if hour < 12 else "pm"
        return f"{(hour - 1) % 12 + 1}:{minute:02d} {half}"
    return f"{hour}:{minute:02d}"


def _birthday(chance: Random, _: Setting) -> str:
    return f"{chance.randint(1, 28)}.{chance.randint(1, 12)}.{chance.randint(1944, 2003)}"


_GOOD_DAY = {
    "en": ("Good morning", "Good afternoon", "Good evening"),
    "nb": ("God morgen", "God dag", "God kveld"),
    "de": ("Guten Morgen", "Guten Tag", "Guten Abend"),
    "es": ("Buenos días", "Buenas tardes", "Buenas noches"),
    "ar": ("صباح الخير", "مساء الخير", "مساء الخير"),
    "zh": ("早上好", "下午好", "晚上好"),
    "ja": ("おはようございます", "こんにちは", "こんばんは"),
}


def _good_day(_: Random, setting: Setting) -> str:
    hour = setting.local_start.hour
    part = 0 if 4 <= hour < 11 else 1 if 11 <= hour < 18 else 2
    return _GOOD_DAY[setting.language][part]


COMMON_SLOTS: dict[str, Slot] = {
    "good_day": Slot(_good_day),
    "name": Slot(lambda _, setting: setting.customer.first_name),
    "full_name": Slot(lambda _, setting: setting.customer.full_name),
    "company": Slot(lambda _, setting: setting.company.name),
    "domain": Slot(lambda _, setting: setting.company.domain),
    "trade": Slot(lambda _, setting: setting.company.trade),
    "email": Slot(lambda _, setting: setting.customer.email),
    "phone": Slot(lambda _, setting: setting.customer.phone),
    "phone_end": Slot(lambda _, setting: setting.customer.phone[-4:]),
    "date_past": _date(-24, -2),
    "date_next": _date(2, 40),
    "date_soon": _date(2, 6),
    "date_old": _date(-160, -30),
    "weekday_past": _weekday(-6, -2),
    "weekday_next": _weekday(1, 6),
    "clock": Slot(_clock),
    "clock2": Slot(_clock),
    "amount": money(),
    "amount2": money(0.4, 0.9),
    "small_amount": small_money(),
    "tens": number(20, 90, 10),
    "few": among("two | three | four | five"),
    "minutes": among("ten | fifteen | twenty | thirty | forty | forty-five"),
    "case": code("C-#####"),
    "full_name2": among(
        "Robin Aldine | Marta Velis | Jon Petrik | Ana Castell | Bo Lindahl | Ruth Amoah | Kai Orwell | "
        "Lea Brandis | Tomas Quill | Nadia Ferro | Sam Ortley | Yara Haddon"
    ),
    "agentname": among("Maya | Jonas | Priya | Tom | Elena | Somebody"),
    "email2": among(
        "info@secure-login.example | service@parcels-pay.example | hello@otherdesk.example | "
        "refund@my-claims.example | office@smallstudio.example"
    ),
    "phone2": code("555 0###"),
    "birth": Slot(_birthday),
    "relative": among(
        "my mother | my father | my wife | my husband | my daughter | my son | my brother | "
        "my sister | my partner | my grandmother | my flatmate"
    ),
}
