"""The indicators' pages: what they show, who changes what, and how a file goes from choice to confirmation."""

import json
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from agreements.models import Indicator, IndicatorValue, PendingIndicatorFile
from tests.factories import as_person, make_area, make_focus_area, make_goal
from tests.thread_factories import make_indicator, make_value

HEAD = "indikator;år;värde;jämförelse;delområde;kön;källa;anmärkning\n"


@pytest.fixture
def index(agreement) -> Indicator:
    return make_indicator(agreement)


@pytest.fixture
def page(client, coordinator):
    """Sign in the coordinator; return what posts a form and gives the errors of its fields."""
    as_person(client, coordinator)

    def post(name: str, /, *args, **data):
        response = client.post(reverse(f"agreements:{name}", args=args), data)
        return dict(response.context["form"].errors) if response.status_code == 200 else response

    return post


def words_of(response) -> str:
    return " ".join(response.content.decode().split())


# --- Reading ---


def test_list_tells_the_newest_value_and_whether_it_is_for_the_better(client, reader, agreement, index):
    make_indicator(agreement, with_values=False, name="Anmälda brott")

    response = as_person(client, reader).get(reverse("agreements:indicator_list", args=[agreement.pk]))

    text = words_of(response)
    assert "<b>2 indikatorer följs år för år.</b> 1 saknar värden." in text
    assert "2,22 år 2022" in text
    assert "Från 2,16 år 2019, en försämring" in text
    assert "LPO Kävlinge 1,57" in text
    assert "Läs in värden" not in text


def test_detail_has_the_chart_its_numbers_and_every_value_with_its_source(client, reader, index):
    IndicatorValue.objects.filter(year=2021).update(source="https://polisen.se/matning")

    response = as_person(client, reader).get(index.get_absolute_url())

    text = words_of(response)
    assert text.count('role="img"') == 2
    assert '<td class="num quiet">saknas</td>' in text
    assert '<a href="https://polisen.se/matning" rel="nofollow">' in text
    assert "style=" not in text
    assert "Ändra" not in text


def test_detail_of_an_area_compares_it_with_the_municipality(client, reader, agreement, index):
    area = make_area(agreement, "Arlöv")
    make_value(index, 2022, "3.1", area=area)
    as_person(client, reader)

    chosen = client.get(index.get_absolute_url(), {"omrade": area.pk, "kon": ""})
    nonsense = client.get(index.get_absolute_url(), {"omrade": "x", "kon": "alla"})

    assert chosen.context["chart"].table.columns == ("Arlöv", "Burlövs kommun")
    assert nonsense.context["chart"].table.columns == ("Burlövs kommun", "LPO Kävlinge")
    assert set(nonsense.context["filter_form"].errors) == {"omrade", "kon"}


def test_export_is_a_file_that_excel_opens(client, reader, index):
    response = as_person(client, reader).get(reverse("agreements:indicator_export", args=[index.pk]))

    lines = response.content.decode("utf-8-sig").splitlines()
    assert response["Content-Disposition"] == 'attachment; filename="Trygghetsindex.csv"'
    assert lines[0] == "Indikator;År;Värde;Jämförelse;Delområde;Kön;Källa;Anmärkning"
    assert "Trygghetsindex;2021;2,03;;;;;" in lines
    assert len(lines) == 1 + index.values.count()


# --- Indicators and values by hand ---


def test_indicator_is_made_changed_and_removed(page, client, agreement):
    created = page(
        "indicator_create", agreement.pk, name="Index", lower_is_better="on", scale_lowest="0", scale_highest="6,5"
    )
    indicator = agreement.indicators.get()
    changed = page("indicator_update", indicator.pk, name="Index", kolada_id="n07403", unit="index")
    indicator.refresh_from_db()
    removed = page("indicator_delete", indicator.pk)

    assert created.url == changed.url == indicator.get_absolute_url()
    assert (indicator.kolada_id, indicator.unit, indicator.lower_is_better) == ("N07403", "index", False)
    assert removed.url == reverse("agreements:indicator_list", args=[agreement.pk])
    assert not Indicator.objects.exists()


