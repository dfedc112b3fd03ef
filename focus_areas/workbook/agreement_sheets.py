"""Loading who takes part, the agreement itself, what it says, and its groups and their seats."""

from typing import Any

from accounts.models import Organisation
from agreements import sheets
from agreements.models import Agreement, AgreementSection, Area, Definition, Group, Party, Seat
from documents.workbooks.cells import shortened
from focus_areas.workbook.changes import FieldChange, RowChange, in_words
from focus_areas.workbook.identity import name_key, tidy
from focus_areas.workbook.references import NotFound, organisation_path
from focus_areas.workbook.rows import Entry, SheetLoader

ELSEWHERE = "Filen gäller en annan överenskommelse än den här."
KEPT_ELSEWHERE = "Organisationen hålls inte av kommunen och ändras inte härifrån."


class OrganisationLoader(SheetLoader):
    """Organisations have no agreement: they are matched by what they belong to and their name, from the top down."""

    sheet = sheets.ORGANISATIONS
    model = Organisation
    owner = ""
    key = ("parent", "name")
    links = {"parent": sheets.ORGANISATIONS}

    def load(self) -> None:
        self.name_all()
        self.match_all(self.from_the_top())
        self.keep_newer()
        for entry in self.entries:
            self.check(entry)
        self.save_all()

    def name_all(self) -> None:
        """Let rows be found by name and short name before anything is known of the tree."""
        seen: dict[tuple, int] = {}
        for entry in self.entries:
            self.note_missing(entry)
            entry.thing = Organisation()
            for name in ("name", "short_name"):
                if name not in entry.unusable:
                    setattr(entry.thing, name, self.plain_value(entry, name))
            key = (name_key(entry.cells["parent"]), name_key(entry.cells["name"]))
            if self.is_named(entry) and key in seen:
                self.note_duplicate(entry, seen[key])
            else:
                seen[key] = entry.row.number
                self.references.add(entry.thing, (), (entry.thing.name, entry.thing.short_name))

    def note_duplicate(self, entry: Entry, row: int) -> None:
        entry.is_duplicate = True
        self.fault(entry, "name", f"Samma som rad {row}.")

    def from_the_top(self) -> list[Entry]:
        """The rows in an order in which each comes after what it belongs to; its path can be looked up from then on."""
        placed: dict[int, Entry] = {}
        waiting = self.entries
        while waiting:
            still = [entry for entry in waiting if not self.place(entry, placed)]
            if len(still) == len(waiting):
                break
            waiting = still
        else:
            waiting = []
        for entry in waiting:
            self.note_unplaced(entry)
        return list(placed.values())

    def place(self, entry: Entry, placed: dict[int, Entry]) -> bool:
        if (called := entry.cells["parent"]) is not None:
            try:
                parent = self.references.find(called)
            except NotFound:
                return False
            if id(parent) not in placed:
                return False
            entry.thing.parent = parent
        placed[id(entry.thing)] = entry
        if entry.thing.name and not entry.is_duplicate:
            self.references.add(entry.thing, (organisation_path(entry.thing),))
        return True

    def note_unplaced(self, entry: Entry) -> None:
        """A parent that is not there, or a ring; below those the rows that have the fault are enough to name."""
        entry.unusable.add("parent")
        above, steps = entry.thing, 0
        by_thing = {id(one.thing): one for one in self.entries}
        while above is not None and steps <= len(self.entries):
            try:
                called = by_thing[id(above)].cells["parent"]
                above = None if called is None else self.references.find(called)
            except NotFound as missing:
                if steps == 0:
                    self.fault(entry, "parent", str(missing))
                return
            if above is entry.thing:
                self.fault(entry, "parent", "Raderna pekar på varandra i en ring.")
                return
            steps += 1

    def match_all(self, entries: list[Entry]) -> None:
        names = {name_key(entry.thing.name) for entry in entries}
        municipality = self.find_municipality()
        known = self.known_organisations(municipality)
        stored = {self.key_of(one): one for one in known if name_key(one.name) in names}
        seen: dict[tuple, int] = {}
        for entry in entries:
            if not self.is_named(entry) or entry.is_duplicate:
                continue
            key = self.key_of(entry.thing)
            if key in seen:
                self.note_duplicate(entry, seen[key])
                continue
            seen[key] = entry.row.number
            self.meet(entry, stored.get(key))
            if entry.is_new and entry.thing.parent is None and entry.thing is not municipality:
                entry.thing.keeper = municipality

    def in_saving_order(self) -> list[Entry]:
        """What is kept by the municipality after the municipality."""
        return sorted(super().in_saving_order(), key=lambda entry: entry.thing.root.keeper is not None)

    def find_municipality(self) -> Organisation | None:
        """The organisation on this sheet whose agreement the file is; None where the file does not say."""
        try:
            return self.references.find(self.loading.municipality_called)
        except NotFound:
            return None

    def known_organisations(self, municipality: Organisation | None) -> list[Organisation]:
        """What a row can be: what the municipality keeps, and what takes part in its agreement already.

        Another municipality's organisations are no answer, whatever they are called. Who runs the portal may also name
        what is kept for several municipalities.
        """
        expected, by = self.loading.expected_agreement, self.loading.by
        every = list(Organisation.objects.with_parents())
        known: list[Organisation] = []
        if by is None or by.is_superuser:
            nobodys = set(Organisation.objects.nobodys().values_list("pk", flat=True))
            known += [one for one in every if one.pk in nobodys]
        if expected is not None:
            taking_part = set(expected.organisations.values_list("pk", flat=True))
            lines = [one.lineage for one in every if one.pk in taking_part]
            known += [above for line in lines for above in line]
            home = expected.municipality_id
        else:
            called = name_key(municipality.name) if municipality else None
            tops = (one for one in every if one.parent_id is None and one.keeper_id is None)
            home = next((one.pk for one in tops if name_key(one.name) == called), None)
        return known + [one for one in every if one.home_id == home]

    def meet(self, entry: Entry, stored: Organisation | None) -> None:
        """Let the row's organisation be the stored one, and note what differs."""
        entry.is_new = stored is None
        if stored is not None:
            entry.thing.pk, entry.thing._state.adding = stored.pk, False
            entry.thing._state.db = stored._state.db
        for name in self.columns:
            if name in entry.unusable or (stored is not None and name in self.key):
                continue
            old = getattr(stored, name) if stored else None
            new = entry.thing.parent if name == "parent" else self.plain_value(entry, name)
            setattr(entry.thing, name, new)
            if stored is None or tidy(old) != new:
                entry.old_values[name], entry.new_values[name] = old, new

    def check_keeper(self) -> None:
        """A coordinator changes organisations that their own municipality keeps, not those that others keep."""
        changed = {entry.thing.pk: entry for entry in self.entries if not entry.is_new and entry.new_values}
        by, agreement = self.loading.by, self.loading.agreement
        if not changed or by is None or by.is_superuser:
            return
        kept = Organisation.objects.kept_by(agreement.municipality_id if agreement else None)
        for key in sorted(set(changed) - set(kept.filter(pk__in=changed).values_list("pk", flat=True))):
            for name in changed[key].new_values:
                self.fault(changed[key], name, KEPT_ELSEWHERE)

    def describe(self, thing: Any) -> str:
        return thing.full_name


