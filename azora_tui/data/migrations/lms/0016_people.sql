-- What people are found by: what they show, folded; it begins with the name, so that its order is theirs.
ALTER TABLE profiles ADD COLUMN search_text TEXT NOT NULL DEFAULT '';
DROP INDEX open_profiles;
CREATE INDEX open_profiles ON profiles (is_open, search_text);

-- What the blocked were called when they were blocked: whoever did it has to find them again, and learns nothing newer.
ALTER TABLE blocks ADD COLUMN name TEXT NOT NULL DEFAULT '';
