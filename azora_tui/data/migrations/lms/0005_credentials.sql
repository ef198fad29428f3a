-- Certificates, the keys that signed them (their public halves only), and the append-only log of both.

-- Who issues here, in words; `uuid` names this school's status lists, whichever key signs them.
CREATE TABLE issuer (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    uuid TEXT NOT NULL,
    name TEXT NOT NULL CHECK (name <> ''),
    url TEXT CHECK (url LIKE 'https://%')
) STRICT;

-- `handover` is a JWT in which a retired key names the one that came after it.
CREATE TABLE issuer_keys (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    did TEXT NOT NULL UNIQUE,
    created_at TEXT NOT NULL,
    retired_at TEXT,
    handover TEXT,
    CHECK (handover IS NULL OR retired_at IS NOT NULL)
) STRICT;
CREATE UNIQUE INDEX issuer_keys_in_use ON issuer_keys ((1)) WHERE retired_at IS NULL;

CREATE TABLE credentials (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    uuid TEXT NOT NULL UNIQUE,
    enrollment_id INTEGER NOT NULL REFERENCES enrollments (id),
    key_id INTEGER NOT NULL REFERENCES issuer_keys (id),
    status_index INTEGER NOT NULL UNIQUE CHECK (status_index >= 0),
    jwt TEXT NOT NULL,
    issued_at TEXT NOT NULL,
    revoked_at TEXT,
    reason TEXT CHECK (reason <> ''),
    -- 1 when its holder has had it made out anew to show another name
    replaced INTEGER NOT NULL DEFAULT 0 CHECK (replaced IN (0, 1)),
    CHECK ((revoked_at IS NULL) = (reason IS NULL)),
    CHECK (replaced = 0 OR revoked_at IS NOT NULL)
) STRICT;
-- One for each enrollment, however many processes complete its last lesson; a revoked one is not issued again.
CREATE UNIQUE INDEX credentials_of_an_enrollment ON credentials (enrollment_id) WHERE replaced = 0;
CREATE INDEX credentials_by_enrollment ON credentials (enrollment_id, id);
CREATE INDEX credentials_by_key ON credentials (key_id);
CREATE INDEX credentials_revoked ON credentials (status_index) WHERE revoked_at IS NOT NULL;
CREATE TRIGGER credentials_are_earned BEFORE INSERT ON credentials
WHEN (SELECT completed_at FROM enrollments WHERE id = NEW.enrollment_id) IS NULL
BEGIN
    SELECT RAISE(ABORT, 'a certificate is only issued for a completed course');
END;
CREATE TRIGGER credentials_are_only_ever_revoked BEFORE UPDATE ON credentials
WHEN OLD.revoked_at IS NOT NULL OR NEW.id <> OLD.id OR NEW.uuid <> OLD.uuid OR NEW.enrollment_id <> OLD.enrollment_id
    OR NEW.key_id <> OLD.key_id OR NEW.status_index <> OLD.status_index OR NEW.jwt <> OLD.jwt
    OR NEW.issued_at <> OLD.issued_at
BEGIN
    SELECT RAISE(ABORT, 'a certificate can only be revoked, once');
END;
CREATE TRIGGER credentials_are_never_removed BEFORE DELETE ON credentials BEGIN
    SELECT RAISE(ABORT, 'certificates are only ever added');
END;

-- What a learner's certificates show of them; without a row the name of the account and the hash of the e-mail.
CREATE TABLE credential_choices (
    user_id INTEGER PRIMARY KEY,
    pseudonym TEXT CHECK (pseudonym <> ''),
    with_email INTEGER NOT NULL CHECK (with_email IN (0, 1))
) STRICT;

-- The Merkle log (RFC 6962): its entries (JSON, exactly as they are hashed), the roots of all complete subtrees, and
-- the head that was signed after each step.
CREATE TABLE log_entries (
    number INTEGER PRIMARY KEY CHECK (number >= 0),
    credential_id INTEGER NOT NULL REFERENCES credentials (id),
    entry TEXT NOT NULL
) STRICT;
CREATE INDEX log_entries_by_credential ON log_entries (credential_id, number);
CREATE TABLE log_nodes (
    level INTEGER NOT NULL CHECK (level >= 0),
    position INTEGER NOT NULL CHECK (position >= 0),
    hash BLOB NOT NULL CHECK (length(hash) = 32),
    PRIMARY KEY (level, position)
) STRICT, WITHOUT ROWID;
CREATE TABLE log_heads (
    size INTEGER PRIMARY KEY CHECK (size > 0),
    root BLOB NOT NULL CHECK (length(root) = 32),
    at TEXT NOT NULL,
    jwt TEXT NOT NULL
) STRICT;
CREATE TRIGGER log_entries_are_never_changed BEFORE UPDATE ON log_entries BEGIN
    SELECT RAISE(ABORT, 'the log is only ever added to');
END;
CREATE TRIGGER log_entries_are_never_removed BEFORE DELETE ON log_entries BEGIN
    SELECT RAISE(ABORT, 'the log is only ever added to');
END;
CREATE TRIGGER log_nodes_are_never_changed BEFORE UPDATE ON log_nodes BEGIN
    SELECT RAISE(ABORT, 'the log is only ever added to');
END;
CREATE TRIGGER log_nodes_are_never_removed BEFORE DELETE ON log_nodes BEGIN
    SELECT RAISE(ABORT, 'the log is only ever added to');
END;
CREATE TRIGGER log_heads_are_never_changed BEFORE UPDATE ON log_heads BEGIN
    SELECT RAISE(ABORT, 'the log is only ever added to');
END;
CREATE TRIGGER log_heads_are_never_removed BEFORE DELETE ON log_heads BEGIN
    SELECT RAISE(ABORT, 'the log is only ever added to');
END;
