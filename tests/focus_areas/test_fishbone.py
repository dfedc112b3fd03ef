"""Where the lines and words of a fishbone go."""

import pytest

from focus_areas.fishbone import HEAD_LEFT, MOST_TWIGS, TWIG_WIDTH, WIDTH, Leg, draw, text_width, wrap

LONG = "Unga utan något att göra samlas vid stationen och i gångtunneln under bussgatan, särskilt på helger och lov"


def bone_of(*causes, problem="Otrygghet i centrum"):
    return draw(problem, [Leg("Brottsutsatt", causes), Leg("Gärningsperson", ()), Leg("Objekt eller plats", ())]).bones[
        0
    ]


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("Mörka stråk", ["Mörka stråk"]),
        ("  Mörka \n stråk ", ["Mörka stråk"]),
        ("", [""]),
        ("Få människor i rörelse efter klockan åtta på kvällen", 2),
        (LONG, 2),
        ("W" * 200, 2),
    ],
)
def test_text_is_wrapped_within_its_width(text, lines):
    wrapped = wrap(text, TWIG_WIDTH)

    assert wrapped == lines if isinstance(lines, list) else len(wrapped) == lines
    assert all(text_width(line) <= TWIG_WIDTH for line in wrapped)


def test_long_title_is_shortened_in_the_drawing_and_whole_in_its_words():
    fishbone = draw("Problem", [Leg("Brottsutsatt", [(LONG, False)]), Leg("Gärningsperson", ()), Leg("Plats", ())])

    (twig,) = fishbone.bones[0].twigs
    assert twig.lines[-1][1].endswith("…")
    assert LONG in fishbone.words


def test_short_title_is_not_shortened():
    (twig,) = bone_of(("Mörka stråk och skymd sikt", False)).twigs

    assert [text for _, text in twig.lines] == ["Mörka stråk och skymd sikt"]


def test_words_say_what_protects_and_where_nothing_is():
    fishbone = draw(
        "Otrygghet",
        [Leg("Brottsutsatt", ()), Leg("Gärningsperson", [("Fältare", True)]), Leg("Plats", [("Mörka stråk", False)])],
    )

    assert fishbone.words == (
        "Fiskbensdiagram över orsakerna till Otrygghet. "
        "Brottsutsatt: inga orsaker. Gärningsperson: Fältare (skyddar). Plats: Mörka stråk."
    )


def test_what_there_is_no_room_for_is_counted():
    twigs = bone_of(*((f"Orsak {number}", False) for number in range(MOST_TWIGS + 3))).twigs

    assert len(twigs) == MOST_TWIGS
    assert twigs[-1].lines[0][1] == "och 4 till, se listan"
    assert twigs[-1].is_rest


def test_as_many_as_there_is_room_for_are_all_drawn():
    twigs = bone_of(*((f"Orsak {number}", False) for number in range(MOST_TWIGS))).twigs

    assert [twig.lines[0][1] for twig in twigs] == [f"Orsak {number}" for number in range(MOST_TWIGS)]


@pytest.mark.parametrize("counts", [(0, 0, 0), (1, 0, 2), (7, 7, 7), (20, 1, 20)])
def test_nothing_is_drawn_outside_the_picture_or_over_the_spine(counts):
    legs = [
        Leg(name, [(f"{LONG} {number}", False) for number in range(count)])
        for name, count in zip("abc", counts, strict=True)
    ]

    fishbone = draw("Ett problem med ett namn som är så långt att det behöver många rader i fiskens huvud " * 3, legs)

    assert fishbone.head_y >= 0
    assert fishbone.head_y + fishbone.head_height <= fishbone.height
    for number, bone in enumerate(fishbone.bones):
        assert 0 < bone.label_y < fishbone.height
        for twig in bone.twigs:
            heights = [twig.y, *(y for y, _ in twig.lines)]
            assert 0 <= twig.x < twig.to_x <= HEAD_LEFT < WIDTH
            assert all(0 < y < fishbone.height for y in heights)
            assert all(y < fishbone.spine_y if number < 2 else y > fishbone.spine_y for y in heights)


def test_twigs_do_not_overlap():
    twigs = bone_of((LONG, False), ("Kort", True), (LONG, False)).twigs

    for above, below in zip(twigs, twigs[1:], strict=False):
        assert below.lines[0][0] - above.y > 12


def test_three_legs_are_needed():
    with pytest.raises(ValueError, match="3 legs"):
        draw("Problem", [Leg("Brottsutsatt", ())])
