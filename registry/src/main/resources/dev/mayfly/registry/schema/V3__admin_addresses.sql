-- Where the other gateways reach a gateway's admin API; empty for one of a version that does not say.
ALTER TABLE gateways ADD COLUMN admin text NOT NULL DEFAULT '';
