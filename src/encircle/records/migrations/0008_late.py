"""Whether a duty was met after its deadline, for lists and statistics."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('records', '0007_reports'),
    ]

    operations = [
        migrations.AddField(
            model_name='dutyrow',
            name='late',
            field=models.BooleanField(db_default=False),
        ),
    ]
