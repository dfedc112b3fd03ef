"""What happens in the example year: log entries, status updates, follow-ups, and what was heard about children."""

import datetime
from dataclasses import dataclass

from focus_areas.models import Activity, FollowUp

D = datetime.date


@dataclass(frozen=True)
class Logged:
    activity: str
    by: str
    day: datetime.date
    text: str
    promise: str = ""
    quantity: int | None = None
    people: int | None = None
    area: str = ""
    attachment: str = ""
    days_until_written: int = 1


LOG = (
    # 1.1
    Logged(
        "1.1",
        "beredning",
        D(2026, 1, 27),
        "Årets första möte. Gruppen gick igenom hur skolorna anmäler oro.",
        "sspu-moten",
        1,
        8,
    ),
    Logged(
        "1.1",
        "beredning",
        D(2026, 3, 3),
        "Möte om frånvaro i mellanstadiet och vem som ringer hem.",
        "sspu-moten",
        1,
        9,
    ),
    Logged(
        "1.1",
        "beredning",
        D(2026, 4, 7),
        "Möte. Två skolor visade hur de arbetar efter den nya modellen.",
        "sspu-moten",
        1,
        9,
    ),
    Logged("1.1", "kommunpolis", D(2026, 4, 7), "Polisen har varit med på vårens tre första möten.", "sspu-polis", 3),
    Logged(
        "1.1",
        "beredning",
        D(2026, 5, 5),
        "Möte om sommarlovet: var unga håller till och vilka vuxna som finns där.",
        "sspu-moten",
        1,
        8,
    ),
    Logged(
        "1.1",
        "beredning",
        D(2026, 6, 9),
        "Terminens sista möte. Modellen används nu i alla skolor.",
        "sspu-moten",
        1,
        9,
    ),
    Logged("1.1", "kommunpolis", D(2026, 6, 9), "Polisen var med på mötena i maj och juni.", "sspu-polis", 2),
    Logged(
        "1.1", "beredning", D(2026, 8, 25), "Uppstart efter sommaren. Lägesbild från fältarbetet.", "sspu-moten", 1, 8
    ),
    Logged(
        "1.1",
        "beredning",
        D(2026, 9, 22),
        "Möte om vapenattrapper i skolmiljö och hur skolorna svarar likadant.",
        "sspu-moten",
        1,
        10,
    ),
    Logged(
        "1.1",
        "beredning",
        D(2026, 10, 20),
        "Möte. Rutinen för samtycke är genomgången och förenklad.",
        "sspu-moten",
        1,
        9,
    ),
    Logged("1.1", "kommunpolis", D(2026, 10, 20), "Polisen var med på höstens tre första möten.", "sspu-polis", 3),
    Logged("1.1", "beredning", D(2026, 11, 17), "Möte om jullovet. Ett möte återstår.", "sspu-moten", 1, 9),
    Logged("1.1", "kommunpolis", D(2026, 11, 17), "Polisen var med på novembermötet.", "sspu-polis", 1),
    # 1.2
    Logged("1.2", "kommunpolis", D(2026, 2, 12), "Besök i årskurs 7 om lag och rätt.", "skolbesok", 1, 54, "Arlöv"),
    Logged(
        "1.2",
        "beredning",
        D(2026, 2, 27),
        "Trygghetsvärdarna besökte skolgårdar i Arlöv och Åkarp på raster.",
        "trygghetsvardar",
        3,
    ),
    Logged(
        "1.2",
        "beredning",
        D(2026, 3, 18),
        "Föräldrakväll om nätet, droger och gränser.",
        "foraldrakvallar",
        1,
        24,
        "Arlöv",
        "pdf",
    ),
    Logged("1.2", "kommunpolis", D(2026, 4, 22), "Besök i årskurs 8 inför valborg.", "skolbesok", 1, 61, "Åkarp"),
    Logged("1.2", "beredning", D(2026, 5, 29), "Fem besök på skolgårdar under maj.", "trygghetsvardar", 5),
    Logged(
        "1.2",
        "oratmotmarken",
        D(2026, 6, 18),
        "Kvällspass kring gårdarna i Arlöv tillsammans med Ung i Burlöv.",
        "kvallspass",
        1,
        15,
        "Arlöv",
    ),
    Logged(
        "1.2",
        "oratmotmarken",
        D(2026, 7, 9),
        "Två kvällspass under sommarlovet. Lugnt vid lekplatserna, stökigt vid stationen.",
        "kvallspass",
        2,
        22,
        "Burlövs station",
    ),
    Logged("1.2", "kommunpolis", D(2026, 8, 20), "Två kvällspass vid skolstarten.", "kvallspass", 2, 30, "Åkarp"),
    Logged(
        "1.2",
        "kommunpolis",
        D(2026, 9, 10),
        "Besök i årskurs 9 om ansvar och medhjälp till brott.",
        "skolbesok",
        1,
        48,
        "Arlöv",
    ),
    Logged(
        "1.2",
        "oratmotmarken",
        D(2026, 9, 11),
        "Kvällspass. Belysningen bakom tvättstugan är felanmäld.",
        "kvallspass",
        1,
        9,
        "Arlöv",
    ),
    Logged(
        "1.2",
        "beredning",
        D(2026, 10, 2),
        "Kvällspass i centrala Arlöv tillsammans med trygghetsvärdarna.",
        "kvallspass",
        1,
        17,
        "Arlöv",
    ),
    Logged("1.2", "kommunpolis", D(2026, 10, 8), "Besök i årskurs 7.", "skolbesok", 1, 52, "Åkarp"),
    Logged(
        "1.2", "beredning", D(2026, 10, 15), "Höstens två första föräldrakvällar ställdes in, för få hade anmält sig."
    ),
    Logged("1.2", "beredning", D(2026, 10, 30), "Tre besök på skolgårdar efter höstlovet.", "trygghetsvardar", 3),
    Logged(
        "1.2",
        "oratmotmarken",
        D(2026, 10, 31),
        "Kvällspass under allhelgonahelgen.",
        "kvallspass",
        1,
        12,
        "Burlövs station",
    ),
    Logged("1.2", "kommunpolis", D(2026, 11, 5), "Besök i årskurs 8.", "skolbesok", 1, 57, "Arlöv"),
    Logged(
        "1.2",
        "kommunpolis",
        D(2026, 11, 7),
        "Kvällspass vid stationen och biblioteket.",
        "kvallspass",
        1,
        11,
        "Burlövs station",
    ),
    Logged(
        "1.2",
        "beredning",
        D(2026, 11, 11),
        "Föräldrakväll. Få kom, och de som kom bad om en tid på dagen.",
        "foraldrakvallar",
        1,
        4,
        "Arlöv",
    ),
    # 2.1
    Logged(
        "2.1", "beredning", D(2026, 2, 4), "Grundutbildning för nyanställda inom socialtjänsten.", "utbildning", 1, 19
    ),
    Logged("2.1", "beredning", D(2026, 3, 11), "Utbildning om att fråga om våld på rutin.", "utbildning", 1, 16),
    Logged(
        "2.1",
        "beredning",
        D(2026, 4, 29),
        "Utbildning om hedersförtryck inför sommaren, tillsammans med polisen.",
        "utbildning",
        1,
        27,
    ),
    Logged("2.1", "kommunpolis", D(2026, 4, 29), "Polisen höll ett pass om anmälan och skydd.", "utbildning-polis", 1),
    Logged(
        "2.1", "beredning", D(2026, 9, 16), "Utbildning i riskbedömning, tillsammans med polisen.", "utbildning", 1, 22
    ),
    Logged(
        "2.1",
        "kommunpolis",
        D(2026, 9, 16),
        "Polisen gick igenom hur en riskbedömning görs hos polisen.",
        "utbildning-polis",
        1,
    ),
    Logged("2.1", "beredning", D(2026, 10, 14), "Utbildning om den som utövar våld.", "utbildning", 1, 14),
    Logged(
        "2.1",
        "beredning",
        D(2026, 11, 9),
        "Årets sista tillfälle, för chefer i skola och förskola.",
        "utbildning",
        1,
        18,
    ),
    # 2.2
    Logged(
        "2.2",
        "beredning",
        D(2026, 3, 24),
        "Arbetsmöte om var signaler om våld fastnar: elevhälsa, förskola, fritid.",
        people=9,
    ),
    Logged("2.2", "kommunpolis", D(2026, 6, 4), "Polisens statistikuttag blev inte klart till sommaren."),
    Logged(
        "2.2",
        "beredning",
        D(2026, 10, 6),
        "Utbildning för elevhälsan om att ställa frågor till barn.",
        "utbildning-skola",
        1,
        12,
    ),
    Logged(
        "2.2",
        "beredning",
        D(2026, 11, 2),
        "Uttaget är beställt på nytt. Analysen kan börja i december.",
        "analys",
        0,
        days_until_written=0,
    ),
    # 3.1
    Logged(
        "3.1",
        "samordnare",
        D(2026, 3, 26),
        "Boendedialog i gemensamhetslokalen. Flest förslag om bänkar och odling.",
        "dialoger",
        1,
        31,
        "Arlöv",
    ),
    Logged(
        "3.1",
        "samordnare",
        D(2026, 5, 21),
        "Boendedialog på gården. De boende röstade fram en boulebana.",
        "dialoger",
        1,
        22,
        "Arlöv",
        "png",
    ),
    Logged(
        "3.1",
        "oratmotmarken",
        D(2026, 8, 27),
        "Sex odlingslådor är utställda och alla har fått en ansvarig gård.",
        area="Arlöv",
    ),
    # 3.2
    Logged(
        "3.2",
        "samordnare",
        D(2026, 2, 19),
        "Frukostmöte om inbrott i lager och skåpbilar.",
        "frukost",
        1,
        18,
        "Burlövs station",
    ),
    Logged(
        "3.2", "kommunpolis", D(2026, 2, 19), "Polisen berättade om tillvägagångssätt vid inbrott.", "frukost-polis", 1
    ),
    Logged(
        "3.2",
        "samordnare",
        D(2026, 4, 16),
        "Frukostmöte med handeln om stölder i butik. Polisen fick förhinder.",
        "frukost",
        1,
        13,
        "Arlöv",
    ),
    Logged(
        "3.2",
        "samordnare",
        D(2026, 9, 3),
        "Frukostmöte om belysning och larm. En gemensam larmlista är påbörjad.",
        "frukost",
        1,
        21,
        "Arlöv",
    ),
    Logged(
        "3.2", "kommunpolis", D(2026, 9, 3), "Polisen var med och svarade på frågor om kameror.", "frukost-polis", 1
    ),
    Logged(
        "3.2",
        "samordnare",
        D(2026, 11, 18),
        "Årets sista frukostmöte. Larmlistan är klar och utdelad.",
        "frukost",
        1,
        24,
        "Arlöv",
        days_until_written=0,
    ),
    Logged("3.2", "kommunpolis", D(2026, 11, 18), "Polisen var med.", "frukost-polis", 1, days_until_written=0),
    # 3.3
    Logged("3.3", "sammankallande", D(2026, 2, 10), "Planeringsmöte. Årets platser är valda efter lägesbilden."),
    Logged(
        "3.3",
        "samordnare",
        D(2026, 4, 23),
        "Vandring i centrala Arlöv. 8 synpunkter, flest om belysning.",
        "vandringar",
        1,
        22,
        "Arlöv",
        "pdf",
    ),
    Logged(
        "3.3", "arbetsgrupp", D(2026, 5, 18), "Två lampor är bytta och häcken vid gångvägen är klippt.", area="Arlöv"
    ),
    Logged(
        "3.3",
        "sammankallande",
        D(2026, 6, 4),
        "Uppföljningsmöte om vandringen i centrala Arlöv. Fem av åtta synpunkter är klara.",
        "platsansvariga",
        1,
        6,
        "Arlöv",
    ),
    Logged(
        "3.3",
        "samordnare",
        D(2026, 9, 8),
        "Vandring kring Sockerbitstorget. 14 synpunkter, flest om nedskräpning och skymd sikt.",
        "vandringar",
        1,
        16,
        "Arlöv",
    ),
    Logged("3.3", "arbetsgrupp", D(2026, 9, 30), "Fler papperskorgar står på torget.", area="Arlöv"),
    Logged(
        "3.3",
        "sammankallande",
        D(2026, 10, 13),
        "Uppföljningsmöte om Sockerbitstorget.",
        "platsansvariga",
        1,
        5,
        "Arlöv",
    ),
    Logged(
        "3.3",
        "kommunpolis",
        D(2026, 10, 20),
        "Vandring i Åkarp med boende, polisen och gatuenheten. 12 synpunkter, flest om belysning.",
        "vandringar",
        1,
        16,
        "Åkarp",
        "png",
    ),
    Logged("3.3", "arbetsgrupp", D(2026, 11, 9), "Belysningen vid gångtunneln är lagad.", area="Åkarp"),
    Logged(
        "3.3",
        "sammankallande",
        D(2026, 11, 17),
        "Uppföljningsmöte om vandringen i Åkarp. Tre häckar är klippta.",
        "platsansvariga",
        1,
        7,
        "Åkarp",
        days_until_written=0,
    ),
    # 3.4
    Logged(
        "3.4", "kommunpolis", D(2026, 2, 24), "Planeringsmöte: hur andra kommuner har ordnat det.", "planering", 1, 5
    ),
    Logged("3.4", "beredning", D(2026, 4, 14), "Planeringsmöte om vem som tar det första samtalet.", "planering", 1, 5),
    Logged(
        "3.4", "kommunpolis", D(2026, 5, 18), "Ett utkast till rutin är skrivet. Den är inte fastställd.", "rutin", 0
    ),
    Logged("3.4", "kommunpolis", D(2026, 9, 29), "Planeringsmöte om kostnaderna för 2027.", "planering", 1, 6),
    Logged("3.4", "kommunpolis", D(2026, 11, 4), "Förfrågningar om stöd sedan sommaren.", people=3),
    # 3.5
    Logged("3.5", "kommunpolis", D(2026, 2, 25), "Möte med kontaktombuden i områden som redan är i gång.", people=11),
    Logged("3.5", "samordnare", D(2026, 4, 9), "Information på biblioteket.", "information", 1, 17, "Arlöv"),
    Logged(
        "3.5",
        "samordnare",
        D(2026, 10, 1),
        "Information på trygghetsdagen. Informationsbladet är omgjort.",
        "information",
        1,
        26,
        "Åkarp",
    ),
    Logged(
        "3.5", "kommunpolis", D(2026, 10, 12), "Uppstartsmöte i Åkarp. Två ombud är valda.", "uppstart", 1, 14, "Åkarp"
    ),
)


