from django.db import migrations

WORDS = {
    'announced': 'Announced inspection',
    'unannounced': 'Unannounced inspection',
    'annual': 'Annual assessment',
    'service': 'Inspection of one service',
}


def fill(apps, schema_editor):
    """Put the words of the choices that there were in the place of their short names."""
    rewrite(apps, WORDS)


def shorten(apps, schema_editor):
    rewrite(apps, {words: short for short, words in WORDS.items()})


def rewrite(apps, words):
    for name in ('Inspection', 'HistoricalInspection'):
        for before, after in words.items():
            apps.get_model('notices', name).objects.filter(kind=before).update(kind=after)


class Migration(migrations.Migration):

    dependencies = [
        ('notices', '0015_kinds_of_inspection_in_words'),
    ]

    operations = [
        migrations.RunPython(fill, shorten),
    ]
