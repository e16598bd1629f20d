"""Second factors: what the pages and the operator may do with the tables of django-allauth; an end to all sessions."""

from django.db import migrations, models

from encircle.records.migrations._guard import JOBS, WEB, sql

# Addresses for mail are not used: the table is there because the library asks it whether one waits for confirmation.
GRANTS = f"""
    REVOKE ALL ON account_emailaddress, account_emailconfirmation, mfa_authenticator FROM PUBLIC;
    GRANT SELECT ON account_emailaddress TO {WEB};
    GRANT SELECT, INSERT, UPDATE, DELETE ON mfa_authenticator TO {WEB};
    GRANT SELECT, DELETE ON mfa_authenticator TO {JOBS};
    GRANT UPDATE ON account, person TO {JOBS};
"""


class Migration(migrations.Migration):

    dependencies = [
        ("records", "0009_statistics"),
        ("account", "0009_emailaddress_unique_primary_email"),
        ("mfa", "0003_authenticator_type_uniq"),
    ]

    operations = [
        migrations.AddField(
            model_name="account",
            name="signed_out_at",
            field=models.DateTimeField(null=True),
        ),
        sql(GRANTS),
    ]
