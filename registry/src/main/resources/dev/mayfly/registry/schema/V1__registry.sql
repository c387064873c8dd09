-- Everything a server knows. Names that start in lower case letters only: nothing needs quoting.

-- The number of the last change. Every transaction that changes an app or a token takes this row first, so changes
-- are in one order, their numbers have no gaps, and whoever has seen number n has seen everything up to n.
CREATE TABLE head (
    single boolean PRIMARY KEY DEFAULT true CHECK (single),
    number bigint NOT NULL
);
INSERT INTO head (number) VALUES (0);

-- The audit log, and what gateways follow. Never holds a value of a variable or a secret.
CREATE TABLE changes (
    number   bigint PRIMARY KEY,
    at       timestamptz NOT NULL DEFAULT clock_timestamp(),
    who      text NOT NULL,
    action   text NOT NULL,
    app      text NOT NULL DEFAULT '',
    revision integer NOT NULL DEFAULT 0,
    detail   text NOT NULL DEFAULT ''
);
CREATE INDEX changes_by_app ON changes (app, number);

CREATE FUNCTION tell_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_notify('mayfly_changes', NEW.number::text);
    RETURN NULL;
END $$;
CREATE TRIGGER tell_change AFTER INSERT ON changes FOR EACH ROW EXECUTE FUNCTION tell_change();

-- version: the change that made the app what it is. live: 0 before the first deploy.
CREATE TABLE apps (
    name    text PRIMARY KEY CHECK (name ~ '^[a-z0-9][a-z0-9-]{0,62}$'),
    version bigint NOT NULL,
    live    integer NOT NULL DEFAULT 0
);

-- Outlives the app: a number never means two revisions.
CREATE TABLE numbers (
    app  text PRIMARY KEY,
    last integer NOT NULL
);

CREATE TABLE artifacts (
    digest     text PRIMARY KEY CHECK (digest ~ '^[0-9a-f]{64}$'),
    size       bigint NOT NULL CHECK (size >= 0),
    stored     bigint NOT NULL DEFAULT 0 CHECK (stored >= 0 AND stored <= size),
    complete   boolean NOT NULL DEFAULT false CHECK (NOT complete OR stored = size),
    kept_until timestamptz NOT NULL
);

CREATE TABLE chunks (
    digest   text NOT NULL REFERENCES artifacts ON DELETE CASCADE,
    position bigint NOT NULL,
    bytes    bytea NOT NULL,
    PRIMARY KEY (digest, position)
);
-- Modules are compressed as badly as they are read often: out of line, as they are.
ALTER TABLE chunks ALTER COLUMN bytes SET STORAGE EXTERNAL;

-- activated: the change that last made it the live one; 0 when it never was.
CREATE TABLE revisions (
    app       text NOT NULL REFERENCES apps,
    number    integer NOT NULL CHECK (number > 0),
    manifest  text NOT NULL,
    at        timestamptz NOT NULL DEFAULT clock_timestamp(),
    who       text NOT NULL,
    message   text NOT NULL,
    activated bigint NOT NULL DEFAULT 0,
    PRIMARY KEY (app, number)
);

CREATE FUNCTION keep_revision() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (NEW.app, NEW.number, NEW.manifest, NEW.at, NEW.who, NEW.message)
        IS DISTINCT FROM (OLD.app, OLD.number, OLD.manifest, OLD.at, OLD.who, OLD.message) THEN
        RAISE EXCEPTION 'revision % of % is immutable', OLD.number, OLD.app;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER keep_revision BEFORE UPDATE ON revisions FOR EACH ROW EXECUTE FUNCTION keep_revision();

-- path: as the manifest names the file.
CREATE TABLE revision_artifacts (
    app      text NOT NULL,
    revision integer NOT NULL,
    path     text NOT NULL,
    digest   text NOT NULL REFERENCES artifacts,
    PRIMARY KEY (app, revision, path),
    FOREIGN KEY (app, revision) REFERENCES revisions ON DELETE CASCADE
);
CREATE INDEX revision_artifacts_by_digest ON revision_artifacts (digest);

-- Which revisions answer, in percent. A weighted revision cannot be deleted.
CREATE TABLE weights (
    app      text NOT NULL,
    revision integer NOT NULL,
    percent  integer NOT NULL CHECK (percent BETWEEN 1 AND 100),
    PRIMARY KEY (app, revision),
    FOREIGN KEY (app, revision) REFERENCES revisions
);

CREATE FUNCTION weights_are_whole() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    total integer;
BEGIN
    SELECT coalesce(sum(percent), 0) INTO total FROM weights WHERE app = coalesce(NEW.app, OLD.app);
    IF total NOT IN (0, 100) THEN
        RAISE EXCEPTION 'the weights of % sum to %, not to 100', coalesce(NEW.app, OLD.app), total;
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER weights_are_whole AFTER INSERT OR UPDATE OR DELETE ON weights
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION weights_are_whole();

-- What an app's live revisions answer. A route without methods has the method '*', which covers every method but
-- OPTIONS. As text in the C collation a method is a point and '*' a range over all points, so one constraint says that no
-- request belongs to two routes, and it needs no extension.
CREATE TYPE claim AS RANGE (subtype = text, collation = "C");
CREATE TABLE routes (
    app     text NOT NULL REFERENCES apps,
    host    text NOT NULL,
    shape   text NOT NULL,
    method  text NOT NULL,
    pattern text NOT NULL,
    claim   claim NOT NULL GENERATED ALWAYS AS (
        CASE method
            WHEN '*' THEN claim(host || E'\x01' || shape || E'\x01b', host || E'\x01' || shape || E'\x01c', '[)')
            WHEN 'OPTIONS' THEN claim(host || E'\x01' || shape || E'\x01a', host || E'\x01' || shape || E'\x01a', '[]')
            ELSE claim(host || E'\x01' || shape || E'\x01b' || method, host || E'\x01' || shape || E'\x01b' || method, '[]')
        END) STORED,
    PRIMARY KEY (host, shape, method),
    CONSTRAINT routes_belong_to_one_app EXCLUDE USING gist (claim WITH &&)
);
CREATE INDEX routes_by_app ON routes (app);

CREATE TABLE variables (
    app   text NOT NULL REFERENCES apps,
    name  text NOT NULL,
    value text NOT NULL,
    PRIMARY KEY (app, name)
);

-- sealed: a nonce of 12 bytes, then AES-256-GCM's text and tag under the key of that id.
CREATE TABLE secrets (
    app    text NOT NULL REFERENCES apps,
    name   text NOT NULL,
    key_id text NOT NULL,
    sealed bytea NOT NULL,
    PRIMARY KEY (app, name)
);

-- hash: SHA-256 of the token's secret half.
CREATE TABLE tokens (
    id         text PRIMARY KEY,
    name       text NOT NULL,
    hash       bytea NOT NULL CHECK (length(hash) = 32),
    scopes     text NOT NULL,
    created_at timestamptz NOT NULL,
    created_by text NOT NULL,
    expires_at timestamptz NOT NULL
);

-- What an Idempotency-Key was answered with. request: SHA-256 of what was asked.
CREATE TABLE answers (
    who      text NOT NULL,
    key      text NOT NULL,
    request  text NOT NULL,
    app      text NOT NULL,
    revision integer NOT NULL,
    at       timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (who, key)
);
