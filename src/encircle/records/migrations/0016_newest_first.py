"""Lists can begin with what was opened last."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('records', '0015_childs_words'),
    ]

    operations = [
        migrations.AddIndex(
            model_name='root',
            index=models.Index(fields=['-made_at', 'id'], name='root_newest'),
        ),
    ]
