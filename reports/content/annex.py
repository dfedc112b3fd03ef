"""What stands at the end of a report: words, abbreviations, and how its figures were counted."""

import datetime

from focus_areas.models.activities import SILENT_AFTER_DAYS
from focus_areas.models.commitments import ABOUT_TOLERANCE
from meetings.trends import RULES
from privacy.small_counts import SMALLEST_SHOWN
from reports.content.activities import LOG_LENGTH, LOG_LINES
from reports.content.report import Term
from reports.content.snapshot import Snapshot
from reports.content.wording import sentence_end

TENTHS = {0.8: "åtta tiondelar", 0.9: "nio tiondelar", 1.0: "alla"}
ASSESSED_SO = (
    Term("Enligt plan:", "aktiviteten genomförs fullt ut, så som den var tänkt och med gott resultat."),
    Term("Mindre avvikelse:", "målet nås, men senare eller i mindre omfattning."),
    Term("Större avvikelse:", "målet nås inte utan att något ändras."),
)
PROMISED_SO = (
    Term(
        "Ett åtagande är hållet",
        "när minst så många som lovats är registrerade. Har någon lovat ”ungefär” ett antal räcker "
        f"{TENTHS.get(ABOUT_TOLERANCE, f'{ABOUT_TOLERANCE:.0%}')}; ”högst” avgörs när tiden är ute. "
        "Allt som registrerats för åtagandet räknas, "
        "även det som gjordes före perioden.",
    ),
    Term(
        "Varje åtagande räknas som ett,",
        "vad det än handlar om: vandringar och möten läggs aldrig ihop. Gemensamma åtaganden räknas en gång, för "
        "sig. De som saknar antal följs upp i ord och räknas för sig. Med är de som gäller någon dag under "
        "perioden, också de som saknar datum.",
    ),
    Term(
        "Ett åtagandes tid är ute",
        "när åtagandet, aktiviteten eller överenskommelsen slutar, det som kommer först. Slutar inget av dem bedöms "
        "åtagandet vid rapportens slut om den gäller minst ett år, annars två år efter att det började. Är inget "
        "registrerat då är utfallet inte redovisat.",
    ),
    Term(
        "Prognosen",
        "räknar takten hittills fram till åtagandets sista dag. Den vet inget om det som är inplanerat. ”Hållet” är "
        "det som redan är gjort, och när mindre än en tiondel av tiden har gått är det för tidigt att säga.",
    ),
)
FOLLOWED_UP_SO = (
    Term(
        "Hela åtgärdsplanen är uppföljd",
        "den dag då den sista av dess pågående aktiviteter har en uppföljning som både kommunen och polisen har "
        "godkänt. En ny version av planen räknas inte som en uppföljning.",
    ),
    Term(
        "En uppföljning är försenad",
        "när dagen för nästa uppföljning har passerat och aktiviteten inte är avslutad. En aktivitet är tyst när "
        f"den har börjat och inte är avslutad, men ingen har skrivit om den på {SILENT_AFTER_DAYS} dagar.",
    ),
)
PEOPLE_SO = (
    Term(
        f"Antal personer under {SMALLEST_SHOWN}",
        f"skrivs ”färre än {SMALLEST_SHOWN}”, så att ingen kan kännas igen. Texterna återges som de skrevs.",
    ),
)
DONE_SO = (
    Term(
        "Det som gjorts",
        f"visas med de {LOG_LINES} senaste anteckningarna för varje aktivitet. Texter över {LOG_LENGTH} tecken är "
        "avkortade. Hela loggen finns i portalen.",
    ),
)
OBSERVED_SO = (
    Term(
        "Iakttagelser",
        "är vad organisationerna själva har sett eller hört och rapporterat till Örat mot marken. De är inte "
        "anmälningar och säger inte hur många brott som har begåtts. Var och en räknas en gång: den dag den började, i "
        "sitt delområde. Den gäller en plats och en händelse, aldrig en person, och därför visas även små antal.",
    ),
    Term(
        "Ökar, minskar och sticker ut",
        "säger hur antalet sedan förra mötet förhåller sig till det som brukar komma, efter vad tidigare perioder, "
        f"årstiden och de senaste månaderna visar. Minst {RULES.fewest_periods} tidigare perioder behövs. Ett antal "
        "sticker ut när det vore osannolikt om allt var som vanligt. Det är en fråga att ställa, inte ett svar.",
    ),
)
DECIDED_SO = (
    Term(
        "Beslut och åtgärdspunkter",
        "är de som stod i gruppernas protokoll. De som hör till interna punkter på dagordningen är inte med. "
        "”Kom av Örat mot marken” är det som gruppen själv kom överens om, och det som andra grupper beslutade under "
        "en punkt om den.",
    ),
)


def definitions(snapshot: Snapshot) -> tuple[Term, ...]:
    return tuple(
        Term(definition.term, sentence_end(definition.text), definition.source) for definition in snapshot.definitions
    )


def abbreviations(snapshot: Snapshot) -> tuple[Term, ...]:
    """The short names of those who take part, with what they stand for."""
    actors = [
        *snapshot.taking_part,
        *(party.organisation for party in snapshot.parties),
        *(
            organisation
            for who in (snapshot.leads, snapshot.participants)
            for organisations in who.values()
            for organisation in organisations
        ),
        *(commitment.organisation for commitment in snapshot.all_commitments if commitment.organisation),
    ]
    meanings = {actor.short_name: actor.name for actor in actors if actor and actor.short_name}
    return tuple(Term(short, name) for short, name in sorted(meanings.items()))


def notes(
    *,
    as_of_words: str,
    as_of_day: datetime.date,
    ends_on: datetime.date,
    registration_note: str,
    has_examples: bool,
    has_observations: bool,
) -> tuple[Term, ...]:
    """How the figures were counted, so that two readers count the same thing."""
    said = [
        Term(
            "Läget",
            f"är det som stod registrerat i portalen den {as_of_words}. Det som skrevs senare är inte med, även om det "
            "hände under perioden.",
        )
    ]
    if registration_note:
        said.append(Term("Registreringen.", registration_note))
    if as_of_day > ends_on:
        said.append(
            Term(
                "Perioden",
                "bestämmer vad som räknas upp som gjort. Status, bedömning och antal är de som gällde den "
                f"{as_of_words}.",
            )
        )
    if has_examples:
        said.append(Term("Exempel:", "genomfört arbete, status och datum i den här rapporten är påhittade."))
    counted_so = (*ASSESSED_SO, *PROMISED_SO, *FOLLOWED_UP_SO, *PEOPLE_SO, *DONE_SO)
    return (*said, *counted_so, *((*OBSERVED_SO, *DECIDED_SO) if has_observations else ()))
