"""What an account is told of its sign-in: wrong attempts since the last one, what was changed; and when a first password ends."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('records', '0040_keys_of_people'),
    ]

    operations = [
        migrations.AddField(
            model_name='account',
            name='first_password_until',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='account',
            name='wrong_attempts',
            field=models.IntegerField(db_default=0),
        ),
        migrations.AddField(
            model_name='account',
            name='changed',
            field=models.CharField(db_default='', max_length=64),
        ),
        migrations.AddField(
            model_name='account',
            name='changed_at',
            field=models.DateTimeField(null=True),
        ),
    ]
