"""Looks by a token of the API stand out as those of a person do: an alarm is of the one or of the other."""

import django.db.models.deletion
from django.db import migrations, models

from encircle.records.migrations._guard import sql

OWN = "agency_id = (SELECT encircle_agency())"
ABOVE = (
    "EXISTS (SELECT 1 FROM agency AS under WHERE under.id = look_alarm.agency_id"
    " AND under.part_of_id = (SELECT encircle_agency()) OFFSET 0)"
)
LOOKER = (
    "person_id::text IS NOT DISTINCT FROM (SELECT encircle_actor())"
    " OR starts_with((SELECT encircle_actor()), 'token:' || token_id::text)"
)
TOLD = f"({LOOKER}) IS NOT TRUE AND ({OWN} OR {ABOVE})"
GUARD = f"""
    ALTER POLICY look_alarm_told_select ON look_alarm USING ({TOLD});
    ALTER POLICY look_alarm_told_update ON look_alarm USING ({TOLD}) WITH CHECK ({TOLD});
"""


class Migration(migrations.Migration):

    dependencies = [
        ("records", "0045_narrow_web"),
    ]

    operations = [
        migrations.AlterField(
            model_name="lookalarm",
            name="person",
            field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="records.person"),
        ),
        migrations.AddField(
            model_name="lookalarm",
            name="token",
            field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="records.apitoken"),
        ),
        migrations.AddIndex(
            model_name="lookalarm",
            index=models.Index(fields=["token", "pattern", "through"], name="look_alarm_of_token"),
        ),
        migrations.AddConstraint(
            model_name="lookalarm",
            constraint=models.CheckConstraint(
                condition=models.Q(models.Q(("person__isnull", False), ("token__isnull", True)), models.Q(("person__isnull", True), ("token__isnull", False)), _connector="OR"),
                name="look_alarm_of_a_person_or_a_token",
            ),
        ),
        sql(GUARD),
    ]
