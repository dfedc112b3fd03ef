"""Situation pictures: the first one, the next as a copy of the last, and what belongs to them while they are drafts.

What has been adopted refuses every change here; adopting is done where the goals are, in `focus_areas.operations`.
"""

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.history import recording
from accounts.models import User
from agreements.models import Agreement, Area, PictureDocument, PictureSource, Problem, SituationPicture
from agreements.models.situation_pictures import PicturePart
from agreements.references import refuse_while_referred_to
from documents.file_types import recognise, safe_file_name
from documents.written_text import comparison_key

ADOPTED_PICTURE = (
    "Lägesbilden är fastställd och ändras inte. Behöver något skrivas om görs en ny version som ersätter den."
)
GONE = "Lägesbilden har tagits bort av någon annan."
DRAFT_EXISTS = "Det finns redan ett arbetsmaterial till ny lägesbild."
# What a copy has of its own: whose it is, and what has been decided about it.
NOT_COPIED = {
    SituationPicture: {
        "id",
        "agreement",
        "title",
        "reference_number",
        "state",
        "adopted_on",
        "adopted_by",
        "paragraph",
        "supersedes",
        "created_at",
    },
    PictureSource: {"id", "situation_picture"},
    Problem: {"id", "situation_picture", "carried_over_from"},
}


def hold_draft(picture: SituationPicture) -> SituationPicture:
    """The picture as it is now, held until the transaction ends.

    Raises:
        ValidationError: it has been adopted or taken away, or its agreement is closed.
    """
    saved = (
        SituationPicture.objects.select_for_update(no_key=True, of=("self",))
        .select_related("agreement")
        .filter(pk=picture.pk)
        .first()
    )
    if saved is None:
        raise ValidationError(GONE)
    if saved.agreement.is_closed:
        raise ValidationError("Överenskommelsen är avslutad. Den kan läsas men inte ändras.")
    if saved.is_locked:
        raise ValidationError(ADOPTED_PICTURE)
    return saved


def hold_pictures_of(part: PicturePart) -> None:
    """Hold the picture that the part is to belong to, and the one that it belongs to until then.

    Nobody can begin to refer to the part meanwhile. Needs a surrounding transaction.

    Raises:
        ValidationError: one of them has been adopted, or its agreement is closed.
    """
    hold_draft(part.situation_picture)
    saved = type(part).objects.select_for_update(of=("self",)).select_related("situation_picture")
    before = saved.filter(pk=part.pk).first() if part.pk else None
    if before is not None and before.situation_picture_id != part.situation_picture_id:
        hold_draft(before.situation_picture)


@transaction.atomic
def start_picture(*, picture: SituationPicture, by: User) -> SituationPicture:
    """Save new working material. Where an adopted picture exists it begins as a copy of that one.

    Raises:
        ValidationError: there is working material already.
    """
    previous = SituationPicture.objects.filter(agreement=picture.agreement).adopted().newest_first().first()
    if previous is None:
        refuse_second_draft(picture.agreement)
        with recording(by=by):
            picture.save()
        return picture
    draft, _ = copy_picture(
        picture=previous,
        agreement=picture.agreement,
        by=by,
        title=picture.title,
        reference_number=picture.reference_number,
    )
    return draft


@transaction.atomic
def copy_picture(
    *, picture: SituationPicture, agreement: Agreement, by: User, title: str = "", reference_number: str = ""
) -> tuple[SituationPicture, dict[int, Problem]]:
    """Make working material of a picture, in its own agreement or in another one: texts, sources, problems, areas.

    Attachments stay where they are. Areas are found by name, and added where the other agreement lacks them.
    Returns the draft, and for each problem's key in the old picture the problem that carries it on.

    Raises:
        ValidationError: there is working material in that agreement already.
    """
    refuse_second_draft(agreement)
    superseded = picture if picture.is_adopted else picture.supersedes
    with recording(by=by):
        draft = SituationPicture.objects.create(
            **copied(picture),
            agreement=agreement,
            title=title or picture.title,
            reference_number=reference_number,
            supersedes=superseded,
        )
        for source in picture.sources.all():
            PictureSource.objects.create(**copied(source), situation_picture=draft)
        return draft, copy_problems(picture=picture, draft=draft)


