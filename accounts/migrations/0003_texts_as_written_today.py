from django.db import migrations

from documents.stored_texts import rewrite_stored_texts


def rewrite(apps, schema_editor):
    rewrite_stored_texts(apps, "accounts")


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0002_personal_data_reasons"),
    ]

    operations = [
        migrations.RunPython(rewrite, migrations.RunPython.noop),
    ]
