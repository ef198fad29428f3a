-- Somebody is leaving for good. Their account is closed with this row, in one transaction; then lms.db is cleared of them,
-- then this file, and the row goes last. So a run that ends in between is carried through by the next one.
CREATE TABLE leaving (
    user_id INTEGER PRIMARY KEY,
    -- of the account, and the one that takes its place where something of theirs stays without a name
    uuid TEXT NOT NULL,
    nobody TEXT NOT NULL,
    asked_at TEXT NOT NULL
) STRICT;

-- Who stands here, within the one transaction that erases them, may have their uuid taken out of events.
CREATE TABLE erasing (
    user_id INTEGER PRIMARY KEY,
    uuid TEXT NOT NULL
) STRICT;
DROP TRIGGER events_are_never_changed;
CREATE TRIGGER events_are_never_changed BEFORE UPDATE ON events
WHEN NEW.id <> OLD.id OR NEW.kind <> OLD.kind OR NEW.user_id <> OLD.user_id OR NEW.at <> OLD.at
    OR NEW.machine_id <> OLD.machine_id OR NEW.number <> OLD.number
    OR NOT EXISTS (SELECT 1 FROM erasing WHERE instr(OLD.payload, erasing.uuid))
BEGIN
    SELECT RAISE(ABORT, 'events are only ever added');
END;

INSERT INTO event_kinds (kind) VALUES ('account_left');
