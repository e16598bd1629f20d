"""What is ahead is found for each part of the record by itself: closed parts are not read."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('records', '0017_cheap_codes'),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name='calendarrow',
            name='calendar_row_ahead',
        ),
        migrations.AddIndex(
            model_name='calendarrow',
            index=models.Index(fields=['field_group', 'latest', 'id'], name='calendar_row_of_part'),
        ),
    ]
