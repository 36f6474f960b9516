"""What every page of the administration that writes does: leave its event, and write over nothing unseen."""

from contextlib import suppress

from django.contrib import messages
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.utils import unquote
from django.contrib.admin.views.main import ERROR_FLAG, ChangeList
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Model, UniqueConstraint
from django.forms import BaseInlineFormSet, ChoiceField, ModelChoiceField, ModelMultipleChoiceField
from django.http import Http404
from django.utils import timezone

from accounts.audit import events
from accounts.models import User
from improvement import govuk
from improvement.records import constraints
from improvement.records.columns import LOCKED
from improvement.texts import merging, words

_SEEN = "_seen"
_MARKS = "_marks"
_MOST_ROWS = 200
_MOST_SEARCHED = 10_000  # rows of a list; the audit trail of years has more
_CHOOSE = "Choose the text to keep below, and save it again."
NOT_READ = "The filter in the address is not valid, so the whole list is shown."


class Listed(ChangeList):
    """A list that is shown whole, with a sentence, where it is asked for what cannot be, such as a day of the year 0.

    Django does so too, without the sentence, but for a day or year that no calendar has, at which it breaks.
    """

    def __init__(self, request, *args, **kwargs):
        try:
            super().__init__(request, *args, **kwargs)
        except (IncorrectLookupParameters, OverflowError, ValueError) as fault:
            if not request.GET.keys() - {ERROR_FLAG}:
                raise
            messages.warning(request, NOT_READ)
            raise IncorrectLookupParameters from fault


class Rows(BaseInlineFormSet):
    """Rows of which no two together break a constraint that holds under a condition: Django asks it of each alone."""

    def clean(self):
        super().clean()
        for each in self.model._meta.constraints:
            if isinstance(each, UniqueConstraint) and each.condition is not None:
                self._keep(each)

    def _keep(self, constraint):
        known = set()
        left = [form for form in self.forms if form not in self.deleted_forms]
        for row in [form.instance for form in left if form.instance.pk or form.has_changed()]:
            stands = {field.name: getattr(row, field.attname) for field in self.model._meta.fields}
            key = tuple(stands[name] for name in constraint.fields)
            if constraints.holds(constraint.condition, stands):
                if key in known:
                    raise ValidationError(constraint.violation_error_message)
                known.add(key)


class Sought:
    """What every list of the administration may be asked for; it stands before Django's own classes."""

    def get_changelist(self, request, **kwargs):
        return Listed

    def get_search_results(self, request, queryset, search_term):
        """Search as the site's own lists do (`improvement.texts.words`), or as Django does where a list is too long."""
        rows = queryset.order_by().values_list("pk", *self.get_search_fields(request))[: _MOST_SEARCHED + 1]
        if not search_term.strip() or len(rows) > _MOST_SEARCHED:
            return super().get_search_results(request, queryset, search_term)
        found = {pk for pk, *texts in rows if words.hold(search_term, [str(text) for text in texts if text])}
        return queryset.filter(pk__in=found), False

    def lookup_allowed(self, lookup, value, request):
        """Refuse a range: it takes two values, and Django breaks on any other number of them."""
        return not lookup.endswith("__range") and super().lookup_allowed(lookup, value, request)


class KeepsAddresses:
    """Shows the fields `in_addresses` of an `Addressed` model read-only once it is in circulation, and says why.

    It stands before `Kept` among the bases. `made_from` is what a browser makes such a field from, as
    `prepopulated_fields` is elsewhere: the page of a former state takes the latter for fields of its form, always.
    """

    made_from: dict[str, tuple[str, ...]] = {}

    def get_readonly_fields(self, request, obj=None):
        fields = super().get_readonly_fields(request, obj)
        return (*fields, *obj.in_addresses) if _is_in_circulation(obj) else fields

    def get_prepopulated_fields(self, request, obj=None):
        return {} if _is_in_circulation(obj) else self.made_from

    def get_form(self, request, obj=None, change=False, **kwargs):
        if _is_in_circulation(obj):
            kwargs["help_texts"] = dict.fromkeys(obj.in_addresses, LOCKED)
        return super().get_form(request, obj, change=change, **kwargs)


def _is_in_circulation(obj):
    return obj is not None and obj.is_in_circulation


