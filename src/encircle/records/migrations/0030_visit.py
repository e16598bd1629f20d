"""A journal entry says to what end a record was visited. Entries from before have none, and are encoded as they were."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('records', '0029_looks_that_stand_out'),
    ]

    operations = [
        migrations.AddField(
            model_name='journalentry',
            name='visit',
            field=models.CharField(max_length=64, null=True),
        ),
        migrations.AddConstraint(
            model_name='journalentry',
            constraint=models.CheckConstraint(condition=models.Q(('visit__regex', '^[a-z0-9][a-z0-9_.:-]*$')), name='journal_entry_holds_a_visit'),
        ),
    ]
