"""What an agency has agreed to do is found by the agency, over all its records."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('records', '0012_childs_page'),
    ]

    operations = [
        migrations.AddIndex(
            model_name='calendarrow',
            index=models.Index(condition=models.Q(('agency__isnull', False)), fields=['agency', 'latest', 'id'], name='calendar_row_actions'),
        ),
    ]
