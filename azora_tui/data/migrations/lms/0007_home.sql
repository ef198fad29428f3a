-- Minutes of learning as they were written down, each at its time, only ever added to. Their sum by lesson stands in
-- lesson_progress; minutes that were added there before this table came have no day, and are in no week and no streak.
CREATE TABLE minutes_spent (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    user_id INTEGER NOT NULL,
    lesson_id INTEGER NOT NULL REFERENCES lessons (id),
    minutes INTEGER NOT NULL CHECK (minutes > 0),
    at TEXT NOT NULL
) STRICT;
CREATE INDEX minutes_of_a_learner ON minutes_spent (user_id, at, minutes);
CREATE INDEX minutes_by_lesson ON minutes_spent (lesson_id);
CREATE TRIGGER minutes_are_never_changed BEFORE UPDATE ON minutes_spent BEGIN
    SELECT RAISE(ABORT, 'minutes are only ever added');
END;
CREATE TRIGGER minutes_are_never_removed BEFORE DELETE ON minutes_spent BEGIN
    SELECT RAISE(ABORT, 'minutes are only ever added');
END;

-- Each choice of rest days that a learner made; the last one holds. Monday is bit 0 of `weekdays`, Sunday bit 6.
CREATE TABLE rest_days (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    user_id INTEGER NOT NULL,
    weekdays INTEGER NOT NULL CHECK (weekdays BETWEEN 0 AND 127),
    chosen_at TEXT NOT NULL
) STRICT;
CREATE INDEX rest_days_of_a_learner ON rest_days (user_id, id);
CREATE TRIGGER rest_days_are_never_changed BEFORE UPDATE ON rest_days BEGIN
    SELECT RAISE(ABORT, 'choices of rest days are only ever added');
END;
CREATE TRIGGER rest_days_are_never_removed BEFORE DELETE ON rest_days BEGIN
    SELECT RAISE(ABORT, 'choices of rest days are only ever added');
END;