class AgreementLoader(SheetLoader):
    """The one row of the agreement itself. It settles which agreement the whole file is about, and its lock."""

    sheet = sheets.AGREEMENT
    model = Agreement
    owner = ""
    key = ("municipality", "reference_number", "title")
    links = {"municipality": sheets.ORGANISATIONS, "predecessor": sheets.AGREEMENT}
    locked = frozenset(column.name for column in sheets.AGREEMENT.columns)

    def load(self) -> None:
        if not self.entries:
            self.loading.fault(self.sheet, None, None, "Bladet ska ha precis en rad.")
        for entry in self.entries[1:]:
            self.fault(entry, "title", "Bara en överenskommelse får finnas i filen.")
        self.entries = self.entries[:1]
        for entry in self.entries:
            self.note_missing(entry)
            self.resolve(entry)
            self.meet(entry)
            self.compare_state(entry)
            self.compare(entry)
            self.resolve_predecessor(entry)
            self.keep_newer()
            self.check_lock(entry)
            self.check(entry)
        self.save_all()

    def meet(self, entry: Entry) -> None:
        municipality = entry.new_values.get("municipality")
        is_known = self.is_named(entry) and municipality.pk is not None
        stored = self.stored_agreement(entry, municipality) if is_known else None
        self.begin(entry, stored)
        expected = self.loading.expected_agreement
        if expected is not None and self.is_named(entry) and stored != expected:
            self.fault(entry, "reference_number" if entry.cells["reference_number"] else "title", ELSEWHERE)
        self.loading.agreement = entry.thing
        if stored is not None and stored.is_locked:
            state = "avslutad" if stored.is_closed else "fastställd"
            self.loading.lock = f"Överenskommelsen är {state} och kan inte ändras."
            self.loading.is_closed = stored.is_closed

    def is_of_another(self) -> bool:
        """Tell whether the file names another agreement than the one that it is loaded into; if so that is a fault."""
        expected = self.loading.expected_agreement
        for entry in self.entries if expected is not None else ():
            column = "reference_number" if entry.cells["reference_number"] else "title"
            called = entry.cells[column]
            if called and name_key(str(called)) != name_key(getattr(expected, column)):
                self.fault(entry, column, ELSEWHERE)
                return True
        return False

    def stored_agreement(self, entry: Entry, municipality: Organisation) -> Agreement | None:
        """By reference number; by title where the agreement has no number yet."""
        number, title = (self.plain_value(entry, name) for name in ("reference_number", "title"))
        of_municipality = Agreement.objects.select_for_update().filter(municipality=municipality)
        if number and (found := of_municipality.filter(reference_number=number).first()):
            return found
        unnumbered = list(of_municipality.filter(reference_number="", title=title))
        expected = self.loading.expected_agreement
        if expected in unnumbered:
            return expected
        if len(unnumbered) > 1:
            self.fault(entry, "title", "Kommunen har flera överenskommelser med den rubriken och utan diarienummer.")
        return unnumbered[0] if unnumbered else None

    def compare_state(self, entry: Entry) -> None:
        """A new agreement starts in the state that the file says; from then on the portal's buttons change it."""
        wanted, entry.cells["state"] = entry.cells["state"], entry.thing.state
        if "state" in entry.unusable:
            return
        if entry.is_new:
            entry.cells["state"] = wanted or Agreement.State.DRAFT
        elif wanted not in (None, entry.thing.state):
            reason = self.loading.lock or "Tillståndet ändras på överenskommelsens sida, inte i filen."
            self.fault(entry, "state", reason)

    def resolve_predecessor(self, entry: Entry) -> None:
        name = "predecessor"
        if name in entry.unusable:
            return
        called, found = entry.cells[name], []
        if called is not None and "municipality" not in entry.unusable:
            found = Agreement.objects.filter(municipality=entry.thing.municipality_id).referred_to_as(called)[:2]
        if called is not None and len(found) != 1:
            entry.unusable.add(name)
            self.fault(entry, name, f"{shortened(called)} är ingen av kommunens överenskommelser i portalen.")
            return
        entry.new_values[name] = found[0] if found else None
        self.compare_link(entry, name)

    def take_part(self, organisations: list[Organisation]) -> None:
        """Everybody on the organisations' sheet takes part in the agreement; nobody is taken away."""
        agreement, changes = self.loading.agreement, self.loading.changes
        there = set(agreement.organisations.values_list("pk", flat=True))
        joining = [organisation for organisation in organisations if organisation.pk not in there]
        if not joining:
            return
        agreement.organisations.add(*joining)
        if self.entries[0].is_new:
            return
        field = Agreement._meta.get_field("organisations")
        label = str(field.verbose_name).capitalize()
        change = FieldChange(label, "", in_words(joining, field))
        changes.rows.append(RowChange(self.sheet.label, self.entries[0].row.number, str(agreement), False, (change,)))


