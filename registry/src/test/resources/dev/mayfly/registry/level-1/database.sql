
SET statement_timeout = 0;
SET lock_timeout = 0;
SET idle_in_transaction_session_timeout = 0;
SET client_encoding = 'UTF8';
SET standard_conforming_strings = on;
SELECT pg_catalog.set_config('search_path', '', false);
SET check_function_bodies = false;
SET xmloption = content;
SET client_min_messages = warning;
SET row_security = off;

CREATE SCHEMA mayfly;

CREATE TYPE mayfly.claim AS RANGE (
    subtype = text,
    multirange_type_name = mayfly.claim_multirange,
    collation = pg_catalog."C"
);

CREATE FUNCTION mayfly.keep_revision() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF (NEW.app, NEW.number, NEW.manifest, NEW.at, NEW.who, NEW.message)
        IS DISTINCT FROM (OLD.app, OLD.number, OLD.manifest, OLD.at, OLD.who, OLD.message) THEN
        RAISE EXCEPTION 'revision % of % is immutable', OLD.number, OLD.app;
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION mayfly.tell_change() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    PERFORM pg_notify('mayfly_changes', NEW.number::text);
    RETURN NULL;
END $$;

CREATE FUNCTION mayfly.weights_are_whole() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
DECLARE
    total integer;
BEGIN
    SELECT coalesce(sum(percent), 0) INTO total FROM weights WHERE app = coalesce(NEW.app, OLD.app);
    IF total NOT IN (0, 100) THEN
        RAISE EXCEPTION 'the weights of % sum to %, not to 100', coalesce(NEW.app, OLD.app), total;
    END IF;
    RETURN NULL;
END $$;

SET default_tablespace = '';

SET default_table_access_method = heap;

CREATE TABLE mayfly.answers (
    who text NOT NULL,
    key text NOT NULL,
    request text NOT NULL,
    app text NOT NULL,
    revision integer NOT NULL,
    at timestamp with time zone DEFAULT clock_timestamp() NOT NULL
);

CREATE TABLE mayfly.apps (
    name text NOT NULL,
    version bigint NOT NULL,
    live integer DEFAULT 0 NOT NULL,
    CONSTRAINT apps_name_check CHECK ((name ~ '^[a-z0-9][a-z0-9-]{0,62}$'::text))
);

CREATE TABLE mayfly.artifacts (
    digest text NOT NULL,
    size bigint NOT NULL,
    stored bigint DEFAULT 0 NOT NULL,
    complete boolean DEFAULT false NOT NULL,
    kept_until timestamp with time zone NOT NULL,
    CONSTRAINT artifacts_check CHECK (((stored >= 0) AND (stored <= size))),
    CONSTRAINT artifacts_check1 CHECK (((NOT complete) OR (stored = size))),
    CONSTRAINT artifacts_digest_check CHECK ((digest ~ '^[0-9a-f]{64}$'::text)),
    CONSTRAINT artifacts_size_check CHECK ((size >= 0))
);

CREATE TABLE mayfly.changes (
    number bigint NOT NULL,
    at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    who text NOT NULL,
    action text NOT NULL,
    app text DEFAULT ''::text NOT NULL,
    revision integer DEFAULT 0 NOT NULL,
    detail text DEFAULT ''::text NOT NULL
);

CREATE TABLE mayfly.chunks (
    digest text NOT NULL,
    "position" bigint NOT NULL,
    bytes bytea NOT NULL
);
ALTER TABLE ONLY mayfly.chunks ALTER COLUMN bytes SET STORAGE EXTERNAL;

CREATE TABLE mayfly.flyway_schema_history (
    installed_rank integer NOT NULL,
    version character varying(50),
    description character varying(200) NOT NULL,
    type character varying(20) NOT NULL,
    script character varying(1000) NOT NULL,
    checksum integer,
    installed_by character varying(100) NOT NULL,
    installed_on timestamp without time zone DEFAULT now() NOT NULL,
    execution_time integer NOT NULL,
    success boolean NOT NULL
);

CREATE TABLE mayfly.head (
    single boolean DEFAULT true NOT NULL,
    number bigint NOT NULL,
    CONSTRAINT head_single_check CHECK (single)
);

