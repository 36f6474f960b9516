"""Words that no line has room for, in every text of every row, for the tests that look at pages in a browser.

A new model and a new field are filled without being named here. What stays as it is: what an address, a computer or
another row reads, and the few texts that are a state where they are empty (whoever gives a reason to restrict an item
has restricted it).
"""

from itertools import count

from django.apps import apps
from django.db import IntegrityError, models, transaction

from boards import actions, reports
from boards.challenges import advice
from improvement.records import triggers
from notices.models import Indicator, Milestone, Notice
from notices.targets import results
from plans import revisions
from plans.models import Plan
from tests import addresses, factories
from tests.factories import AT, SINCE, user

WORD = "Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch" * 4
LONGEST = 174
# A text may grow by a few letters and is still not too long.
ROOM = 12
SHORTEST = 40
NOT_WORDS = (models.EmailField, models.FileField, models.SlugField, models.URLField)
# What the database, an address or another row reads, by its name or by its model and name.
NOT_READ = {"about_reference", "areas", "digest", "digest_after", "digest_before", "field", "on_type", "password"}
NOT_READ |= {"token_sha256"}
NOT_READ |= {
    "reference",
    "sha256",
    ("Event", "about"),
    ("Event", "what"),
    ("Message", "path"),
    ("Pack", "contents"),
    ("PackChoice", "shown"),
    ("RefreshChange", "proposed"),
}
STATES = {"answer", "removed_because", "response", "restricted_because", "result"}
APPS = ("accounts", "notices", "plans", "boards")
# The administration alone shows them.
UNSEEN = {"Upload", "Spreadsheet", "ColumnMapping"}

# What a field is given in a row that stands for its model; what the kinds of field do not say, by its model.
LEAST = {
    models.DateTimeField: AT,
    models.DateField: SINCE,
    models.JSONField: [],
    models.FileField: "",
    models.CharField: "x",
    models.TextField: "x",
    models.Field: 1,
}
ROWS = {
    "Attendance": {"presence": "deputy", "deputy_name": "x"},
    "Correction": {"field": "progress", "after": "y", "agreed_by": "Liam Lead", "agreed_on": SINCE},
    "DateChange": {"after": AT.date()},
    "DueDateChange": {"after": AT.date()},
    "PackChoice": {"shown": {"board": [], "observers": [], "public": []}},
    "Removal": {"on_type": "boards.challenge", "field": "question"},
    "ReportedStatement": {"counted": 6, "total": 9, "what": "x"},
}


def build():
    """Build the small plan with everything in it that it may hold, and long words in all of it."""
    pks = addresses.build()
    settle(Plan.objects.get())
    put_everywhere()
    return pks


def settle(plan):
    """Settle one more of each thing that is open in the small plan: what it came to is a text too."""
    by, meeting = user("Olga Office"), plan.board.meetings.earliest("held_on")
    reports.upload(board=plan.board, file=factories.a_picture(), shows="A logo", sender="x", by=by, at=AT)
    factories.concluded(factories.answered(factories.challenge(plan, "How many?")), "view", text="We see it as red.")
    advised = factories.advice(plan.board, "Visit the teams.")
    advised = advice.respond(advice=advised, response="We will.", version=0, by=by, at=AT)
    advice.conclude(advice=advised, result="It was done.", version=1, by=by, at=AT)
    done = factories.action(meeting, "Report to the Board.")
    actions.close(action=done, version=done.version, meeting=meeting, outcome="Done.", by=by, at=AT)
    milestone = Milestone.objects.filter(kind="judged").first()
    results.judge(milestone=milestone, is_met=True, reason="It was seen.", by=by, at=AT)
    last = factories.recommendation(plan, 4)
    successor = plan.recommendations.get(reference="R03")
    revisions.close(
        recommendation=last, closure="merged", reason="Both ask one thing.", by=by, at=AT, successors=[successor]
    )
    Indicator.objects.update(floor=1, floor_source="x")
    Notice.objects.update(recommended_on=SINCE, recommended_by="x", recommendation="x", recommendation_source="x")


