"""Missing children are found by indexes of their own, instead of going through every record of an agency."""

import django.db.models.fields.json
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('records', '0070_account_taken'),
    ]

    operations = [
        migrations.AddIndex(
            model_name='dutyrow',
            index=models.Index(
                condition=models.Q(('code__in', ('D31', 'D32', 'D31-return')), ('urgency__isnull', False)),
                fields=['urgency', 'due_latest', 'root'],
                name='duty_row_missing',
            ),
        ),
        migrations.AddIndex(
            model_name='situationrow',
            index=models.Index(
                models.OrderBy(
                    django.db.models.fields.json.KT('codes__missing_since__0'), descending=True, nulls_last=True
                ),
                models.F('root'),
                condition=models.Q(('location', 'missing')),
                name='situation_row_missing',
            ),
        ),
    ]
