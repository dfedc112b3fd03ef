from django.db import migrations
from django.db.models import Q


def give_keepers(apps, schema_editor):
    """Let each tree that takes part in one municipality's agreements only be kept by that municipality.

    What takes part in several municipalities' is nobody's: the system administrator keeps it.
    """
    Organisation = apps.get_model("accounts", "Organisation")
    Agreement = apps.get_model("agreements", "Agreement")
    owners = set(Agreement.objects.values_list("municipality", flat=True))
    for top in Organisation.objects.filter(parent__isnull=True).exclude(pk__in=owners):
        tree = Organisation.objects.filter(Q(pk=top.pk) | Q(parent=top) | Q(parent__parent=top)).values("pk")
        found = Agreement.objects.filter(
            Q(organisations__in=tree) | Q(parties__organisation__in=tree) | Q(groups__seats__organisation__in=tree)
        )
        municipalities = set(found.values_list("municipality", flat=True))
        if len(municipalities) == 1:
            Organisation.objects.filter(pk=top.pk).update(keeper=municipalities.pop())


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0006_homes_and_accounts"),
        ("agreements", "0004_pending_file_names_a_row"),
    ]

    operations = [
        migrations.RunPython(give_keepers, migrations.RunPython.noop),
    ]
