"""The child reads what was written of a decision for it; of decisions of which nothing was, those around it are told."""

from django.db import migrations

from encircle.records.migrations._guard import sql

TOLD = (
    "'case_lead_named', 'guardian_appointed', 'guardian_ended', 'lawyer_appointed', 'lawyer_ended',"
    " 'support_person_named', 'support_person_ended', 'interview_planned', 'interview_held', 'interview_postponed',"
    " 'examination_planned', 'examination_held', 'hearing_scheduled', 'hearing_held', 'decision_made',"
    " 'decision_notified', 'decision_challenged', 'decision_reviewed', 'interests_assessed', 'information_given',"
    " 'information_postponed', 'view_heard', 'view_weighed', 'view_answered', 'complaint_made',"
    " 'complaint_acknowledged', 'complaint_answered', 'withdrawal', 'decision_put_in_childs_words'"
)
GUARD = f"""
    ALTER POLICY fact_child_select ON fact USING (
        encircle_childs_session() IS NOT NULL AND root_id = (SELECT encircle_childs_root())
        AND type IN ({TOLD}) AND field_group IN ('M', 'F', 'V') AND compartment IN ('general', 'views'));
"""


class Migration(migrations.Migration):

    dependencies = [
        ('records', '0065_caseload_review'),
    ]

    operations = [sql(GUARD)]