class Kept(Sought):
    """Each accepted write of a `ModelAdmin` leaves one event, with what changed; it stands first among the bases.

    A page carries the number of the last event on its thing. Where another came since, what is posted is not saved
    but shown again, with who was first and what stands now; saved once more, it was written knowing that.
    """

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        """Offer no window that adds a person beside a choice of people: they are invited on a page of its own."""
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field and db_field.remote_field and issubclass(db_field.remote_field.model, User):
            field.widget.can_add_related = False
        return field

    def log_addition(self, request, obj, message):
        self._record(request, obj, "added")
        return super().log_addition(request, obj, message)

    def log_change(self, request, obj, message):
        if message:
            texts = getattr(request, "_texts", [])
            self._record(request, obj, "changed", changes=message, **({"texts": texts} if texts else {}))
        return super().log_change(request, obj, message)

    def construct_change_message(self, request, form, formsets, add=False):
        """Keep the texts before and after for the event alone, where a removal reaches them."""
        request._texts = [] if add else list(_texts(form, formsets or ()))
        return super().construct_change_message(request, form, formsets, add)

    def log_deletions(self, request, queryset):
        for obj in queryset:
            self._record(request, obj, "removed")
        return super().log_deletions(request, queryset)

    def response_action(self, request, queryset):
        with transaction.atomic():
            return super().response_action(request, queryset)

    def save_model(self, request, obj, form, change):
        obj._history_date = request.now
        super().save_model(request, obj, form, change)

    def save_formset(self, request, form, formset, change):
        for inline in formset.forms:
            inline.instance._history_date = request.now
        super().save_formset(request, form, formset, change)

    def get_formsets_with_inlines(self, request, obj=None):
        """Draw so many rows of what belongs to it, and no more: whoever sends a number is shown that many forms."""
        last = _unseen(request, obj)
        for inline in self.get_inline_instances(request, obj):
            given = {"formset": Rows, "max_num": _MOST_ROWS, "absolute_max": _MOST_ROWS}
            rows = inline.get_formset(request, obj, **given)
            is_asked = last and inline.has_change_permission(request, obj)
            yield _noticing(rows, last, request) if is_asked else rows, inline

    def get_object(self, request, object_id, from_field=None):
        if request.method == "POST":
            # Another who saves the same thing waits until this is done.
            list(self.model._base_manager.select_for_update().filter(pk=self._key(object_id)).values("pk"))
        return super().get_object(request, object_id, from_field)

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change=change, **kwargs)
        if request.method != "POST" or obj is None:
            return form
        last = _unseen(request, obj)

        class Noticing(form):
            def clean(self):
                answers = super().clean()
                if last and (contested := self._merge(answers)):
                    raise ValidationError(list(_both(self, last, contested)))
                return answers

            def _merge(self, answers):
                """Take over what one did not touch as it was saved meanwhile; return what both changed."""
                mine = {name: value for name, value in answers.items() if name in self.initial}
                theirs = {name: self._stands(name) for name in mine}
                merged = merging.merge(mine, theirs, merging.read(request.POST.get(_MARKS, "")))
                for name, value in merged.taken.items():
                    self.data = govuk.put(self, name, value)
                answers |= merged.taken
                self.changed_data = [name for name in self.changed_data if name not in merged.taken]
                return merged.contested

            def _stands(self, name):
                value = getattr(self.instance, name)
                return value.all() if hasattr(value, "all") else value

        return Noticing

    def render_change_form(self, request, context, *args, obj=None, **kwargs):
        last = events.last_on(obj) if obj else None
        shown = dict(_shown(context)) if request.method in ("GET", "HEAD") else {}
        marks = merging.write_down({name: merging.mark(value) for name, value in shown.items()})
        context |= {"seen": last.pk if last else "", "marks": marks}
        return super().render_change_form(request, context, *args, obj=obj, **kwargs)

    def history_view(self, request, object_id, extra_context=None):
        """Show the former states; those of what is no number are not there, where simple-history would break."""
        self._require(unquote(object_id))
        return super().history_view(request, object_id, extra_context)

    def history_form_view(self, request, object_id, version_id, extra_context=None):
        """Show how a thing stood; going back to it whole would undo what only a verb may write, such as a due date."""
        if request.method not in ("GET", "HEAD"):
            raise PermissionDenied
        self._require(object_id, version_id)
        return super().history_form_view(request, object_id, version_id, extra_context)

    def revert_disabled(self, request, obj=None):
        return True

    def _record(self, request, obj, what, **detail):
        events.record(by=request.user, at=request.now, what=f"{self.opts.model_name}.{what}", on=obj, **detail)

    def _require(self, *numbers):
        if None in map(self._key, numbers):
            raise Http404

    def _key(self, object_id):
        try:
            return self.model._meta.pk.to_python(object_id)
        except ValidationError:
            return None