CREATE TABLE mayfly.numbers (
    app text NOT NULL,
    last integer NOT NULL
);

CREATE TABLE mayfly.revision_artifacts (
    app text NOT NULL,
    revision integer NOT NULL,
    path text NOT NULL,
    digest text NOT NULL
);

CREATE TABLE mayfly.revisions (
    app text NOT NULL,
    number integer NOT NULL,
    manifest text NOT NULL,
    at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    who text NOT NULL,
    message text NOT NULL,
    activated bigint DEFAULT 0 NOT NULL,
    CONSTRAINT revisions_number_check CHECK ((number > 0))
);

CREATE TABLE mayfly.routes (
    app text NOT NULL,
    host text NOT NULL,
    shape text NOT NULL,
    method text NOT NULL,
    pattern text NOT NULL,
    claim mayfly.claim GENERATED ALWAYS AS (
CASE method
    WHEN '*'::text THEN mayfly.claim((((host || ''::text) || shape) || 'b'::text), (((host || ''::text) || shape) || 'c'::text), '[)'::text)
    WHEN 'OPTIONS'::text THEN mayfly.claim((((host || ''::text) || shape) || 'a'::text), (((host || ''::text) || shape) || 'a'::text), '[]'::text)
    ELSE mayfly.claim(((((host || ''::text) || shape) || 'b'::text) || method), ((((host || ''::text) || shape) || 'b'::text) || method), '[]'::text)
END) STORED NOT NULL
);

CREATE TABLE mayfly.secrets (
    app text NOT NULL,
    name text NOT NULL,
    key_id text NOT NULL,
    sealed bytea NOT NULL
);

CREATE TABLE mayfly.tokens (
    id text NOT NULL,
    name text NOT NULL,
    hash bytea NOT NULL,
    scopes text NOT NULL,
    created_at timestamp with time zone NOT NULL,
    created_by text NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    CONSTRAINT tokens_hash_check CHECK ((length(hash) = 32))
);

CREATE TABLE mayfly.variables (
    app text NOT NULL,
    name text NOT NULL,
    value text NOT NULL
);

CREATE TABLE mayfly.weights (
    app text NOT NULL,
    revision integer NOT NULL,
    percent integer NOT NULL,
    CONSTRAINT weights_percent_check CHECK (((percent >= 1) AND (percent <= 100)))
);

INSERT INTO mayfly.answers VALUES ('alice', 'a key', '7a440e9124bb45493e286f1a6529e5f6f1b2470741c745028ebd444c40e97abb', 'other', 1, '2026-11-20 21:29:41.053906+00');

INSERT INTO mayfly.apps VALUES ('other', 3, 1);
INSERT INTO mayfly.apps VALUES ('shop', 5, 1);

INSERT INTO mayfly.artifacts VALUES ('f6c0d945dc8a9e01854484f4e9b123945919e553778d4386d1d939451c038a0c', 8, 8, true, '2026-11-21 21:29:39.758957+00');

INSERT INTO mayfly.changes VALUES (1, '2026-11-20 21:29:40.864539+00', 'alice', 'deploy', 'shop', 1, 'first');
INSERT INTO mayfly.changes VALUES (2, '2026-11-20 21:29:40.981915+00', 'alice', 'deploy', 'shop', 2, 'second');
INSERT INTO mayfly.changes VALUES (3, '2026-11-20 21:29:41.052619+00', 'alice', 'deploy', 'other', 1, 'first');
INSERT INTO mayfly.changes VALUES (4, '2026-11-20 21:29:41.196854+00', 'alice', 'set-variables', 'shop', 0, 'colour');
INSERT INTO mayfly.changes VALUES (5, '2026-11-20 21:29:41.300607+00', 'alice', 'set-secrets', 'shop', 0, 'key');
INSERT INTO mayfly.changes VALUES (6, '2026-11-20 21:29:41.325692+00', 'alice', 'issue-token', '', 0, 'ci: admin');