def copy_problems(*, picture: SituationPicture, draft: SituationPicture) -> dict[int, Problem]:
    """Carry the problems over, each pointing back at the one it comes from. Needs a surrounding transaction."""
    problems = list(picture.problems.prefetch_related("areas").order_by("pk"))
    areas = {comparison_key(area.name): area for area in draft.agreement.areas.all()}
    carried = {}
    for problem in problems:
        copy = Problem.objects.create(**copied(problem), situation_picture=draft, carried_over_from=problem)
        names = [area.name for area in problem.areas.all()]
        for name in names:
            if comparison_key(name) not in areas:
                areas[comparison_key(name)] = Area.objects.create(agreement=draft.agreement, name=name)
        if names:
            copy.areas.set([areas[comparison_key(name)] for name in names])
        carried[problem.pk] = copy
    return carried


def copied(thing: SituationPicture | PictureSource | Problem) -> dict[str, object]:
    """The values that a copy of the thing shares with it."""
    left_out = NOT_COPIED[type(thing)]
    return {field.name: getattr(thing, field.name) for field in type(thing)._meta.fields if field.name not in left_out}


def refuse_second_draft(agreement: Agreement) -> None:
    if SituationPicture.objects.filter(agreement=agreement, state=SituationPicture.State.DRAFT).exists():
        raise ValidationError(DRAFT_EXISTS)


@transaction.atomic
def save_picture(*, picture: SituationPicture, by: User) -> SituationPicture:
    """Save the words of working material.

    Raises:
        ValidationError: it has been adopted.
    """
    hold_draft(picture)
    with recording(by=by):
        picture.save()
    return picture


@transaction.atomic
def delete_picture(*, picture: SituationPicture, by: User) -> None:
    """Throw working material away, with its problems and sources. Files are kept: the history refers to them.

    Raises:
        ValidationError: it has been adopted, or a plan, a goal or an activity refers to it or to its problems.
    """
    saved = hold_draft(picture)
    refuse_while_referred_to(saved)
    with recording(by=by):
        saved.delete()


@transaction.atomic
def save_part(*, part: PicturePart, by: User) -> PicturePart:
    """Save a source or a problem of working material.

    Raises:
        ValidationError: the picture has been adopted.
    """
    hold_pictures_of(part)
    with recording(by=by):
        part.save()
    return part


@transaction.atomic
def save_problem(*, problem: Problem, areas: Iterable[Area], by: User) -> Problem:
    """Save a problem with its areas.

    Raises:
        ValidationError: the picture has been adopted, or an area belongs to another agreement.
    """
    areas = list(areas)
    if any(area.agreement_id != problem.situation_picture.agreement_id for area in areas):
        raise ValidationError({"areas": "Delområdet hör till en annan överenskommelse."})
    with recording(by=by):
        save_part(part=problem, by=by)
        problem.areas.set(areas)
    return problem


@transaction.atomic
def remove_part(*, part: PicturePart, by: User) -> None:
    """Take a source, a problem or an attachment away from working material. A file is kept: the history refers to it.

    Raises:
        ValidationError: the picture has been adopted, or a goal, a focus area or an activity refers to the problem.
    """
    hold_pictures_of(part)
    refuse_while_referred_to(part)
    with recording(by=by):
        part.delete()


@transaction.atomic
def add_picture_document(*, document: PictureDocument, file, by: User) -> PictureDocument:
    """Keep a file with working material. Its kind is judged by its content; raises UnacceptableFile for any other.

    Raises:
        ValidationError: the picture has been adopted.
    """
    file_type = recognise(file)
    file.seek(0)
    document.file = file
    document.file_name = safe_file_name(file.name)
    document.content_type = file_type.content_type
    document.size = file.size
    document.added_by = by
    return save_part(part=document, by=by)
