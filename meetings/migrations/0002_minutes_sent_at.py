from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("meetings", "0001_meetings_decisions_and_observations"),
    ]

    operations = [
        migrations.AddField(
            model_name="historicalmeeting",
            name="minutes_sent_at",
            field=models.DateTimeField(blank=True, editable=False, null=True, verbose_name="protokollet skickat"),
        ),
        migrations.AddField(
            model_name="meeting",
            name="minutes_sent_at",
            field=models.DateTimeField(blank=True, editable=False, null=True, verbose_name="protokollet skickat"),
        ),
    ]
