-- Roles are given and taken, accounts closed and opened again, people invited; and when somebody was last here.

ALTER TABLE users ADD COLUMN disabled_at TEXT;
-- Written at most once a day.
ALTER TABLE users ADD COLUMN last_seen_at TEXT;
-- Name and e-mail folded by the program, so that every database sorts and finds alike.
ALTER TABLE users ADD COLUMN search_text TEXT NOT NULL DEFAULT '';
UPDATE users SET search_text = folded(name || ' ' || email);
CREATE INDEX users_by_search_text ON users (search_text);

-- Why a session was ended, where its person is to be told.
ALTER TABLE sessions ADD COLUMN ended_for TEXT CHECK (ended_for IN ('role_changed', 'account_closed'));

-- An account that somebody else made and nobody has opened yet. The word that opens it stands here as a hash.
CREATE TABLE invitations (
    user_id INTEGER PRIMARY KEY REFERENCES users (id) ON DELETE CASCADE,
    word_hash TEXT NOT NULL,
    expires_at TEXT NOT NULL,
    by_admin INTEGER NOT NULL CHECK (by_admin IN (0, 1))
) STRICT;

INSERT INTO event_kinds (kind) VALUES
    ('role_changed'), ('account_disabled'), ('account_enabled'), ('invited'), ('invitation_opened');
