-- Gateways, and what they do together.

-- Who serves, and how far it has come. A row is written by its gateway alone, every few seconds; one that is not seen
-- any more is swept away.
CREATE TABLE gateways (
    id      text PRIMARY KEY,
    name    text NOT NULL,
    address text NOT NULL,
    applied bigint NOT NULL,
    seen_at timestamptz NOT NULL
);

-- What an app's revisions answered while its traffic was split, as each gateway counts it. status: 4 for 4xx.
CREATE TABLE answered (
    gateway  text NOT NULL REFERENCES gateways ON DELETE CASCADE,
    app      text NOT NULL,
    revision integer NOT NULL,
    status   integer NOT NULL CHECK (status BETWEEN 0 AND 5),
    count    bigint NOT NULL,
    PRIMARY KEY (gateway, app, revision, status)
);
CREATE INDEX answered_by_app ON answered (app, revision);

-- An app's newest gradual rollout. It stands beside the weights, which say who answers: they are changed in the same
-- transaction, and any other change of them ends it. next_at: when the revision gets more.
CREATE TABLE rollouts (
    app          text PRIMARY KEY REFERENCES apps ON DELETE CASCADE,
    revision     integer NOT NULL,
    base         integer NOT NULL,
    percent      integer NOT NULL CHECK (percent BETWEEN 1 AND 100),
    step_seconds bigint NOT NULL CHECK (step_seconds > 0),
    abort_on     text NOT NULL,
    next_at      timestamptz NOT NULL,
    state        text NOT NULL DEFAULT 'running'
                 CHECK (state IN ('running', 'done', 'aborted', 'cancelled', 'overruled'))
);
