"""A person's key once more, under what a passkey of theirs gives: beside the passphrase, one row for each passkey."""

import django.db.models.deletion
import django.db.models.functions.datetime
from django.db import migrations, models

from encircle.records.migrations._guard import WEB, allow, close, jobs, sql

OWN = "agency_id = (SELECT encircle_agency())"
# One's own key, and a passkey of one's own account: nobody is given another way to open what is theirs.
MINE = f"""{OWN}
    AND EXISTS (SELECT FROM member_key AS mine
                 WHERE mine.id = member_key_id AND mine.person_id::text = (SELECT encircle_actor()))
    AND EXISTS (SELECT FROM mfa_authenticator AS shown JOIN person ON person.account_id = shown.user_id
                 WHERE shown.id = passkey_id AND shown.type = 'webauthn'
                   AND person.id::text = (SELECT encircle_actor()))"""
GUARD = f"""
    {close("passkey_lock")}
    {allow("passkey_lock", WEB, "SELECT DELETE", OWN, name="own")}
    {allow("passkey_lock", WEB, "INSERT", MINE, name="mine")}
    {jobs("passkey_lock", "SELECT DELETE", "operate")}
    ALTER TABLE passkey_lock ADD CONSTRAINT passkey_lock_is_sealed
        CHECK (octet_length(sealed) = 125 AND get_byte(sealed, 0) = 1);
    ALTER TABLE passkey_lock ADD CONSTRAINT passkey_lock_goes_with_its_passkey
        FOREIGN KEY (passkey_id) REFERENCES mfa_authenticator (id) ON DELETE CASCADE;
"""


class Migration(migrations.Migration):

    dependencies = [
        ("records", "0046_looks_by_token"),
        ("mfa", "0003_authenticator_type_uniq"),
    ]

    operations = [
        migrations.CreateModel(
            name="PasskeyLock",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("sealed", models.BinaryField()),
                ("made_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ("agency", models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="records.agency")),
                ("member_key", models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="records.memberkey")),
                ("passkey", models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name="+", to="mfa.authenticator")),
            ],
            options={
                "db_table": "passkey_lock",
                "indexes": [models.Index(fields=["member_key"], name="passkey_lock_of_key")],
                "constraints": [models.UniqueConstraint(fields=("passkey", "member_key"), name="passkey_lock_one_of_each")],
            },
        ),
        sql(GUARD),
    ]
