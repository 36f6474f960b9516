"""Let kept packs name what was removed from months before them as it is named since it was carried over."""

from django.db import migrations


def rename(apps, schema_editor):
    using = schema_editor.connection.alias
    before = apps.get_model("plans", "Redaction").objects.using(using).order_by("pk")
    removals = apps.get_model("accounts", "Removal").objects.using(using)
    # They were carried over in their order, and nothing was removed since.
    carried = removals.filter(on_type__in=("plans.reportingmonth", "plans.monthlyupdate")).order_by("pk")
    pks = zip(before.values_list("pk", flat=True), carried.values_list("pk", flat=True), strict=True)
    names = {f"month-{old}": f"removal-{new}" for old, new in pks}
    packs = apps.get_model("boards", "Pack").objects.using(using)
    for pack in packs.all():
        if known := pack.contents.get("removals"):
            contents = pack.contents | {"removals": sorted(names.get(name, name) for name in known)}
            packs.filter(pk=pack.pk).update(contents=contents)


class Migration(migrations.Migration):
    dependencies = [
        ("boards", "0016_what_bodies_ask_and_decide"),
        ("plans", "0020_carry_redactions"),
    ]
    run_before = [("plans", "0021_delete_redaction")]
    operations = [migrations.RunPython(rename, migrations.RunPython.noop, elidable=True)]
