"""Goal wordings judged by hand, letter by letter, before the reviewer was written.

Five signs each: specific, measurable, bounded, realistic, timed. "+" it is, "-" it is missing, "?" the words alone do
not tell. The judge's rules: *specific* says what is to be different or done, and for whom or where; *measurable* has a
number, or can be seen to be done; *bounded* is one thing; *realistic* is only "+" when start and end are known and not
far apart, or somebody has promised it; *timed* has a last day.

The first block are goals and promises that Swedish municipalities have really had, as facts in the shortest form:
`sources/seeds` (Burlöv, Sölvesborg) and `sources/other-municipalities`. The second is our own.
"""

import datetime
from decimal import Decimal

NEXT_SUMMER = datetime.date(2027, 6, 30)
INDEX = {"unit": "index", "has_indicator": True, "lower_is_better": True, "due_on": NEXT_SUMMER}
PROMISED = {"has_commitment": True, "due_on": NEXT_SUMMER, "kind": "production"}


def values(baseline: str, target: str) -> dict:
    return {"baseline": Decimal(baseline), "target": Decimal(target)}


REAL = [
    # Burlöv, the agreement of 2023–2026
    (
        "Minska brottsligheten som privatpersoner och företag utsätts för, samt öka medborgarnas upplevda trygghet",
        "+--?-",
        {},
    ),
    (
        "Genom preventiva åtgärder förebygga att ungdomar hamnar i drogberoende, kriminalitet och utanförskap",
        "?-??-",
        {},
    ),
    ("Förebygga och minska våld i nära relation och våld mot barn", "+--?-", {}),
    ("Öka känslan av trygghet och förebygga mängdbrott", "?--?-", {}),
    ("Fortsätta regelbundna trygghetsvandringar i samverkan mellan kommun och polis", "--+?-", {}),
    ("För att fler ska få hjälp att lämna brottslighet ska en avhopparverksamhet utvecklas", "+-+?-", {}),
    ("Utveckling av ny kommunal övergripande strategi fr.o.m. 2024", "?-+?-", {}),
    ("Vidareutveckla arbetet som avser våldsförebyggande arbete och arbete med våldsutövare", "?-??-", {}),
    ("TuBen ska arbeta främjande och förebyggande", "--+?-", {}),
    (
        "Involvera boende i utvecklingen av bostadsområdet för att öka känslan av en gemensam plats",
        "?-+?-",
        {},
    ),
    ("Fördjupa samverkan mellan skola, elevkoordinatorer, trygghetsvärdar, polis och BBAB", "--+?-", {}),
    ("Fortsätta strukturera upp och utveckla arbetet med grannsamverkan i olika bostadsområden", "---?-", {}),
    # Burlöv, promises of 2017 and 2018, agreements of 2020–2023
    ("Den upplevda tryggheten ska öka runt Vårboskolan och på stationerna i nästa trygghetsmätning", "+?+??", {}),
    ("Genomföra 2 gemensamma trygghetsvandringar mars 2018–mars 2019", "+++?+", {}),
    ("Lägesbilden ska uppdateras minst årligen", "+++??", {}),
    (
        "Förebygga och bekämpa att ungdomar hamnar i kriminalitet och drogberoende genom tidig upptäckt",
        "?--?-",
        {},
    ),
    ("Förebygga och bekämpa mängdbrott genom bland annat grannsamverkan", "?--?-", {}),
    # Kävlinge, 2017, 2018 and 2021
    (
        "Genomföra minst två uppstartsmöten för grannsamverkan och minst två informationstillfällen",
        "++??-",
        {},
    ),
    ("Minst en trafikinsats per vecka", "?++??", {}),
    ("Polisen ska besöka fritidsgårdarna minst två gånger i månaden", "+++??", {}),
    ("Den upplevda tryggheten ska öka i nästa trygghetsmätning", "??+??", {}),
    ("Brottsligheten ska minska", "?-??-", {}),
    ("Fler aktörer ska engageras i grannsamverkan", "+-+?-", {}),
    ("Polisen ska vara synlig på Sillamarknaden och Vårmarknaden 2021", "+-+?+", {}),
    # Landskrona, 2013 and 2018/2019
    ("Boende i Karlslund ska känna trygghet när de vistas ute", "+-+?-", {}),
    ("Upplevd trygghet och förtroende för polisen ska öka", "?-??-", {}),
    (
        "Antalet anmälda våldsbrott i offentlig miljö ska vara lägre än samma period året före",
        "+?+?-",
        {},
    ),
    ("Färre unga röker", "+-+?-", {}),
    ("Färre unga har provat narkotika", "+-+?-", {}),
    ("Stärka personalkompetensen", "?-+?-", {}),
    # Sölvesborg, 2018, 2022–2023 and 2024
    ("Genomföra minst 40 trafikkontroller under 2018", "+++?+", {}),
    ("Stödja grannsamverkan och stöldskyddsmärkning", "--??-", {}),
    ("Minska tillgreppsbrotten i Sölvesborg till den 31 december 2023", "+-+?+", {}),
    ("Mindre alkohol, läkemedel och droger", "?-??-", {}),
    ("Polisen gör minst fyra riktade insatser mot A-traktorer under 2024", "+++?+", {}),
    ("Sölvesborgsmodellen (SSPF) ska vara igång under 2024", "+++?+", {"kind": "process"}),
    ("Främja utvecklingen av kunskapsbaserade åtgärder", "--+?-", {}),
    # Svedala, 2017 and 2019–2022
    ("Polisen ska lägga minst 4 000 timmar på brottsförebyggande arbete under 2017", "+++?+", {}),
    ("Minska utsattheten för skadegörelse och ofredande i Svedala och Bara", "+-??-", {}),
    ("Identifiera minst sex trafikfarliga platser per halvår", "+++??", {}),
    ("Sätta upp minst fyra farttavlor per kvartal", "+++??", {}),
    ("Öka den faktiska och den upplevda tryggheten", "?-??-", {}),
    ("Hålla bekymringssamtal med unga och föräldrar vid behov", "+-+?-", {}),
    # Lomma, 2024 and 2025–2026
    ("Fler familjebehandlare för föräldrastödsgrupper", "+-+?-", {}),
]
OWN = [
    ("Sänka trygghetsindex i centrala Arlöv från 2,22 till 1,80 senast 2026", "+++++", {}),
    ("Sänka trygghetsindex (0–6, lågt är bra)", "+++++", INDEX | values("2.22", "1.80")),
    ("Sänka trygghetsindex (0–6, lågt är bra)", "+++?+", INDEX | values("2.22", "0.50")),
    ("Sänka trygghetsindex", "+++?+", INDEX | values("2.22", "1.80") | {"latest": Decimal("1.76")}),
    ("Sänka trygghetsindex", "+-+?+", INDEX),
    ("Verka för ett tryggare Burlöv", "--??-", {}),
    ("Verka för att minska inbrotten i Åkarp", "?-+?-", {}),
    ("Värna om kvinnofriden", "--+?-", {}),
    ("Bidra till att barn och unga får en trygg uppväxt i hela kommunen", "--+?-", {}),
    (
        "Öka medvetenheten om hedersrelaterat våld bland elevhälsans personal före den 1 juli 2027",
        "--+?+",
        {},
    ),
    ("Halvera antalet bostadsinbrott i Åkarp till utgången av 2027", "+++?+", {}),
    ("Antalet bostadsinbrott ska minska från 33 till 13", "?++?-", {}),
    ("Genomföra fyra föräldrakvällar", "+++++", PROMISED | values("0", "4") | {"unit": "kvällar"}),
    ("Utbilda personal vid sex tillfällen", "+++++", PROMISED | values("0", "6") | {"unit": "tillfällen"}),
    ("En fördjupad analys av våld mot barn är färdig", "+++?+", {"kind": "process", "due_on": NEXT_SUMMER}),
    (
        "Fler områden har en aktiv grannsamverkan",
        "+++++",
        values("11", "15") | {"unit": "områden", "due_on": NEXT_SUMMER},
    ),
    (
        "En mindre andel av eleverna i årskurs 9 har provat narkotika",
        "+?+?+",
        {"unit": "procent", "due_on": NEXT_SUMMER},
    ),
    ("Öka tryggheten på sikt genom att utbilda och informera personal", "?-+?-", {}),
    (
        "Polisen och kommunen ska minska ungdomsrånen vid stationen med en fjärdedel till 2027 jämfört med 2024",
        "+++++",
        {},
    ),
    ("Arbeta aktivt med att uppmärksamma och motverka skadegörelse på skolorna", "---?-", {}),
    ("Sträva efter nolltolerans mot nedskräpning", "--+?-", {}),
    (
        "År 2028 ska minst 90 procent av eleverna på Vårboskolan känna sig trygga på skolvägen",
        "+++?+",
        {},
    ),
    ("Trygghetsvärdarna ska 2025 vara ute tre kvällar i veckan i Arlövs centrum", "+++?+", {}),
    (
        "Korta tiden från anmälan till första möte i SSPU från 30 till 14 dagar senast 30 juni 2027",
        "+++?+",
        {},
    ),
    ("Fastställa en gemensam rutin för avhoppare senast mars 2027", "+++?+", {}),
    ("Trygghet", "--??-", {}),
    ("", "--??-", {}),
]

