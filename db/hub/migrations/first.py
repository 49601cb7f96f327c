"""The first schema of a hub: history that is only added to, the records as they are now, who may see and write what."""

SCRIPT = """
CREATE TABLE hub (
    one boolean PRIMARY KEY DEFAULT true CHECK (one),
    id text NOT NULL,
    portfolio text NOT NULL,
    version integer NOT NULL,
    made_at timestamptz NOT NULL DEFAULT now()
);
CREATE TABLE person (
    login text NOT NULL,
    name text NOT NULL CHECK (name <> ''),
    PRIMARY KEY (login, name)
);

CREATE SEQUENCE entry_seq;
CREATE TABLE entry (
    seq bigint PRIMARY KEY,
    id text NOT NULL UNIQUE CHECK (id ~ '^[0-9a-f-]{36}$'),
    at text NOT NULL,
    who text NOT NULL,
    way text NOT NULL,
    label jsonb NOT NULL,
    scopes text[] NOT NULL,
    login text NOT NULL,
    received timestamptz NOT NULL
);
CREATE TABLE change (
    entry text NOT NULL REFERENCES entry (id),
    n integer NOT NULL,
    scope text NOT NULL,
    tbl text NOT NULL,
    record text NOT NULL,
    before jsonb,
    after jsonb,
    PRIMARY KEY (entry, n, scope),
    CHECK (before IS NOT NULL OR after IS NOT NULL)
);
CREATE TABLE lineage (
    entry text NOT NULL REFERENCES entry (id),
    scope text NOT NULL,
    written text NOT NULL,
    waits boolean NOT NULL,
    PRIMARY KEY (entry, scope)
);
CREATE INDEX lineage_waits ON lineage (entry) WHERE waits;
CREATE TABLE place (
    entry text NOT NULL REFERENCES entry (id),
    scope text NOT NULL,
    tbl text NOT NULL,
    key text NOT NULL,
    unit text NOT NULL,
    record text NOT NULL,
    held jsonb,
    PRIMARY KEY (entry, tbl, key, unit)
);
CREATE TABLE told (
    short text PRIMARY KEY CHECK (short ~ '^[0-9a-f]{16}$')
);
CREATE TABLE ledger_sum (
    batch text NOT NULL,
    position integer NOT NULL,
    scope text NOT NULL,
    held jsonb NOT NULL,
    PRIMARY KEY (batch, position)
);
CREATE TABLE ledger_stretch (
    batch text NOT NULL,
    stretch integer NOT NULL,
    line_count integer NOT NULL,
    packed bytea NOT NULL,
    PRIMARY KEY (batch, stretch)
);

CREATE TABLE record (
    tbl text NOT NULL,
    key text NOT NULL,
    id text NOT NULL,
    scope text NOT NULL,
    held jsonb NOT NULL,
    PRIMARY KEY (tbl, key)
);
CREATE INDEX record_id ON record (tbl, id);
CREATE INDEX record_scope ON record (scope);
CREATE INDEX record_responsible ON record (lower(normalize(btrim(held ->> 'responsible')))) WHERE tbl = 'project';

CREATE FUNCTION is_controller() RETURNS boolean LANGUAGE sql STABLE
    SET search_path = @schema@, pg_temp
    AS $$ SELECT pg_has_role(session_user, '@schema@_controller', 'MEMBER') $$;
CREATE FUNCTION my_scopes() RETURNS text[] LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path = @schema@, pg_temp
    AS $$
        WITH mine AS (
            SELECT r.key FROM record r
            JOIN person p ON lower(normalize(p.name)) = lower(normalize(btrim(r.held ->> 'responsible')))
            WHERE r.tbl = 'project' AND p.login = session_user
        )
        SELECT coalesce(array_agg(key), '{}') FROM (
            SELECT key FROM mine
            UNION SELECT r.key FROM record r JOIN mine ON r.held ->> 'joined_into' = mine.key WHERE r.tbl = 'project'
        ) AS found
    $$;
CREATE FUNCTION head() RETURNS bigint LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path = @schema@, pg_temp
    AS $$ SELECT coalesce(max(seq), 0) FROM entry $$;
CREATE FUNCTION mark(wanted bigint) RETURNS text LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path = @schema@, pg_temp
    AS $$ SELECT left(replace(id, '-', ''), 16) FROM entry WHERE seq = wanted $$;
CREATE FUNCTION begin_push() RETURNS bigint LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = @schema@, pg_temp
    AS $$ BEGIN PERFORM pg_advisory_xact_lock(hashtext('@schema@')); RETURN head(); END $$;

CREATE FUNCTION held_of(wanted text[]) RETURNS SETOF text LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path = @schema@, pg_temp
    AS $$ SELECT id FROM entry WHERE id = ANY (wanted) $$;

CREATE FUNCTION take_entry() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = @schema@, pg_temp
    AS $$
    BEGIN
        PERFORM pg_advisory_xact_lock(hashtext('@schema@'));
        NEW.seq := nextval('entry_seq');
        NEW.login := session_user;
        NEW.received := transaction_timestamp();
        INSERT INTO told VALUES (left(replace(NEW.id, '-', ''), 16)) ON CONFLICT DO NOTHING;
        RETURN NEW;
    END $$;
CREATE TRIGGER take_entry BEFORE INSERT ON entry FOR EACH ROW EXECUTE FUNCTION take_entry();

CREATE FUNCTION is_under_way(wanted text) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path = @schema@, pg_temp
    AS $$
        SELECT EXISTS (SELECT 1 FROM entry
            WHERE id = wanted AND login = session_user AND received = transaction_timestamp())
    $$;
CREATE FUNCTION is_a_managers(scope text, tbl text, one jsonb, other jsonb) RETURNS boolean LANGUAGE sql STABLE
    SET search_path = @schema@, pg_temp
    AS $$
        SELECT tbl IN ('status', 'milestone', 'risk', 'contract', 'spending_plan', 'comment', 'dismissal')
            AND coalesce(one ->> 'project', scope) = scope AND coalesce(other ->> 'project', scope) = scope
    $$;

CREATE FUNCTION key_of(tbl text, held jsonb) RETURNS text LANGUAGE sql STABLE
    SET search_path = @schema@, pg_temp
    AS $$
        SELECT string_agg(coalesce(held ->> name, ''), '|' ORDER BY at) FROM unnest(CASE
            WHEN tbl IN ('milestone', 'risk', 'contract') THEN '{thread,period}'::text[]
            WHEN tbl IN ('status', 'spending_plan') THEN '{project,period}'
            WHEN tbl = 'dismissal' THEN '{project,period,rule,basis}'
            ELSE '{id}' END) WITH ORDINALITY AS part (name, at)
    $$;

CREATE FUNCTION hold_place() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = @schema@, pg_temp
    AS $$
    DECLARE
        was record%ROWTYPE;
        made jsonb;
    BEGIN
        SELECT * INTO was FROM record WHERE tbl = NEW.tbl AND key = NEW.key;
        IF NOT is_controller() THEN
            made := CASE WHEN NEW.unit = '' THEN NEW.held ELSE was.held || NEW.held END;
            IF was.scope IS NOT NULL AND was.scope <> NEW.scope
                OR NEW.tbl IN ('status', 'spending_plan', 'dismissal') AND split_part(NEW.key, '|', 1) <> NEW.scope
                OR made IS NOT NULL AND (key_of(NEW.tbl, made) <> NEW.key
                    OR made ->> 'project' IS DISTINCT FROM NEW.scope
                    OR made ->> 'id' IS DISTINCT FROM CASE WHEN NEW.unit = '' THEN NEW.record ELSE was.id END
                    OR EXISTS (SELECT 1 FROM record WHERE tbl = NEW.tbl AND id = made ->> 'id' AND key <> NEW.key))
                OR coalesce(NEW.held ->> 'state', '') IN ('approved', 'locked')
                    AND NEW.held ->> 'state' IS DISTINCT FROM was.held ->> 'state'
            THEN
                RAISE EXCEPTION 'guarded: not yours' USING ERRCODE = 'insufficient_privilege';
            END IF;
            IF was.held ->> 'state' IN ('approved', 'locked') AND NOT was.held @> coalesce(NEW.held, '{"gone": true}')
            THEN
                RAISE EXCEPTION 'guarded: status is approved' USING ERRCODE = 'insufficient_privilege';
            END IF;
        END IF;
        IF NEW.unit <> '' THEN
            UPDATE record SET held = held || coalesce(NEW.held, '{}') WHERE tbl = NEW.tbl AND key = NEW.key;
        ELSIF NEW.held IS NULL THEN
            DELETE FROM record WHERE tbl = NEW.tbl AND key = NEW.key;
        ELSE
            INSERT INTO record (tbl, key, id, scope, held) VALUES (NEW.tbl, NEW.key, NEW.record, NEW.scope, NEW.held)
            ON CONFLICT (tbl, key) DO UPDATE SET id = excluded.id, scope = excluded.scope, held = excluded.held;
        END IF;
        RETURN NULL;
    END $$;
CREATE TRIGGER hold_place AFTER INSERT ON place FOR EACH ROW EXECUTE FUNCTION hold_place();

CREATE FUNCTION history_stays() RETURNS trigger LANGUAGE plpgsql
    AS $$ BEGIN RAISE EXCEPTION 'guarded: history stays' USING ERRCODE = 'insufficient_privilege'; END $$;
CREATE TRIGGER entry_stays BEFORE UPDATE OR DELETE OR TRUNCATE ON entry EXECUTE FUNCTION history_stays();
CREATE TRIGGER change_stays BEFORE UPDATE OR DELETE OR TRUNCATE ON change EXECUTE FUNCTION history_stays();
CREATE TRIGGER lineage_stays BEFORE UPDATE OR DELETE OR TRUNCATE ON lineage EXECUTE FUNCTION history_stays();
CREATE TRIGGER place_stays BEFORE UPDATE OR DELETE OR TRUNCATE ON place EXECUTE FUNCTION history_stays();
CREATE TRIGGER told_stays BEFORE UPDATE OR DELETE OR TRUNCATE ON told EXECUTE FUNCTION history_stays();
CREATE TRIGGER sum_stays BEFORE UPDATE OR DELETE OR TRUNCATE ON ledger_sum EXECUTE FUNCTION history_stays();
CREATE TRIGGER stretch_stays BEFORE UPDATE OR DELETE OR TRUNCATE ON ledger_stretch EXECUTE FUNCTION history_stays();

ALTER TABLE person ENABLE ROW LEVEL SECURITY;
ALTER TABLE entry ENABLE ROW LEVEL SECURITY;
ALTER TABLE change ENABLE ROW LEVEL SECURITY;
ALTER TABLE lineage ENABLE ROW LEVEL SECURITY;
ALTER TABLE place ENABLE ROW LEVEL SECURITY;
ALTER TABLE ledger_sum ENABLE ROW LEVEL SECURITY;
ALTER TABLE ledger_stretch ENABLE ROW LEVEL SECURITY;
ALTER TABLE record ENABLE ROW LEVEL SECURITY;

CREATE POLICY controllers_read ON person FOR SELECT TO @schema@_controller USING (true);
CREATE POLICY controllers_add ON person FOR INSERT TO @schema@_controller WITH CHECK (true);
CREATE POLICY controllers_remove ON person FOR DELETE TO @schema@_controller USING (true);
CREATE POLICY managers_read ON person FOR SELECT TO @schema@_manager USING (login = session_user);

CREATE POLICY controllers_read ON entry FOR SELECT TO @schema@_controller USING (true);
CREATE POLICY controllers_add ON entry FOR INSERT TO @schema@_controller WITH CHECK (true);
CREATE POLICY managers_read ON entry FOR SELECT TO @schema@_manager
    USING (scopes && ((SELECT my_scopes()) || '{common}'::text[]));
CREATE POLICY managers_add ON entry FOR INSERT TO @schema@_manager
    WITH CHECK (scopes <@ (SELECT my_scopes()));

CREATE POLICY controllers_read ON change FOR SELECT TO @schema@_controller USING (true);
CREATE POLICY controllers_add ON change FOR INSERT TO @schema@_controller WITH CHECK (is_under_way(entry));
CREATE POLICY managers_read ON change FOR SELECT TO @schema@_manager
    USING (scope = ANY ((SELECT my_scopes()) || '{common}'::text[]));
CREATE POLICY managers_add ON change FOR INSERT TO @schema@_manager
    WITH CHECK (scope = ANY ((SELECT my_scopes())::text[]) AND is_under_way(entry)
        AND is_a_managers(scope, tbl, before, after));

CREATE POLICY controllers_read ON lineage FOR SELECT TO @schema@_controller USING (true);
CREATE POLICY controllers_add ON lineage FOR INSERT TO @schema@_controller WITH CHECK (is_under_way(entry));
CREATE POLICY managers_read ON lineage FOR SELECT TO @schema@_manager
    USING (scope = ANY ((SELECT my_scopes()) || '{common}'::text[]));
CREATE POLICY managers_add ON lineage FOR INSERT TO @schema@_manager
    WITH CHECK (scope = ANY ((SELECT my_scopes())::text[]) AND is_under_way(entry));

CREATE POLICY controllers_read ON place FOR SELECT TO @schema@_controller USING (true);
CREATE POLICY controllers_add ON place FOR INSERT TO @schema@_controller WITH CHECK (is_under_way(entry));
CREATE POLICY managers_read ON place FOR SELECT TO @schema@_manager
    USING (scope = ANY ((SELECT my_scopes()) || '{common}'::text[]));
CREATE POLICY managers_add ON place FOR INSERT TO @schema@_manager
    WITH CHECK (scope = ANY ((SELECT my_scopes())::text[]) AND is_under_way(entry)
        AND is_a_managers(scope, tbl, held, NULL));

CREATE POLICY controllers_read ON record FOR SELECT TO @schema@_controller USING (true);
CREATE POLICY managers_read ON record FOR SELECT TO @schema@_manager
    USING (scope = ANY ((SELECT my_scopes()) || '{common}'::text[]));

CREATE POLICY controllers_read ON ledger_sum FOR SELECT TO @schema@_controller USING (true);
CREATE POLICY controllers_add ON ledger_sum FOR INSERT TO @schema@_controller WITH CHECK (true);
CREATE POLICY managers_read ON ledger_sum FOR SELECT TO @schema@_manager
    USING (scope = ANY ((SELECT my_scopes())::text[]));
CREATE POLICY controllers_read ON ledger_stretch FOR SELECT TO @schema@_controller USING (true);
CREATE POLICY controllers_add ON ledger_stretch FOR INSERT TO @schema@_controller WITH CHECK (true);

REVOKE ALL ON ALL FUNCTIONS IN SCHEMA @schema@ FROM PUBLIC;
GRANT USAGE ON SCHEMA @schema@ TO @schema@_controller, @schema@_manager, @schema@_reader;
GRANT EXECUTE ON FUNCTION is_controller(), my_scopes(), head(), mark(bigint), begin_push(), held_of(text[]),
    is_under_way(text), is_a_managers(text, text, jsonb, jsonb) TO @schema@_controller, @schema@_manager;
GRANT SELECT ON hub TO @schema@_controller, @schema@_manager, @schema@_reader;
GRANT SELECT ON person, record TO @schema@_controller, @schema@_manager;
GRANT INSERT, DELETE ON person TO @schema@_controller;
GRANT SELECT, INSERT ON entry, change, lineage, place TO @schema@_controller, @schema@_manager;
GRANT SELECT ON told TO @schema@_controller, @schema@_manager;
GRANT INSERT ON told TO @schema@_controller;
GRANT SELECT ON ledger_sum TO @schema@_manager;
GRANT SELECT, INSERT ON ledger_sum, ledger_stretch TO @schema@_controller;
"""