INSERT INTO mayfly.chunks VALUES ('f6c0d945dc8a9e01854484f4e9b123945919e553778d4386d1d939451c038a0c', 0, '\x61206d6f64756c65');

INSERT INTO mayfly.flyway_schema_history VALUES (0, NULL, '<< Flyway Schema Creation >>', 'SCHEMA', '"mayfly"', NULL, 'tester', '2026-11-20 21:29:38.893181', 0, true);
INSERT INTO mayfly.flyway_schema_history VALUES (1, '1', 'registry', 'SQL', 'V1__registry.sql', -777762030, 'tester', '2026-11-20 21:29:38.970323', 198, true);

INSERT INTO mayfly.head VALUES (true, 6);

INSERT INTO mayfly.numbers VALUES ('shop', 2);
INSERT INTO mayfly.numbers VALUES ('other', 1);

INSERT INTO mayfly.revision_artifacts VALUES ('shop', 1, 'f.wasm', 'f6c0d945dc8a9e01854484f4e9b123945919e553778d4386d1d939451c038a0c');
INSERT INTO mayfly.revision_artifacts VALUES ('shop', 2, 'f.wasm', 'f6c0d945dc8a9e01854484f4e9b123945919e553778d4386d1d939451c038a0c');
INSERT INTO mayfly.revision_artifacts VALUES ('other', 1, 'f.wasm', 'f6c0d945dc8a9e01854484f4e9b123945919e553778d4386d1d939451c038a0c');

