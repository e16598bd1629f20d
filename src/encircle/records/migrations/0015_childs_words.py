"""What a child wrote on the own page is found over all records, so that somebody answers."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('records', '0014_api_token'),
    ]

    operations = [
        migrations.AddIndex(
            model_name='factrow',
            index=models.Index(condition=models.Q(('recorded_by', 'childs_page'), ('type__in', ('view_heard', 'complaint_made'))), fields=['root', 'recorded_at'], name='fact_childs_words'),
        ),
        migrations.AddIndex(
            model_name='factrow',
            index=models.Index(condition=models.Q(('recorded_by', 'childs_page'), ('type__in', ('view_heard', 'complaint_made'))), fields=['recorded_at'], name='fact_childs_words_newest'),
        ),
    ]