# Judged after the reviewer was written, to see how it does with what it was not made for.
LATER = [
    ("Antalet anmälda rån mot unga ska vara högst fem under 2027", "+++?+", {}),
    ("Alla förskolor ska ha en beredskapsplan mot våld senast den 31 december 2027", "+?+?+", {}),
    ("Minst hälften av hushållen i Åkarp ska vara med i grannsamverkan år 2028", "+++?+", {}),
    ("Vi ska bli bättre på att dela information med varandra", "?-+?-", {}),
    ("Skapa trygga mötesplatser för unga i Arlöv", "+-+?-", {}),
    ("Andelen otrygga kvinnor på kvällstid ska minska från 38 till 30 procent till 2028", "+++++", {}),
    ("Handlingsplanen mot hedersrelaterat våld är antagen av socialnämnden före sommaren 2027", "+++?+", {}),
    ("Minska skolfrånvaron", "?-+?-", {}),
    ("Skolan, socialtjänsten och polisen träffas varannan vecka för att dela lägesbild", "+++??", {}),
    ("Bygga en lekplats och en grillplats vid Vårboskolan under 2027", "+-??+", {}),
    ("Personalen på fritidsgårdarna ska veta hur de gör en orosanmälan", "+-+?-", {}),
    ("Ökat förtroende för polisen", "?-+?-", {}),
    ("Tolv butiker i centrum har fått råd om skydd mot stöld senast i december 2027", "+++?+", {}),
    ("Att tidigt upptäcka barn som far illa", "?-+?-", {}),
    ("Motverka återfall i våld hos våldsutövare", "?-+?-", {}),
    ("Fler brott klaras upp", "?-+?-", {}),
    ("Genomföra insatser mot droger", "?-+?-", {}),
    ("Ta fram en kommunikationsplan och utbilda nyckelpersoner senast i juni 2027", "++-?+", {}),
    ("Underlätta för boende att anmäla brott", "--+?-", {}),
]

