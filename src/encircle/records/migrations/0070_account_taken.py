"""How often the account of a child was taken, by agency and time: found without reading every fact of a country."""

from django.db import migrations, models

TAKEN = ("interview_held", "account_told", "return_interview_held")


class Migration(migrations.Migration):

    dependencies = [
        ('records', '0066_words_for_the_child'),
    ]

    operations = [
        migrations.AddIndex(
            model_name='factrow',
            index=models.Index(condition=models.Q(('type__in', TAKEN)), fields=['agency', 'happened_earliest'], name='fact_account_taken'),
        ),
    ]
