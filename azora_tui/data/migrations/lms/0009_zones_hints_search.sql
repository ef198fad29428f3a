-- Where it was when something was done: minutes by which the learner's clock was ahead of UTC. A day is the day that it
-- was there, whatever zone it is looked at from later. What was done before has none; the event `days_placed` says in
-- which zone it counts, that of its first look.
ALTER TABLE events ADD COLUMN utc_offset INTEGER CHECK (utc_offset BETWEEN -1440 AND 1440);
ALTER TABLE minutes_spent ADD COLUMN utc_offset INTEGER CHECK (utc_offset BETWEEN -1440 AND 1440);
ALTER TABLE notes ADD COLUMN utc_offset INTEGER CHECK (utc_offset BETWEEN -1440 AND 1440); -- of created_at
ALTER TABLE attempts ADD COLUMN utc_offset INTEGER CHECK (utc_offset BETWEEN -1440 AND 1440); -- of finished_at
ALTER TABLE review_log ADD COLUMN utc_offset INTEGER CHECK (utc_offset BETWEEN -1440 AND 1440);
DROP INDEX minutes_of_a_learner;
CREATE INDEX minutes_of_a_learner ON minutes_spent (user_id, at, minutes, utc_offset);

INSERT INTO event_kinds (kind) VALUES ('days_placed'), ('completion_claimed'), ('hint_opened');

-- Hints that were looked at: whoever comes back to a quiz after an interruption has seen them.
CREATE TABLE hints_opened (
    attempt_id INTEGER NOT NULL REFERENCES attempts (id),
    question_id TEXT NOT NULL,
    uuid TEXT NOT NULL UNIQUE,
    opened_at TEXT NOT NULL,
    PRIMARY KEY (attempt_id, question_id)
) STRICT;
CREATE TRIGGER hints_are_never_changed BEFORE UPDATE ON hints_opened BEGIN
    SELECT RAISE(ABORT, 'hints are only ever added');
END;
CREATE TRIGGER hints_are_never_removed BEFORE DELETE ON hints_opened BEGIN
    SELECT RAISE(ABORT, 'hints are only ever added');
END;

-- Words within a run of letters without blanks are found: the next start makes the index of all courses anew.
DELETE FROM bundle;