@dataclass(frozen=True)
class Told:
    """A status update."""

    activity: str
    by: str
    day: datetime.date
    status: str
    assessment: str
    text: str
    next_step: str = ""
    reason: str = ""
    decision: str = ""


ONGOING, DELAYED, PAUSED = Activity.Status.ONGOING, Activity.Status.DELAYED, Activity.Status.PAUSED
GREEN, YELLOW, RED = Activity.Assessment.GREEN, Activity.Assessment.YELLOW, Activity.Assessment.RED

STATUSES = (
    Told(
        "1.1", "beredning", D(2026, 1, 29), ONGOING, GREEN, "Gruppen är i gång efter årsskiftet.", "Boka vårens möten."
    ),
    Told(
        "1.1",
        "beredning",
        D(2026, 5, 6),
        ONGOING,
        GREEN,
        "Fyra möten är hållna och alla skolor deltar.",
        "Sammanfatta våren i juni.",
    ),
    Told("1.1", "beredning", D(2026, 9, 23), ONGOING, GREEN, "Sju möten är hållna. Modellen används av alla skolor."),
    Told(
        "1.1",
        "beredning",
        D(2026, 11, 17),
        ONGOING,
        GREEN,
        "Nio av tio möten är hållna. Den nya modellen används av alla skolor.",
        "Sista mötet för året är 8 december.",
    ),
    Told(
        "1.2",
        "beredning",
        D(2026, 2, 13),
        ONGOING,
        GREEN,
        "Skolbesöken har börjat.",
        "Hålla vårens första föräldrakväll.",
    ),
    Told(
        "1.2",
        "beredning",
        D(2026, 5, 25),
        ONGOING,
        YELLOW,
        "Skolbesöken ligger efter och en föräldrakväll är flyttad till hösten.",
        "Föreslå kvällspass till sommaren.",
        "Skolornas schema gick inte ihop med polisens pass.",
    ),
    Told(
        "1.2",
        "oratmotmarken",
        D(2026, 8, 24),
        ONGOING,
        YELLOW,
        "Kvällspassen fungerar. Fler unga än väntat vid stationen.",
        "Fortsätta en gång i månaden.",
        "Föräldrakvällarna har inte kommit i gång.",
    ),
    Told(
        "1.2",
        "beredning",
        D(2026, 11, 12),
        ONGOING,
        YELLOW,
        "Två föräldrakvällar ställdes in i oktober. Informationen om stödinsatser finns nu på en sida.",
        "Ny föräldrakväll tillsammans med skolorna i december.",
        "För få föräldrar anmälde sig i oktober.",
    ),
    Told("2.1", "beredning", D(2026, 2, 5), ONGOING, GREEN, "Årets utbildningar har börjat."),
    Told(
        "2.1",
        "beredning",
        D(2026, 5, 11),
        ONGOING,
        YELLOW,
        "Tre av sex tillfällen är hållna.",
        "Lägga höstens tillfällen på kortare pass.",
        "Det går inte att få vikarier till hela dagar.",
    ),
    Told(
        "2.1",
        "beredning",
        D(2026, 11, 10),
        ONGOING,
        GREEN,
        "Alla sex tillfällen är hållna.",
        "Planera 2027 års utbildningar.",
    ),
    Told(
        "2.2",
        "beredning",
        D(2026, 2, 16),
        ONGOING,
        YELLOW,
        "Frågorna till analysen är formulerade.",
        "Vänta in polisens statistik.",
        "Uttaget ur polisens statistik dröjer.",
    ),
    Told(
        "2.2",
        "beredning",
        D(2026, 5, 13),
        ONGOING,
        RED,
        "Analysen har inte kunnat börja, och inga utbildningar är hållna.",
        "Ta ett nytt uttag ur statistiken i juni.",
        "Det saknas en väg för statistik mellan polisen och kommunen.",
    ),
    Told(
        "2.2",
        "beredning",
        D(2026, 8, 27),
        DELAYED,
        RED,
        "Utan statistik går det inte att göra analysen.",
        "Beställa uttaget på nytt.",
        reason="Statistiken kom inte i juni som planerat.",
    ),
    Told(
        "2.2",
        "beredning",
        D(2026, 11, 2),
        DELAYED,
        RED,
        "Ett utbildningstillfälle är hållet. Uttaget ur polisens statistik är beställt.",
        "Styrgruppen behöver flytta slutdatumet eller minska omfattningen.",
        "Statistiken kom inte i juni som planerat. Analysen kan börja först i december.",
        "Flytta slutdatum för den fördjupade analysen till 30 april 2027.",
    ),
    Told(
        "3.1",
        "samordnare",
        D(2026, 3, 27),
        ONGOING,
        GREEN,
        "Den första dialogen lockade många.",
        "Nästa dialog på gården i maj.",
    ),
    Told(
        "3.1",
        "samordnare",
        D(2026, 5, 22),
        ONGOING,
        GREEN,
        "Två dialoger är hållna och odlingslådorna är beställda.",
        "Utse processledning efter den inledande fasen.",
    ),
    Told(
        "3.1",
        "samordnare",
        D(2026, 10, 1),
        PAUSED,
        YELLOW,
        "Höstens dialoger är framflyttade.",
        "Ta upp frågan i styrgruppen.",
        "Processledning efter den inledande fasen är inte utsedd.",
    ),
    Told(
        "3.1",
        "samordnare",
        D(2026, 10, 19),
        PAUSED,
        YELLOW,
        "Två boendedialoger hölls före sommaren. Resten väntar på ny processledning.",
        "Beslut om processledning.",
        "Pausad sedan 1 oktober: processledning efter den inledande fasen är inte utsedd.",
        "Utse processledning efter den inledande fasen.",
    ),
    Told("3.2", "samordnare", D(2026, 2, 20), ONGOING, GREEN, "Arton företag kom till årets första frukost."),
    Told(
        "3.2",
        "samordnare",
        D(2026, 5, 4),
        ONGOING,
        GREEN,
        "Två av fyra frukostmöten är hållna.",
        "Larm och belysning i september.",
    ),
    Told(
        "3.2",
        "samordnare",
        D(2026, 11, 18),
        ONGOING,
        GREEN,
        "Alla fyra frukostmöten är hållna och larmlistan är klar.",
        "Sätta mål för 2027 tillsammans med företagen.",
    ),
    Told(
        "3.3",
        "samordnare",
        D(2026, 3, 13),
        ONGOING,
        GREEN,
        "Platserna är valda. Beredningsgruppen vill ha fyra vandringar i stället för tre.",
        "Första vandringen 23 april.",
    ),
    Told(
        "3.3",
        "sammankallande",
        D(2026, 6, 5),
        ONGOING,
        GREEN,
        "En vandring är gjord och fem av åtta synpunkter är klara.",
    ),
    Told(
        "3.3",
        "samordnare",
        D(2026, 11, 17),
        ONGOING,
        GREEN,
        "Tre av fyra vandringar är gjorda.",
        "Den fjärde går vid Burlövs station 1 december.",
    ),
    Told("3.4", "kommunpolis", D(2026, 2, 25), ONGOING, GREEN, "Arbetet med rutinen har börjat."),
    Told(
        "3.4",
        "kommunpolis",
        D(2026, 5, 20),
        DELAYED,
        YELLOW,
        "Ett utkast finns men är inte fastställt.",
        "Räkna på kostnaden.",
        "Det är oklart vem som betalar boende och samtal.",
    ),
    Told(
        "3.4",
        "kommunpolis",
        D(2026, 9, 30),
        DELAYED,
        RED,
        "Tre av sex planeringsmöten är hållna.",
        "Ta frågan om pengar till styrgruppen.",
        "Kostnadsfördelningen är inte avgjord.",
    ),
    Told(
        "3.4",
        "kommunpolis",
        D(2026, 11, 5),
        DELAYED,
        RED,
        "Utkastet till rutin kan inte fastställas än.",
        "Beslut om finansiering för 2027.",
        "Kostnadsfördelningen är inte avgjord, så rutinen kan inte fastställas.",
        "Avgöra hur kostnaden för 2027 fördelas mellan parterna.",
    ),
    Told("3.5", "kommunpolis", D(2026, 2, 26), ONGOING, GREEN, "Elva områden har ombud.", "Bjuda in fyra nya områden."),
    Told(
        "3.5",
        "kommunpolis",
        D(2026, 5, 26),
        ONGOING,
        GREEN,
        "Information är hållen. Uppstartsmötena läggs efter sommaren.",
    ),
    Told(
        "3.5",
        "kommunpolis",
        D(2026, 10, 13),
        ONGOING,
        YELLOW,
        "Ett av fyra uppstartsmöten är hållet. Områden utan ombud har tappat fart.",
        "Två möten i januari.",
        "Polisen har inte haft personal till fler uppstartsmöten under hösten.",
    ),
)