@pytest.mark.parametrize(
    ("data", "errors"),
    [
        ({"name": ""}, {"name": ["Fyll i namn."]}),
        ({"name": "X", "scale_lowest": "0.5"}, {"scale_lowest": ["Skriv decimaler med komma, inte med punkt: ”0.5”."]}),
        (
            {"name": "X", "scale_lowest": "1"},
            {"scale_highest": ["Ange både lägsta och högsta värde, och det högsta sist."]},
        ),
        (
            {"name": "X", "kolada_id": "7403"},
            {"kolada_id": ["Skriv nyckeltalet som i Kolada, till exempel N07403."]},
        ),
        (
            {"name": "Trygghetsindex"},
            {"name": ["Överenskommelsen har redan en indikator med det namnet."]},
        ),
    ],
)
def test_indicator_with_a_fault_is_not_made(page, agreement, index, data, errors):
    assert page("indicator_create", agreement.pk, **data) == errors
    assert agreement.indicators.get() == index


def test_scale_must_hold_the_values_that_are_there(page, index):
    assert page("indicator_update", index.pk, name="Index", scale_lowest="0", scale_highest="2") == {
        "scale_highest": ["Värdet för 2019 ligger utanför den skalan."]
    }


def test_indicator_that_a_goal_is_measured_with_stays(page, client, agreement, index):
    goal = make_goal(make_focus_area(agreement), indicator=index)

    response = page("indicator_delete", index.pk)

    assert response.url == index.get_absolute_url()
    assert f"Indikatorn används av ”{goal}” och kan därför inte tas bort." in words_of(
        client.get(response.url)
    ).replace("&quot;", '"')
    assert Indicator.objects.get() == index


def test_value_is_written_with_a_comma_changed_and_removed(page, client, index, coordinator):
    created = page("indicator_value_create", index.pk, year="2023", value="1,76", source="Polisen")
    value = index.values.get(year=2023)
    shown = client.get(reverse("agreements:indicator_value_update", args=[value.pk])).context["form"]
    changed = page("indicator_value_update", value.pk, year="2023", value="1,8")
    value.refresh_from_db()
    removed = page("indicator_value_delete", value.pk)

    assert created.url == changed.url == removed.url == value.get_absolute_url()
    assert shown["value"].value() == "1,76"
    assert (value.value, value.source, value.history.first().history_user) == (Decimal("1.80"), "", coordinator)
    assert not index.values.filter(year=2023).exists()


@pytest.mark.parametrize(
    ("data", "errors"),
    [
        ({"value": "1.76"}, {"value": ["Skriv decimaler med komma, inte med punkt: ”1.76”."]}),
        ({"value": "56 %"}, {"value": ["Skriv talet utan procenttecken, inte ”56 %”."]}),
        ({"value": ""}, {"value": ["Fyll i värde."]}),
        ({"value": "6,01"}, {"value": ["Värdet ligger utanför skalan 0–6."]}),
        ({"year": "2027"}, {"year": ["År 2027 har inte varit än."]}),
        ({"year": "2022"}, {"year": ["Indikatorn har redan ett värde för det året, kön, delområde och jämförelse."]}),
    ],
)
def test_value_with_a_fault_is_not_saved(page, index, data, errors):
    before = index.values.count()

    assert page("indicator_value_create", index.pk, **{"year": "2023", "value": "1"} | data) == errors
    assert index.values.count() == before


def test_value_is_of_an_area_or_compared_not_both(page, agreement, index):
    area = make_area(agreement)

    assert page("indicator_value_create", index.pk, year="2023", value="1", area=area.pk, comparison="Riket") == {
        "area": ["Ett värde gäller ett delområde eller en jämförelse, inte båda."]
    }


def test_two_who_change_the_same_value_see_both(page, client, index):
    value = index.values.get(year=2022, comparison="")
    address = reverse("agreements:indicator_value_update", args=[value.pk])
    version = client.get(address).context["version"]
    value.value = Decimal("2.5")
    value.save()

    response = client.post(address, {"year": "2022", "value": "2,1", "version": version})

    assert response.status_code == 409
    value.refresh_from_db()
    assert value.value == Decimal("2.50")


# --- Files ---


def upload(client, agreement, rows: str | bytes, *, name: str = "värden.csv", **data):
    content = rows if isinstance(rows, bytes) else (HEAD + rows).encode()
    address = reverse("agreements:indicator_import", args=[agreement.pk])
    return client.post(address, {"file": SimpleUploadedFile(name, content)} | data)


