"""Roots, subjects and memberships, closed from the start."""

import django.db.models.deletion
from django.db import migrations, models

from encircle.records.migrations._guard import JOBS, OWNER, WEB, allow, close, jobs, member, sql

GUARD = f"""
    {close("root")} {close("subject")} {close("membership")}

    -- Whether the agency in the context is a member of this root now. Runs as the owner of the tables, because the
    -- policy of membership can't ask membership itself. It answers only about the caller's own agency.
    CREATE FUNCTION encircle_is_member(asked uuid) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER
        SET search_path = pg_catalog, public
        AS $$ SELECT {member("asked")} $$;
    REVOKE EXECUTE ON FUNCTION encircle_is_member(uuid) FROM PUBLIC;
    GRANT EXECUTE ON FUNCTION encircle_is_member(uuid) TO {WEB};

    -- Signed in as itself the owner sees no membership; only inside a function that somebody else called.
    CREATE FUNCTION encircle_called_by_another() RETURNS boolean LANGUAGE sql STABLE
        RETURN session_user <> '{OWNER}' AND current_setting('role') <> '{OWNER}';
    CREATE POLICY membership_asked ON membership FOR SELECT TO {OWNER} USING (encircle_called_by_another());
    CREATE POLICY membership_first ON membership FOR INSERT TO {OWNER} WITH CHECK (encircle_called_by_another());

    {allow("root", WEB, "SELECT", member("root.id"), name="member")}
    {allow("root", WEB, "INSERT", "opened_by_id = encircle_agency()", name="opener")}
    {jobs("root", "SELECT", "sweep", "rebuild", "load", "retention")} {jobs("root", "INSERT", "load")}

    {allow("subject", WEB, "SELECT INSERT", member("subject.root_id"), name="member")}
    {jobs("subject", "SELECT", "sweep", "rebuild", "load")} {jobs("subject", "INSERT", "load")}

    {allow("membership", WEB, "SELECT",
           "agency_id = (SELECT encircle_agency()) OR encircle_is_member(root_id)", name="member")}
    {allow("membership", WEB, "INSERT UPDATE", "encircle_is_member(root_id)", name="member")}
    GRANT UPDATE (until, ended_by) ON membership TO {WEB};
    {jobs("membership", "SELECT", "sweep", "rebuild", "load", "retention")} {jobs("membership", "INSERT", "load")}

    CREATE FUNCTION encircle_root_stamp() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        NEW.made_at := encircle_stamp(NEW.made_at);
        RETURN NEW;
    END $$;
    CREATE TRIGGER root_stamp BEFORE INSERT ON root FOR EACH ROW EXECUTE FUNCTION encircle_root_stamp();
    CREATE TRIGGER subject_stamp BEFORE INSERT ON subject FOR EACH ROW EXECUTE FUNCTION encircle_root_stamp();

    -- Who opens a root is its first member, in the same statement; there is no other way to become one by oneself.
    CREATE FUNCTION encircle_root_first_member() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
        SET search_path = pg_catalog, public AS $$
    BEGIN
        INSERT INTO membership (id, root_id, agency_id, relation, since, added_by)
            VALUES (gen_random_uuid(), NEW.id, NEW.opened_by_id, 'opener', least(NEW.made_at, now()),
                    encircle_actor());
        RETURN NULL;
    END $$;
    REVOKE EXECUTE ON FUNCTION encircle_root_first_member() FROM PUBLIC;
    CREATE TRIGGER root_a_first_member AFTER INSERT ON root
        FOR EACH ROW EXECUTE FUNCTION encircle_root_first_member();

    CREATE FUNCTION encircle_root_is_a_subject() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        INSERT INTO subject (id, root_id, kind, made_at) VALUES (NEW.id, NEW.id, NEW.kind, NEW.made_at);
        RETURN NULL;
    END $$;
    CREATE TRIGGER root_b_is_a_subject AFTER INSERT ON root
        FOR EACH ROW EXECUTE FUNCTION encircle_root_is_a_subject();

    CREATE FUNCTION encircle_membership_guard() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF TG_OP = 'INSERT' THEN
            IF encircle_purpose() IS DISTINCT FROM 'load' OR current_user NOT IN ('{JOBS}', '{OWNER}') THEN
                NEW.since := greatest(NEW.since, now());
            END IF;
            NEW.since := coalesce(NEW.since, now());
            NEW.added_by := encircle_actor();
        ELSIF OLD.until IS NOT NULL AND (NEW.until IS NULL OR NEW.until > OLD.until) THEN
            RAISE EXCEPTION 'A membership that ends is not made longer: a new one is added.'
                USING ERRCODE = 'check_violation', CONSTRAINT = 'membership_ends_once';
        ELSE
            NEW.ended_by := encircle_actor();
        END IF;
        RETURN NEW;
    END $$;
    CREATE TRIGGER membership_guard BEFORE INSERT OR UPDATE ON membership
        FOR EACH ROW EXECUTE FUNCTION encircle_membership_guard();
"""


