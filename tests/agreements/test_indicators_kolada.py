"""Kolada's live address and the command that asks it; a little server of our own answers in its place."""

import http.server
import json
import threading

import pytest
from django.core.management import CommandError, call_command

from agreements import kolada
from tests.thread_factories import make_indicator


class Answers(http.server.BaseHTTPRequestHandler):
    """Answers each path with what the test has put there: status, content and more headers."""

    def do_GET(self):
        status, content, headers = self.server.answers.get(self.path, (404, b"", {}))
        self.server.asked.append(self.path)
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *args):
        """Say nothing."""


@pytest.fixture
def server(monkeypatch):
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Answers)
    server.answers, server.asked = {}, []
    monkeypatch.setattr(kolada, "HOST", f"http://127.0.0.1:{server.server_port}")
    for name in ("http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY"):
        monkeypatch.delenv(name, raising=False)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    yield server
    server.shutdown()
    server.server_close()
    thread.join()


PATH = "/v3/data/kpi/N07403/municipality/1231,0000"


def answer(code: str, year: int, value, **more) -> tuple[int, bytes, dict]:
    values = [{"gender": "T", "value": value, "status": "", "count": 1, "isdeleted": False}]
    posts = [{"kpi": "N07403", "municipality": code, "period": year, "values": values}]
    return 200, json.dumps({"values": posts} | more).encode(), {}


@pytest.fixture
def crimes(agreement):
    return make_indicator(
        agreement, with_values=False, name="Våldsbrott", kolada_id="N07403", scale_lowest=None, scale_highest=None
    )


def run(capsys, *arguments: str) -> str:
    call_command("import_kolada", "--agreement", "KS/2023:305", "--kpi", "N07403", *arguments)
    return capsys.readouterr().out


def test_command_asks_page_by_page_and_saves(capsys, server, crimes):
    next_url = f"{kolada.HOST}/v3/next"
    server.answers = {PATH: answer("1231", 2022, 987.654, next_url=next_url), "/v3/next": answer("0000", 2022, 800)}

    first, second = run(capsys), run(capsys)

    assert server.asked == [PATH, "/v3/next"] * 2
    assert {(comparison, str(value)) for comparison, value in crimes.values.values_list("comparison", "value")} == {
        ("", "987.65"),
        ("Riket", "800.00"),
    }
    assert "2022 Burlövs kommun: värdet (inget) → 987,65" in first
    assert "Nya värden: 2. Ändrade värden: 0. Oförändrade: 0. Saknade: 0." in first
    assert "Nya värden: 0. Ändrade värden: 0. Oförändrade: 2." in second


def test_dry_run_saves_nothing_and_a_file_asks_nobody(capsys, server, crimes, tmp_path):
    (tmp_path / "svar.json").write_bytes(answer("1231", 2022, 1)[1])

    said = run(capsys, "--file", str(tmp_path / "svar.json"), "--dry-run")

    assert "Nya värden: 1." in said
    assert "Prov: ingenting är sparat." in said
    assert (server.asked, crimes.values.count()) == ([], 0)


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        ((404, b"", {}), "Kolada svarade med felet 404."),
        ((200, b"<html>", {}), "Kolada svarade med något annat än JSON."),
        ((200, b"[1]", {}), "Kolada svarade med något annat än JSON."),
        ((200, b"x" * (kolada.MAX_ANSWER_BYTES + 1), {}), "Koladas svar är för stort. Fråga efter färre kommuner."),
        ((302, b"", {"Location": "http://example.org/"}), "Kolada hänvisar till en annan adress."),
        (answer("1231", 2022, 1, next_url="http://example.org/x"), "Koladas svar hänvisar till en annan adress."),
        (answer("1231", 2022, 1, next_url=5), "Koladas svar hänvisar till en annan adress."),
    ],
)
def test_strange_answer_is_refused_with_advice(capsys, server, crimes, given, reason):
    server.answers = {PATH: given}

    with pytest.raises(CommandError) as refused:
        run(capsys)

    assert str(refused.value) == f"{reason} Hämta svaret på annat sätt och ange det med --file."
    assert crimes.values.count() == 0


def test_answer_without_end_is_not_followed_for_ever(capsys, server, crimes):
    server.answers = {PATH: answer("1231", 2022, 1, next_url=f"{kolada.HOST}{PATH}")}

    with pytest.raises(CommandError, match="fler än 10 sidor"):
        run(capsys)

    assert len(server.asked) == kolada.MAX_PAGES


def test_address_that_does_not_answer_is_told(capsys, server, crimes):
    server.shutdown()
    server.server_close()

    with pytest.raises(CommandError, match="går inte att nå härifrån"):
        run(capsys)


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (["--agreement", "KS/1"], "Det finns ingen överenskommelse KS/1."),
        (["--kpi", "7403"], "Skriv nyckeltalet som i Kolada, till exempel N07403."),
        (["--kpi", "N00001"], "Ingen indikator i KS/2023:305 har nyckeltalet N00001. Ange det på den först."),
        (["--municipality", "12/31"], "En kommunkod har fyra siffror, inte 12/31."),
        (["--compare", "0000,riket"], "En kommunkod har fyra siffror, inte riket."),
        (["--file", "/finns/inte.json"], "Filen /finns/inte.json går inte att läsa: No such file or directory."),
    ],
)
def test_command_says_what_is_wrong(capsys, crimes, arguments, reason):
    with pytest.raises(CommandError) as refused:
        run(capsys, *arguments)

    assert str(refused.value) == reason


def test_closed_agreement_takes_no_values(capsys, crimes, tmp_path):
    crimes.agreement.state = crimes.agreement.State.CLOSED
    crimes.agreement.save()
    (tmp_path / "svar.json").write_bytes(answer("1231", 2022, 1)[1])

    with pytest.raises(CommandError, match="avslutad"):
        run(capsys, "--file", str(tmp_path / "svar.json"))


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Burlövs kommun", "1231"),
        ("Burlöv", "1231"),
        ("malmö  stad", "1280"),
        ("Höganäs kommun", "1284"),
        ("Upplands Väsby kommun", "0114"),
        ("Burlövs Bostäder", None),
        ("", None),
    ],
)
def test_municipality_is_known_by_its_name(name, code):
    assert kolada.code_of(name) == code


def test_every_municipality_has_a_code():
    assert len(kolada.municipalities()) == 290
    assert len(set(kolada.municipalities().values())) == 290
    assert all(kolada.CODE.fullmatch(code) for code in kolada.municipalities())


@pytest.mark.parametrize("link", ["next_url", "next_page", "previous_url", "previous_page"])
def test_one_page_of_several_is_refused(link):
    answer = {
        "values": [
            {"kpi": "N07403", "municipality": "1231", "period": 2021, "values": [{"gender": "T", "value": 1.1}]}
        ],
        link: f"{kolada.HOST}/v3/data/kpi/N07403/municipality/1231?page=2",
    }

    with pytest.raises(kolada.NotKolada, match="Svaret har fler sidor"):
        kolada.parse_answer(json.dumps(answer).encode())


@pytest.mark.parametrize(
    ("code", "name"),
    [("0012", "Region Skåne"), ("0001", "Region Stockholm"), ("0014", "Västra Götalandsregionen"), ("0000", "Riket")],
)
def test_regions_have_their_names(code, name):
    assert kolada.place_name(code) == name


def test_every_county_has_a_region():
    counties = {code[:2] for code in kolada.municipalities()}

    assert {county for county in counties if kolada.place_name(f"00{county}").startswith("Region med")} == set()