def test_file_is_shown_before_it_is_confirmed(client, coordinator, agreement, index):
    as_person(client, coordinator)
    rows = "Trygghetsindex;2023;1,76;;;;;\nTrygghetsindex;2022;2,2;;;;;\nTrygghetsindex;2018;;;;;;\n"

    preview = client.get(upload(client, agreement, rows).url)
    saved_before = index.values.filter(year=2023).exists()
    pending = PendingIndicatorFile.objects.get()
    address = reverse("agreements:indicator_import_confirm", args=[pending.pk])
    confirmed = client.post(address, {"digest": preview.context["plan"].digest})

    text = words_of(preview)
    assert "<b>Nya värden: 1. Ändrade värden: 1.</b> Ingenting är sparat än." in text
    assert "Läggs till: <b>1,76</b>" in text
    assert "Värdet ändras från <del>2,22</del> till <ins>2,2</ins>." in text
    assert "Saknade värden i filen: 1." in text
    assert not saved_before
    assert confirmed.url == reverse("agreements:indicator_list", args=[agreement.pk])
    assert index.values.get(year=2023).value == Decimal("1.76")
    assert not PendingIndicatorFile.objects.exists()


def test_confirmation_of_something_else_than_was_shown_is_refused(client, coordinator, agreement, index):
    as_person(client, coordinator)
    preview = client.get(upload(client, agreement, "Trygghetsindex;2022;2,2;;;;;\n").url)
    pending = PendingIndicatorFile.objects.get()
    address = reverse("agreements:indicator_import_confirm", args=[pending.pk])
    index.values.filter(year=2022, comparison="").update(value="2.30")

    answers = [client.post(address, data) for data in ({"digest": preview.context["plan"].digest}, {})]

    assert {answer.url for answer in answers} == {reverse("agreements:indicator_import_preview", args=[pending.pk])}
    assert index.values.get(year=2022, comparison="").value == Decimal("2.30")
    assert "Något har ändrats sedan du granskade filen" in words_of(client.get(answers[0].url))


def test_faults_are_listed_and_nothing_can_be_confirmed(client, coordinator, agreement, index):
    as_person(client, coordinator)

    preview = client.get(upload(client, agreement, "Trygghetsindex;2023;56 %;;;;;\nX;2023;1.5;;;;;\n").url)

    text = words_of(preview)
    assert "<b>2 fel behöver rättas.</b> Ingenting är inläst." in text
    assert "Skriv talet utan procenttecken, inte ”56 %”." in text
    assert "Läs in värdena" not in text


@pytest.mark.parametrize(
    ("content", "name", "error"),
    [
        (b"", "v.csv", "Filen är tom."),
        (b"x" * (2 * 1024 * 1024 + 1), "v.csv", "Filen är 2,0 MB. Den får vara högst 2 MB."),
        (b"PK", "v.csv", "Filen heter .csv men är ingen textfil."),
        (b"hej", "v.exe", "Filen ska vara en textfil med semikolon (.csv) eller en Excelarbetsbok (.xlsx)."),
        (b"[]", "v.json", "Filen är inget svar från Kolada: listan ”values” saknas."),
    ],
)
def test_file_that_cannot_be_read_is_refused_in_the_form(client, coordinator, agreement, content, name, error):
    response = upload(as_person(client, coordinator), agreement, content, name=name)

    assert response.context["form"].errors["file"] == [error]
    assert not PendingIndicatorFile.objects.exists()


def test_koladas_answer_goes_the_same_way(client, coordinator, agreement, index):
    Indicator.objects.update(kolada_id="N07403")
    values = [{"gender": "T", "value": 1.5, "status": ""}]
    posts = [{"kpi": "N07403", "municipality": code, "period": 2023, "values": values} for code in ("1231", "0000")]

    as_person(client, coordinator)
    answer = upload(client, agreement, json.dumps({"values": posts}).encode(), name="kolada.json", indicator=index.pk)

    assert [change.about for change in client.get(answer.url).context["plan"].changes] == ["Burlövs kommun", "Riket"]


def test_file_of_one_is_nobody_elses(client, coordinator, system_administrator, police_liaison, agreement, index):
    upload(as_person(client, coordinator), agreement, "Trygghetsindex;2023;1;;;;;\n")
    pending = PendingIndicatorFile.objects.get()
    addresses = [reverse(f"agreements:indicator_import_{page}", args=[pending.pk]) for page in ("preview", "confirm")]

    statuses = []
    for person in (system_administrator, police_liaison):
        as_person(client, person)
        statuses += [client.get(addresses[0]).status_code, client.post(addresses[1]).status_code]

    assert statuses == [403] * 4
    assert not index.values.filter(year=2023).exists()


def test_new_file_replaces_the_one_that_waits(client, coordinator, agreement, index):
    as_person(client, coordinator)

    for year in (2023, 2024):
        upload(client, agreement, f"Trygghetsindex;{year};1;;;;;\n")

    assert [file.agreement for file in PendingIndicatorFile.objects.all()] == [agreement]
    assert b"2024" in bytes(PendingIndicatorFile.objects.get().content)