# Where the judge and the reviewer do not agree: statement, the judge, the reviewer. ADR 17 says why.
DISAGREED = [
    # Lomma: wardens in place is a thing one can see, but not how often.
    ("Trygghetsvärdar ska finnas på plats dagtid under sommaren", "+?+??", "+-+??"),
    # "Våld" is every kind of violence, which no list of wide words can know.
    ("Ingen ska utsättas för våld i Burlöv", "+???-", "+?+?-"),
    # Two things to do about one dark way: the judge sees one goal, the reviewer two verbs.
    ("Röja buskar och sätta upp belysning längs gångvägen till stationen före november 2027", "++-?+", "+--?+"),
    # Who has something can be asked yes or no; the reviewer waits for “är på plats”.
    ("Senast 2027 har vi en aktiv avhopparverksamhet", "+++?+", "+-+?+"),
    # To have ceased can be asked of each shop, but “upphört” is no word the reviewer knows.
    ("Langning till minderåriga ska ha upphört i kommunens butiker vid utgången av 2028", "+?+?+", "+-+?+"),
    # None means zero here, and the sentence has no verb.
    ("Inga skjutningar i Burlöv under 2027", "+++?+", "??+?+"),
    # Families are named only inside another word.
    (
        "Väntetiden till familjerådgivning ska vara kortare än tre veckor från och med 1 september 2027",
        "+++?+",
        "?++?+",
    ),
]