@dataclass(frozen=True)
class Found:
    """A follow-up, and who approved it: (side, who, day, dissent)."""

    activity: str
    by: str
    day: datetime.date
    kind: str
    findings: str
    conclusion: str
    next_on: datetime.date
    approvals: tuple[tuple[str, str, datetime.date, str], ...] = ()


def both(first: datetime.date, second: datetime.date, dissent: str = "") -> tuple:
    return (("municipality", "samordnare", first, ""), ("police", "kommunpolis", second, dissent))


PRODUCTION, PROCESS, EFFECT = FollowUp.Kind.PRODUCTION, FollowUp.Kind.PROCESS, FollowUp.Kind.EFFECT
CONTINUE, ADJUST = FollowUp.Conclusion.CONTINUE, FollowUp.Conclusion.ADJUST

FOLLOW_UPS = (
    Found(
        "3.3",
        "samordnare",
        D(2025, 12, 15),
        PRODUCTION,
        "Tre av fyra vandringar hölls under 2025. Den fjärde ställdes in på grund av vädret.",
        ADJUST,
        D(2026, 6, 15),
        both(D(2025, 12, 17), D(2026, 1, 8)),
    ),
    Found(
        "2.2",
        "beredning",
        D(2026, 5, 12),
        PROCESS,
        "Analysen har inte börjat. Det saknas en överenskommen väg för statistik mellan polisen och kommunen.",
        ADJUST,
        D(2026, 11, 12),
        both(D(2026, 5, 18), D(2026, 5, 21)),
    ),
    Found(
        "3.4",
        "kommunpolis",
        D(2026, 5, 19),
        PROCESS,
        "Parterna är överens om arbetssättet men inte om vem som betalar.",
        ADJUST,
        D(2026, 11, 19),
        both(D(2026, 5, 27), D(2026, 5, 25)),
    ),
    Found(
        "3.5",
        "kommunpolis",
        D(2026, 5, 25),
        PROCESS,
        "Områden med två ombud håller i längre än områden med ett.",
        CONTINUE,
        D(2026, 11, 25),
        both(D(2026, 5, 28), D(2026, 5, 26)),
    ),
    Found(
        "3.1",
        "samordnare",
        D(2026, 5, 28),
        PROCESS,
        "De boende kommer när dialogen hålls på gården. Ansvaret efter den inledande fasen är inte fördelat.",
        CONTINUE,
        D(2026, 11, 30),
        both(D(2026, 6, 1), D(2026, 6, 3)),
    ),
    Found(
        "1.2",
        "beredning",
        D(2026, 6, 8),
        PRODUCTION,
        "Föräldrakvällarna når få. Unga nås bättre där de redan är, och kvällspass läggs till.",
        ADJUST,
        D(2026, 12, 7),
        both(
            D(2026, 6, 10),
            D(2026, 6, 15),
            "Polisen anser att skolbesöken ska räknas per läsår och inte per kalenderår.",
        ),
    ),
    Found(
        "3.3",
        "samordnare",
        D(2026, 6, 15),
        PROCESS,
        "Platsansvariga svarar i tid när de själva är med på vandringen.",
        CONTINUE,
        D(2026, 12, 14),
        both(D(2026, 6, 16), D(2026, 6, 22)),
    ),
    Found(
        "1.1",
        "beredning",
        D(2026, 6, 16),
        PRODUCTION,
        "Fem av tio möten är hållna och alla parter har varit med.",
        CONTINUE,
        D(2026, 12, 14),
        both(D(2026, 6, 17), D(2026, 6, 22)),
    ),
    Found(
        "2.1",
        "beredning",
        D(2026, 11, 10),
        EFFECT,
        "Deltagarna skattar sin säkerhet högre efter utbildningen än före. Frågan om våld ställs oftare.",
        CONTINUE,
        D(2027, 2, 15),
        both(D(2026, 11, 13), D(2026, 11, 13))[:1],
    ),
    Found(
        "3.2",
        "samordnare",
        D(2026, 11, 18),
        PRODUCTION,
        "Alla frukostmöten är hållna. Företagen vill träffas tätare i början av året.",
        CONTINUE,
        D(2027, 1, 18),
    ),
)