INSERT INTO mayfly.revisions VALUES ('shop', 1, 'manifest_version = 1
[app]
name = "shop"
[[trigger.http]]
route = "/..."
hosts = ["shop.example"]

function = "f"
[function.f]
source = "f.wasm"
', '2026-11-20 21:29:40.542452+00', 'alice', 'first', 1);
INSERT INTO mayfly.revisions VALUES ('shop', 2, 'manifest_version = 1
[app]
name = "shop"
[[trigger.http]]
route = "/..."
hosts = ["shop.example"]

function = "f"
[function.f]
source = "f.wasm"
# second
', '2026-11-20 21:29:40.913928+00', 'alice', 'second', 0);
INSERT INTO mayfly.revisions VALUES ('other', 1, 'manifest_version = 1
[app]
name = "other"
[[trigger.http]]
route = "/..."
hosts = ["other.example"]

function = "f"
[function.f]
source = "f.wasm"
', '2026-11-20 21:29:41.02183+00', 'alice', 'first', 3);

INSERT INTO mayfly.routes VALUES ('shop', 'shop.example', '/...', '*', '/...', DEFAULT);
INSERT INTO mayfly.routes VALUES ('other', 'other.example', '/...', '*', '/...', DEFAULT);

INSERT INTO mayfly.secrets VALUES ('shop', 'key', '359c8d9106d43033', '\x99478c7282ebfb323f51b3917852ed22bb3385eb4aacba66ccbad809181432e85df282');

INSERT INTO mayfly.tokens VALUES ('06mEeAgGo2VYGs8b', 'ci', '\x87f000328c4e8dc33f429a8d1a509cbe83c0443b395fa111c135894e39cc7840', 'admin', '2026-11-20 21:29:41.311808+00', 'alice', '2036-11-17 21:29:41.311808+00');

INSERT INTO mayfly.variables VALUES ('shop', 'colour', 'green');

INSERT INTO mayfly.weights VALUES ('shop', 1, 90);
INSERT INTO mayfly.weights VALUES ('shop', 2, 10);
INSERT INTO mayfly.weights VALUES ('other', 1, 100);

ALTER TABLE ONLY mayfly.answers
    ADD CONSTRAINT answers_pkey PRIMARY KEY (who, key);

ALTER TABLE ONLY mayfly.apps
    ADD CONSTRAINT apps_pkey PRIMARY KEY (name);

ALTER TABLE ONLY mayfly.artifacts
    ADD CONSTRAINT artifacts_pkey PRIMARY KEY (digest);

ALTER TABLE ONLY mayfly.changes
    ADD CONSTRAINT changes_pkey PRIMARY KEY (number);

ALTER TABLE ONLY mayfly.chunks
    ADD CONSTRAINT chunks_pkey PRIMARY KEY (digest, "position");

ALTER TABLE ONLY mayfly.flyway_schema_history
    ADD CONSTRAINT flyway_schema_history_pk PRIMARY KEY (installed_rank);

ALTER TABLE ONLY mayfly.head
    ADD CONSTRAINT head_pkey PRIMARY KEY (single);

ALTER TABLE ONLY mayfly.numbers
    ADD CONSTRAINT numbers_pkey PRIMARY KEY (app);

ALTER TABLE ONLY mayfly.revision_artifacts
    ADD CONSTRAINT revision_artifacts_pkey PRIMARY KEY (app, revision, path);

ALTER TABLE ONLY mayfly.revisions
    ADD CONSTRAINT revisions_pkey PRIMARY KEY (app, number);

ALTER TABLE ONLY mayfly.routes
    ADD CONSTRAINT routes_belong_to_one_app EXCLUDE USING gist (claim WITH &&);

ALTER TABLE ONLY mayfly.routes
    ADD CONSTRAINT routes_pkey PRIMARY KEY (host, shape, method);

ALTER TABLE ONLY mayfly.secrets
    ADD CONSTRAINT secrets_pkey PRIMARY KEY (app, name);

ALTER TABLE ONLY mayfly.tokens
    ADD CONSTRAINT tokens_pkey PRIMARY KEY (id);

ALTER TABLE ONLY mayfly.variables
    ADD CONSTRAINT variables_pkey PRIMARY KEY (app, name);

ALTER TABLE ONLY mayfly.weights
    ADD CONSTRAINT weights_pkey PRIMARY KEY (app, revision);

CREATE INDEX changes_by_app ON mayfly.changes USING btree (app, number);

CREATE INDEX flyway_schema_history_s_idx ON mayfly.flyway_schema_history USING btree (success);

CREATE INDEX revision_artifacts_by_digest ON mayfly.revision_artifacts USING btree (digest);

CREATE INDEX routes_by_app ON mayfly.routes USING btree (app);

CREATE TRIGGER keep_revision BEFORE UPDATE ON mayfly.revisions FOR EACH ROW EXECUTE FUNCTION mayfly.keep_revision();

CREATE TRIGGER tell_change AFTER INSERT ON mayfly.changes FOR EACH ROW EXECUTE FUNCTION mayfly.tell_change();

CREATE CONSTRAINT TRIGGER weights_are_whole AFTER INSERT OR DELETE OR UPDATE ON mayfly.weights DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION mayfly.weights_are_whole();

ALTER TABLE ONLY mayfly.chunks
    ADD CONSTRAINT chunks_digest_fkey FOREIGN KEY (digest) REFERENCES mayfly.artifacts(digest) ON DELETE CASCADE;

ALTER TABLE ONLY mayfly.revision_artifacts
    ADD CONSTRAINT revision_artifacts_app_revision_fkey FOREIGN KEY (app, revision) REFERENCES mayfly.revisions(app, number) ON DELETE CASCADE;

ALTER TABLE ONLY mayfly.revision_artifacts
    ADD CONSTRAINT revision_artifacts_digest_fkey FOREIGN KEY (digest) REFERENCES mayfly.artifacts(digest);

ALTER TABLE ONLY mayfly.revisions
    ADD CONSTRAINT revisions_app_fkey FOREIGN KEY (app) REFERENCES mayfly.apps(name);

ALTER TABLE ONLY mayfly.routes
    ADD CONSTRAINT routes_app_fkey FOREIGN KEY (app) REFERENCES mayfly.apps(name);

ALTER TABLE ONLY mayfly.secrets
    ADD CONSTRAINT secrets_app_fkey FOREIGN KEY (app) REFERENCES mayfly.apps(name);

ALTER TABLE ONLY mayfly.variables
    ADD CONSTRAINT variables_app_fkey FOREIGN KEY (app) REFERENCES mayfly.apps(name);

ALTER TABLE ONLY mayfly.weights
    ADD CONSTRAINT weights_app_revision_fkey FOREIGN KEY (app, revision) REFERENCES mayfly.revisions(app, number);

