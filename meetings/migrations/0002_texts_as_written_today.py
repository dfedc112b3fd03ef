from django.db import migrations

from documents.stored_texts import rewrite_stored_texts


def rewrite(apps, schema_editor):
    rewrite_stored_texts(apps, "meetings")


class Migration(migrations.Migration):
    dependencies = [
        ("meetings", "0001_meetings_decisions_and_observations"),
    ]

    operations = [
        migrations.RunPython(rewrite, migrations.RunPython.noop),
    ]