@dataclass(frozen=True)
class Considered:
    """How an activity touches children."""

    activity: str
    by: str
    day: datetime.date
    children_affected: str
    how_heard: str
    consequences: str
    conclusion: str


CHILD_IMPACTS = (
    Considered(
        "1.2",
        "beredning",
        D(2026, 3, 20),
        "Alla barn och unga i kommunen, mest de i årskurs 7–9.",
        "Elevråden på två skolor har svarat på vad som gör en plats otrygg.",
        "Fler vuxna finns där unga är. Någon kan känna sig övervakad.",
        "Aktiviteten är till barnens bästa. Kvällspassen görs av vuxna som de unga känner igen.",
    ),
    Considered(
        "2.2",
        "beredning",
        D(2026, 3, 30),
        "Barn som utsätts för våld, och barn som ser det hemma.",
        "Barn har inte hörts än. Elevhälsan har berättat vad de möter.",
        "Fler barn får frågan. Den som frågar måste veta vad som händer sedan.",
        "Analysen behövs. Utbildningen ska vara klar innan fler frågar.",
    ),
    Considered(
        "3.1",
        "samordnare",
        D(2026, 6, 2),
        "Barn som bor på gårdarna och leker där.",
        "Barnen ritade sin gård vid dialogen i maj.",
        "Plats för lek och odling. Bollplanen blir mindre.",
        "Till barnens bästa, om bollplanen får en ny plats.",
    ),
)

# What the promises without a number came to, in words.
OUTCOMES = (
    ("forslag", "oratmotmarken", D(2026, 9, 1), "Odlingslådorna är på plats. Boulebanan prövas mot nästa års budget."),
    ("synpunkter", "samordnare", D(2026, 11, 17), "21 av 34 synpunkter är åtgärdade."),
)