def put_everywhere():
    """Put a word of its own into every text, the empty ones too; return the (model, field) of each that took one."""
    triggers.drop()
    for model in shown():
        if not model._base_manager.exists():
            _add_a_row(model)
    for model in shown():
        _relate(model)
    numbers = count(1)
    filled = {(model.__name__, name) for model in shown() for name in _fill_all(model, numbers)}
    triggers.install()
    return filled


def shown():
    """Return the models whose rows pages show: all but the histories, which the administration keeps."""
    found = (model for app in APPS for model in apps.get_app_config(app).get_models())
    return [model for model in found if model.__name__ not in UNSEEN and not model.__name__.startswith("Historical")]


def words_of(model):
    """Return the names of the fields that hold words which a page shows."""
    return [field.name for field in model._meta.concrete_fields if _is_shown(model, field)]


def _is_shown(model, field):
    if field.choices or {field.name, (model.__name__, field.name)} & NOT_READ:
        return False
    is_text = isinstance(field, models.CharField | models.TextField) and not isinstance(field, NOT_WORDS)
    return isinstance(field, models.JSONField) or (is_text and (field.max_length or LONGEST) >= SHORTEST)


def _add_a_row(model):
    """Add the least that the model lets be, about the first row of whatever it is about."""
    given = {field.name: _least(field) for field in model._meta.concrete_fields if _is_needed(field)}
    given |= ROWS.get(model.__name__, {})
    if "agreed_by" in given:
        given["agreed_by"] = user(given["agreed_by"])
    model._base_manager.bulk_create([model(**given)])


def _is_needed(field):
    return not (field.null or field.blank or field.has_default() or field.primary_key)


def _least(field):
    if field.is_relation:
        return field.related_model._base_manager.order_by("pk").first()
    if field.choices:
        return field.choices[0][0]
    return next(value for kind, value in LEAST.items() if isinstance(field, kind))


def _relate(model):
    """Let the model's first row be about something of each kind that it may be about several of."""
    row = model._base_manager.order_by("pk").first()
    for field in model._meta.many_to_many:
        if field.related_model is not model and not getattr(row, field.name).exists():
            getattr(row, field.name).add(*field.related_model._base_manager.order_by("pk")[:1])


def _fill_all(model, numbers):
    return {name for row in model._base_manager.order_by("pk") for name in _fill(row, numbers)}


def _fill(row, numbers):
    """Fill the texts together if the database lets them be, or else one by one; return the names of the filled."""
    names = [name for name in words_of(type(row)) if getattr(row, name) or name not in STATES]
    words = {name: _lengthened(row, name, numbers) for name in names}
    if not words or _put(row, words):
        return list(words)
    return [name for name, word in words.items() if _put(row, {name: word})]


def _lengthened(row, name, numbers):
    field = row._meta.get_field(name)
    if isinstance(field, models.JSONField):
        return _in_json(getattr(row, name), numbers)
    if name == "original_name":
        return WORD[: field.max_length]
    return _word(min(LONGEST, (field.max_length or LONGEST + ROOM) - ROOM), numbers)


def _in_json(value, numbers):
    """Lengthen what is written for people: a text in which there is a space."""
    if isinstance(value, dict):
        return {key: _in_json(one, numbers) for key, one in value.items()}
    if isinstance(value, list):
        return [_in_json(one, numbers) for one in value]
    return _word(LONGEST, numbers) if isinstance(value, str) and " " in value else value


def _word(length, numbers):
    number = str(next(numbers))
    return WORD[: length - len(number)] + number


def _put(row, words):
    try:
        with transaction.atomic():
            return type(row)._base_manager.filter(pk=row.pk).update(**words)
    except IntegrityError:
        return 0  # What the row says of something else may not be said of this.