def _unseen(request, obj):
    """Return the last event on `obj` where what is posted was written without knowing it, or None."""
    if request.method != "POST" or obj is None or obj.pk is None:
        return None
    last = events.last_on(obj)
    return last if last and request.POST.get(_SEEN) != str(last.pk) else None


def _shown(context):
    """Yield what a page shows, by the name of its field; of a row that belongs to the thing by the row's number too."""
    for name, value in context["adminform"].form.initial.items():
        if name != "password":
            yield name, value
    for inline in context["inline_admin_formsets"]:
        for row in inline.formset.initial_forms:
            for name in row.fields:
                yield _mark_of(row, name), row.get_initial_for_field(row.fields[name], name)


def _mark_of(row, name):
    return f"{row._meta.model._meta.model_name}.{row.instance.pk}.{name}"


def _noticing(rows, last, request):
    """Return the formset `rows` that brings each row together with what somebody else saved in it meanwhile."""
    marks = merging.read(request.POST.get(_MARKS, ""))

    class NoticingRows(rows):
        def full_clean(self):
            contested = [one for row in self.initial_forms for one in self._merge(row)] if self.is_bound else []
            super().full_clean()
            if contested:
                self._non_form_errors.extend([*_who(last), *contested, _CHOOSE])

        def _merge(self, row):
            """Take over what one did not touch in `row`; yield a sentence for whatever both changed."""
            if row.instance.pk is None:
                yield "Someone else has removed one of these rows. Tick “Delete” beside it."
                return
            mine = {}
            for name, field in row.fields.items():
                if name not in (row._meta.model._meta.pk.name, "DELETE") and not field.disabled:
                    with suppress(ValidationError):
                        mine[name] = field.clean(row[name].data)
            theirs = {name: row.get_initial_for_field(row.fields[name], name) for name in mine}
            known = {name: made for name in mine if (made := marks.get(_mark_of(row, name)))}
            merged = merging.merge(mine, theirs, known)
            for name, value in merged.taken.items():
                row.data = govuk.put(row, name, value)
            for name in merged.contested:
                shown = _text(row.fields[name], theirs[name])
                yield f"“{row.instance}”, {row.fields[name].label.lower()} now says: {shown or 'nothing'}"

    return NoticingRows


def _texts(form, formsets):
    """Yield what each changed field said before and says now, of the thing and of the rows that belong to it."""
    yield from _of_form(form, "")
    for formset in formsets:
        for row in formset.initial_forms:
            if row not in formset.deleted_forms:
                yield from _of_form(row, f"{formset.model._meta.verbose_name} “{row.instance}”")


def _of_form(form, of):
    columns = {field.name for field in form._meta.model._meta.get_fields()} if hasattr(form, "_meta") else set()
    for name in form.changed_data:
        # A password is no field of the form that changes it; an extra question is no column.
        if name in columns and name in form.cleaned_data and name != "password":
            field = form.fields[name]
            texts = (_text(field, form.get_initial_for_field(field, name)), _text(field, form.cleaned_data[name]))
            yield {"of": of, "field": name, "label": str(field.label or name), "before": texts[0], "after": texts[1]}


def _text(field, value):
    """Return an answer as a person reads it."""
    if isinstance(field, ModelMultipleChoiceField):
        return ", ".join(sorted(map(str, value or ())))
    if isinstance(field, ModelChoiceField) and value and not isinstance(value, Model):
        value = field.queryset.model._base_manager.filter(pk=value).first() or value
    elif isinstance(field, ChoiceField) and not isinstance(field, ModelChoiceField):
        value = dict(field.choices).get(value, value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "" if value is None else str(value)


def _both(form, last, contested):
    """Return the sentences that say who was first, and what was saved where something else was typed."""
    yield from _who(last)
    for name in contested:
        stands = form.initial.get(name)
        yield f"“{form.fields[name].label or name}” now says: {'nothing' if stands in (None, '', []) else stands}"
    yield _CHOOSE


def _who(last):
    when = timezone.localtime(last.at)
    yield f"{last.by} saved this on {when:%-d %B %Y at %H:%M}, while this page was open. Nothing you wrote is lost."