class PartLoader(SheetLoader):
    """Rows that belong to the agreement itself."""

    def existing(self):
        agreement = self.loading.agreement
        return self.model.objects.filter(agreement=agreement) if agreement and agreement.pk else ()


class SectionLoader(PartLoader):
    sheet = sheets.SECTIONS
    model = AgreementSection
    key = ("heading",)
    locked = frozenset({"heading", "text"})

    def match(self) -> None:
        super().match()
        self.set_positions()

    def set_positions(self) -> None:
        """The order of the rows is the order of the sections; those that the file leaves out come last."""
        stored = [(entry.thing.position, entry.thing.pk) for entry in self.entries if not entry.is_new]
        everything = [*self.left_alone, *(entry.thing for entry in self.entries)]
        last = max((thing.position for thing in everything), default=0)
        novelty = [entry.is_new for entry in self.entries]
        if stored == sorted(stored) and novelty == sorted(novelty):
            for position, entry in enumerate((e for e in self.entries if e.is_new), start=last + 1):
                entry.thing.position = position
            return
        if self.loading.lock:
            self.fault(self.entries[0], "heading", self.loading.lock)
            return
        for position, entry in enumerate(self.entries, start=1):
            if not entry.is_new and entry.thing.position != position:
                entry.old_values["position"], entry.new_values["position"] = entry.thing.position, position
            entry.thing.position = position
        for position, thing in enumerate(self.left_alone, start=len(self.entries) + 1):
            if thing.position != position:
                thing.position = position
                thing.save(update_fields=["position"])

    def field_change(self, entry: Entry, name: str) -> FieldChange:
        if name != "position":
            return super().field_change(entry, name)
        return FieldChange("Ordning", str(entry.old_values[name]), str(entry.new_values[name]))


class DefinitionLoader(PartLoader):
    sheet = sheets.DEFINITIONS
    model = Definition
    key = ("term",)
    locked = frozenset({"text", "source"})


class PartyLoader(PartLoader):
    sheet = sheets.PARTIES
    model = Party
    key = ("organisation",)
    links = {"organisation": sheets.ORGANISATIONS}
    locked = frozenset({"signatory_name", "signatory_title", "signed_on"})

    def tiers(self, thing: Any) -> tuple:
        return ()


class AreaLoader(PartLoader):
    sheet = sheets.AREAS
    model = Area
    key = ("name",)


class GroupLoader(PartLoader):
    sheet = sheets.GROUPS
    model = Group
    key = ("name",)
    links = {"parent": sheets.GROUPS}


class SeatLoader(SheetLoader):
    sheet = sheets.SEATS
    model = Seat
    owner = ""
    key = ("group", "organisation", "title")
    links = {"group": sheets.GROUPS, "organisation": sheets.ORGANISATIONS}

    def existing(self):
        agreement = self.loading.agreement
        return Seat.objects.filter(group__agreement=agreement) if agreement and agreement.pk else ()

    def tiers(self, thing: Any) -> tuple:
        return ()

    def describe(self, thing: Any) -> str:
        return f"{thing}, {thing.group}"