class Migration(migrations.Migration):

    dependencies = [
        ('records', '0001_people'),
    ]

    operations = [
        migrations.CreateModel(
            name='Root',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('kind', models.CharField(max_length=64)),
                ('number', models.CharField(max_length=64, unique=True)),
                ('made_at', models.DateTimeField()),
                ('opened_by', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.agency')),
            ],
            options={
                'db_table': 'root',
            },
        ),
        migrations.CreateModel(
            name='Subject',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('kind', models.CharField(max_length=64)),
                ('made_at', models.DateTimeField()),
                ('episode', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.subject')),
                ('root', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.root')),
            ],
            options={
                'db_table': 'subject',
            },
        ),
        migrations.CreateModel(
            name='Membership',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('relation', models.CharField(max_length=64)),
                ('basis', models.CharField(max_length=64, null=True)),
                ('since', models.DateTimeField()),
                ('until', models.DateTimeField(null=True)),
                ('added_by', models.CharField(max_length=64, null=True)),
                ('ended_by', models.CharField(max_length=64, null=True)),
                ('agency', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.agency')),
                ('person', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.person')),
                ('root', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.root')),
                ('subject', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.subject')),
            ],
            options={
                'db_table': 'membership',
            },
        ),
        migrations.AddConstraint(
            model_name='root',
            constraint=models.CheckConstraint(condition=models.Q(('number__regex', '^[a-z0-9][a-z0-9_.:-]{0,63}$')), name='root_holds_codes'),
        ),
        migrations.AddConstraint(
            model_name='root',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ('child', 'concern'))), name='root_is_a_child_or_a_concern'),
        ),
        migrations.AddConstraint(
            model_name='subject',
            constraint=models.CheckConstraint(condition=models.Q(('kind__regex', '^[a-z0-9][a-z0-9_.:-]{0,63}$')), name='subject_holds_codes'),
        ),
        migrations.AddIndex(
            model_name='membership',
            index=models.Index(fields=['root', 'agency', 'until'], name='membership_of_root'),
        ),
        migrations.AddIndex(
            model_name='membership',
            index=models.Index(fields=['agency', 'until', 'root'], name='membership_of_agency'),
        ),
        migrations.AddConstraint(
            model_name='membership',
            constraint=models.CheckConstraint(condition=models.Q(('relation__regex', '^[a-z0-9][a-z0-9_.:-]{0,63}$'), ('added_by__regex', '^[a-z0-9][a-z0-9_.:-]{0,63}$'), ('ended_by__regex', '^[a-z0-9][a-z0-9_.:-]{0,63}$')), name='membership_holds_codes'),
        ),
        migrations.AddConstraint(
            model_name='membership',
            constraint=models.CheckConstraint(condition=models.Q(('basis__regex', '^[A-Za-z0-9_.:/()-]{1,32}( [A-Za-z0-9_.:/()-]{1,31})?$')), name='membership_holds_a_basis'),
        ),
        migrations.AddConstraint(
            model_name='membership',
            constraint=models.CheckConstraint(condition=models.Q(('until__isnull', True), ('until__gte', models.F('since')), _connector='OR'), name='membership_ends_after_it_begins'),
        ),
        sql(GUARD),
    ]
