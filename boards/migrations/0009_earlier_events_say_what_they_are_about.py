"""Give the events from before `about` what can be worked out: from their things, their histories, or their names."""

from collections import defaultdict, deque

from django.db import migrations

_SUBJECTS = {"plans.plan": ("notice", "board"), "notices.notice": (), "notices.inspection": (), "boards.board": ()}
_OF_POSTS = ("recommendations__lead_post", "themes__outcomes__accountable_post", "areas__leading_post")
_NAMED = {"plans.plan": "title", "notices.notice": "title", "boards.board": "name"}
_BATCH = 500


def stamp(apps, schema_editor):
    events = apps.get_model("accounts", "Event").objects.using(schema_editor.connection.alias)
    for label in events.order_by().values_list("on_type", flat=True).distinct():
        rows = events.filter(on_type=label, about="")
        for about, pks in _by_words(apps, label, rows).items():
            for start in range(0, len(pks), _BATCH):
                rows.filter(on_id__in=pks[start : start + _BATCH]).update(about=f" {about} ")


def _by_words(apps, label, rows):
    try:
        model = apps.get_model(label)
    except LookupError:
        return {}
    asked = set(rows.order_by().values_list("on_id", flat=True))
    if label == "accounts.post":
        found = _of_posts(apps, asked)
    else:
        found = _words(model.objects.filter(pk__in=asked) if len(asked) < _BATCH else model.objects.all(), _ways(model))
        found |= _from_history(apps, model, asked - found.keys())
        found |= _from_names(apps, rows, asked - found.keys())
    grouped = defaultdict(list)
    for pk, words in found.items():
        if words and pk in asked:
            grouped[" ".join(sorted(words))].append(pk)
    return grouped


def _of_posts(apps, asked):
    plans = apps.get_model("plans.plan")
    found = defaultdict(set)
    words = _words(plans.objects.all(), _ways(plans))
    for path in _OF_POSTS:
        for plan, post in plans.objects.order_by().values_list("pk", path).distinct():
            if post in asked:
                found[post] |= words[plan]
    return found


def _from_history(apps, model, left):
    try:
        history = apps.get_model(model._meta.app_label, f"Historical{model._meta.object_name}")
    except LookupError:
        return {}
    columns = {field.name for field in history._meta.fields}
    ways = [(label, path) for label, path in _ways(model) if not path or path.partition("__")[0] in columns]
    return _words(history.objects.filter(id__in=left).order_by("history_id"), ways) if left else {}


def _from_names(apps, rows, left):
    """Find what is gone by the name that it bears at the end: “Decision 3, Meeting of …, Leeds Improvement Board”."""
    if not left:
        return {}
    names = []
    for label, field in _NAMED.items():
        model = apps.get_model(label)
        words = _words(model.objects.all(), _ways(model))
        names += [(f", {name}", words[pk]) for pk, name in model.objects.values_list("pk", field) if name]
    found = {}
    for pk, text in rows.filter(on_id__in=left).values_list("on_id", "on_text") if len(left) < _BATCH else ():
        told = [words for name, words in names if text.endswith(name)]
        if len(told) == 1:
            found[pk] = told[0]
    return found


def _words(rows, ways):
    found = defaultdict(set)
    if not ways:
        return found
    columns = [f"{path}{column}" for _, path in ways for column in ("id", "slug")]
    for pk, *values in rows.values_list("id", *columns):
        named = zip((label for label, _ in ways), values[::2], values[1::2], strict=True)
        found[pk] = {f"{label}:{subject}:{slug}" for label, subject, slug in named if subject is not None}
    return found


def _ways(model):
    found, known, waiting = [], {model}, deque([(model, "")])
    while waiting:
        here, path = waiting.popleft()
        leads = _SUBJECTS.get(here._meta.label_lower)
        if leads is not None:
            found.append((here._meta.label_lower, path))
        steps = [(field.name, field.related_model) for field in here._meta.fields if field.related_model and not field.null]
        for name, there in [*steps, *((name, here._meta.get_field(name).related_model) for name in leads or ())]:
            if there not in known:
                known.add(there)
                waiting.append((there, f"{path}{name}__"))
    return found


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0003_events_say_what_they_are_about"),
        ("boards", "0008_paper_reports"),
        ("notices", "0008_uploads"),
        ("plans", "0002_redactions"),
    ]
    operations = [migrations.RunPython(stamp, migrations.RunPython.noop, elidable=True)]
