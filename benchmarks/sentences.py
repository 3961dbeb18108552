"""The words that the corpus is made of: a municipality's news in Latvian and English, in pairs."""

Pair = tuple[str, str]
LANGUAGES = ("lv", "en")

TAGS: tuple[tuple[str, str, str], ...] = (
    ("dome", "Dome", "Council"), ("budzets", "Budžets", "Budget"), ("izglitiba", "Izglītība", "Education"),
    ("skolas", "Skolas", "Schools"), ("bernudarzi", "Bērnudārzi", "Kindergartens"), ("kultura", "Kultūra", "Culture"),
    ("sports", "Sports", "Sport"), ("celi", "Ceļi", "Roads"), ("buvnieciba", "Būvniecība", "Construction"),
    ("vide", "Vide", "Environment"), ("atkritumi", "Atkritumi", "Waste"), ("udens", "Ūdenssaimniecība", "Water supply"),
    ("siltums", "Siltumapgāde", "Heating"), ("sociala-palidziba", "Sociālā palīdzība", "Social care"),
    ("veseliba", "Veselība", "Health"), ("seniori", "Seniori", "Seniors"), ("jaunatne", "Jaunatne", "Youth"),
    ("turisms", "Tūrisms", "Tourism"), ("uznemejdarbiba", "Uzņēmējdarbība", "Business"),
    ("iepirkumi", "Iepirkumi", "Procurement"), ("vakances", "Vakances", "Vacancies"), ("drosiba", "Drošība", "Safety"),
    ("transports", "Sabiedriskais transports", "Public transport"), ("biblioteka", "Bibliotēka", "Library"),
    ("muzejs", "Muzejs", "Museum"), ("es-fondi", "ES fondi", "EU funds"), ("velesanas", "Vēlēšanas", "Elections"),
    ("svetki", "Svētki", "Festivals"), ("parki", "Parki un skvēri", "Parks"),
    ("digitalizacija", "Digitalizācija", "Digital services"),
)  # fmt: skip
# Key, names, and the pictogram of the project's own sheet that stands for it.
CATEGORIES: tuple[tuple[str, str, str, str], ...] = (
    ("pazinojumi", "Paziņojumi", "Notices", "planning"),
    ("projekti", "Projekti", "Projects", "construction"),
    ("pasakumi", "Pasākumi", "Events", "events"),
    ("lemumi", "Lēmumi", "Decisions", "decisions"),
)
PLACES: tuple[Pair, ...] = (
    ("Ziedoņkalna", "Ziedonkalns"), ("Ķeguma ielas", "Kegums Street"), ("Upmales", "Upmale"),
    ("Vecpilsētas", "the Old Town"), ("Šķūņu ielas", "Skunu Street"), ("Ežmalas", "Ezmala"),
    ("Bērzu alejas", "Birch Avenue"), ("Stacijas laukuma", "Station Square"), ("Rāmavas", "Ramava"),
    ("Jāņkalna", "Jankalns"), ("Mežaparka", "Forest Park"), ("Lībiešu ielas", "Livonian Street"),
)  # fmt: skip
WORKS: tuple[Pair, ...] = (
    ("skolas stadiona pārbūve", "reconstruction of the school stadium"),
    ("ielu apgaismojuma atjaunošana", "renewal of the street lighting"),
    ("bērnu rotaļu laukuma izveide", "construction of the children’s playground"),
    ("gājēju celiņa izbūve", "building of the footpath"),
    ("bibliotēkas jumta remonts", "repair of the library roof"),
    ("ūdensvada tīklu paplašināšana", "extension of the water mains"),
    ("kultūras nama siltināšana", "insulation of the culture centre"),
    ("dienas centra iekārtošana", "furnishing of the day centre"),
    ("veloceliņa projektēšana", "design of the cycle path"),
    ("parka labiekārtošana", "improvement of the park"),
)
WHO: tuple[Pair, ...] = (
    ("Pašvaldības dome", "The municipal council"),
    ("Novada Izglītības pārvalde", "The education board"),
    ("Būvvalde", "The building authority"),
    ("Sociālais dienests", "The social service"),
    ("Kultūras un tūrisma centrs", "The culture and tourism centre"),
    ("Īpašumu apsaimniekošanas nodaļa", "The property maintenance department"),
    ("Iedzīvotāju konsultatīvā padome", "The residents’ advisory board"),
    ("Domes priekšsēdētāja", "The chair of the council"),
    ("Attīstības un plānošanas nodaļa", "The development and planning department"),
    ("Pašvaldības policija", "The municipal police"),
)
DOES: tuple[Pair, ...] = (
    ("aicina iedzīvotājus iepazīties ar", "invites residents to look at"),
    ("ir apstiprinājusi", "has approved"),
    ("informē par", "gives notice of"),
    ("uzsāk", "is starting"),
    ("ir pabeigusi", "has completed"),
    ("izsludina iepirkumu, kas skar", "announces a tender covering"),
    ("sadarbībā ar uzņēmējiem plāno", "together with local businesses is planning"),
    ("ierosina sabiedrisko apspriešanu par", "proposes a public consultation on"),
    ("ir piešķīrusi papildu finansējumu, lai īstenotu", "has granted further funding to carry out"),
)
WHAT: tuple[Pair, ...] = (
    ("būvdarbu otro kārtu", "the second phase of the works"),
    ("jauno pakalpojumu sarakstu", "the new list of services"),
    ("teritorijas plānojuma grozījumus", "the amendments to the spatial plan"),
    ("līdzfinansējuma konkursa nolikumu", "the rules of the co-funding competition"),
    ("vasaras nometņu programmu", "the summer camp programme"),
    ("atbalsta kārtību daudzbērnu ģimenēm", "the support scheme for large families"),
    ("siltumtrases rekonstrukcijas grafiku", "the schedule of the heating main reconstruction"),
    ("energoefektivitātes pasākumus", "the energy efficiency measures"),
    ("izglītības iestāžu tīkla attīstību", "the development of the school network"),
    ("gadskārtējo svētku norisi", "the programme of the yearly festival"),
)
HOW: tuple[Pair, ...] = (
    ("līdz gada beigām.", "by the end of the year."),
    ("ņemot vērā iedzīvotāju iesniegtos priekšlikumus.", "taking into account the proposals received from residents."),
    ("pēc ilgstošām diskusijām komiteju sēdēs.", "after long discussions in the committees."),
    ("kā to paredz noslēgtais līgums ar būvuzņēmēju.", "as set out in the contract with the builder."),
    ("un darbi noritēs bez satiksmes slēgšanas.", "and traffic will not be stopped during the works."),
    (
        "lai uzlabotu drošību un pieejamību cilvēkiem ar kustību traucējumiem.",
        "to make it safer and easier to reach for people with reduced mobility.",
    ),
    (
        "par ko vairāk var uzzināt apmeklētāju pieņemšanas centrā.",
        "and more can be learned at the visitor reception centre.",
    ),
    (
        "izmantojot Eiropas Reģionālās attīstības fonda līdzekļus.",
        "with money from the European Regional Development Fund.",
    ),
    ("bet precīzs laiks tiks paziņots atsevišķi.", "but the exact time will be announced separately."),
)
# Whole sentences; {n} is a number of three digits.
MORE: tuple[Pair, ...] = (
    (
        "Pieteikšanās notiek klātienē vai elektroniski, uzrādot personu apliecinošu dokumentu.",
        "Applications are accepted in person or electronically, on showing an identity document.",
    ),
    (
        "Atgādinām, ka dokumenti jāiesniedz ne vēlāk kā piecas darba dienas pirms termiņa beigām.",
        "Please note that papers must be handed in no later than five working days before the deadline.",
    ),
    (
        "Darbu laikā iespējami īslaicīgi ūdens padeves pārtraukumi.",
        "Short breaks in the water supply are possible during the works.",
    ),
    (
        "Autovadītājus lūdzam ievērot pagaidu ceļa zīmes un izvēlēties apbraucamo ceļu.",
        "Drivers are asked to follow the temporary signs and take the detour.",
    ),
    (
        "Projekta kopējās izmaksas ir **{n} 400 eiro**, no kurām 85 % sedz Eiropas Savienības fondi.",
        "The project costs **EUR {n},400** in all, of which 85% is paid from European Union funds.",
    ),
    (
        "Sīkāka informācija pieejama pa tālruni **6{n}2 118** vai rakstot uz *info@novads.example*.",
        "More information by phone on **6{n}2 118** or by e-mail at *info@novads.example*.",
    ),
    (
        "Pasākums notiks neatkarīgi no laikapstākļiem, ieeja ir **bez maksas**.",
        "The event takes place in any weather, and entry is **free of charge**.",
    ),
    (
        "Lēmums stājas spēkā nākamajā dienā pēc tā publicēšanas oficiālajā izdevumā.",
        "The decision comes into force on the day after it is published in the official gazette.",
    ),
)
HEADINGS: tuple[Pair, ...] = (
    ("Kas mainīsies iedzīvotājiem", "What changes for residents"),
    ("Darbu grafiks", "Schedule of works"),
    ("Finansējums", "Funding"),
    ("Kā pieteikties", "How to apply"),
    ("Kontaktinformācija", "Contacts"),
    ("Turpmākie soļi", "Next steps"),
    ("Pieejamība un satiksme", "Access and traffic"),
    ("Vēsture", "Background"),
)
LISTED: tuple[Pair, ...] = (
    ("pases vai personas apliecības kopija", "a copy of a passport or identity card"),
    ("aizpildīts iesnieguma veidlapas paraugs", "the application form, filled in"),
    ("būvprojekta skaidrojošais apraksts", "the explanatory note of the building design"),
    ("īpašuma tiesības apliecinošs dokuments", "a document proving ownership"),
    ("dalības maksas **samaksas apliecinājums**", "**proof of payment** of the fee"),
    ("ārsta izziņa par bērna veselības stāvokli", "a doctor’s note on the child’s health"),
    ("pilnvara, ja dokumentus iesniedz cita persona", "a letter of authority, if someone else hands in the papers"),
    ("tāme un darbu izpildes grafiks", "the estimate and the schedule of works"),
)
QUOTED: tuple[Pair, ...] = (
    (
        "Šis ir nozīmīgs solis visam novadam — mēs to gaidījām vairāk nekā desmit gadus, un paldies visiem.",
        "This is a big step for the whole municipality; we have waited for it for more than ten years, and thanks "
        "go to all who believed in it.",
    ),
    (
        "Svarīgākais ir cilvēki, nevis ķieģeļi. Ēka kalpos bērniem, jauniešiem un senioriem.",
        "People matter most, not bricks. The building will serve children, young people and seniors.",
    ),
    (
        "Lūdzam iedzīvotājus būt saprotošiem, jo būvdarbi radīs īslaicīgas neērtības.",
        "We ask residents to be patient, because the works will cause some inconvenience for a while.",
    ),
)
TABLE_HEAD: tuple[Pair, ...] = (("Datums", "Date"), ("Laiks", "Time"), ("Temats", "Topic"))
SEE_ALSO: Pair = ("Lasiet arī:", "See also:")
NUMBERS_SAY: Pair = ("Pakalpojumu saņēma", "The service was received by")
BUILDINGS: tuple[Pair, ...] = (
    ("dienas centrs", "day centre"),
    ("grupu dzīvokļi", "group apartments"),
    ("specializētās darbnīcas", "specialised workshops"),
    ("atbalsta centrs", "support centre"),
    ("tikšanās vieta", "meeting place"),
)
NOUN = {
    "lv": {"zero": "cilvēku", "one": "cilvēks", "other": "cilvēki"},
    "en": {"one": "person", "other": "people"},
}
