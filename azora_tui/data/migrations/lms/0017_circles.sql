-- Circles: three to twelve people around a course, with a goal and a day. Who leaves has no row any more.
CREATE TABLE circles (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    uuid TEXT NOT NULL UNIQUE,
    course_id INTEGER NOT NULL REFERENCES courses (id),
    maker_id INTEGER NOT NULL REFERENCES learners (user_id),
    name TEXT NOT NULL CHECK (name <> ''),
    goal TEXT NOT NULL CHECK (goal <> ''),
    until TEXT NOT NULL,
    -- What lets somebody in, read out loud among them, so it is kept as it is: they have to be able to tell it again.
    word TEXT NOT NULL UNIQUE,
    made_at TEXT NOT NULL
) STRICT;
CREATE INDEX circles_of_a_course ON circles (course_id);
CREATE INDEX circles_by_maker ON circles (maker_id);

-- `shows_progress` lets the others see how far somebody is; `there_at` is when they said that they have reached the goal.
CREATE TABLE circle_members (
    circle_id INTEGER NOT NULL REFERENCES circles (id),
    user_id INTEGER NOT NULL REFERENCES learners (user_id),
    joined_at TEXT NOT NULL,
    shows_progress INTEGER NOT NULL DEFAULT 0 CHECK (shows_progress IN (0, 1)),
    there_at TEXT,
    PRIMARY KEY (circle_id, user_id)
) STRICT;
CREATE INDEX circles_of_a_member ON circle_members (user_id);

-- A post, or with `parent_id` a reply to one. What is taken back goes; only under replies of others an empty row of
-- nobody stays.
CREATE TABLE circle_posts (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    uuid TEXT NOT NULL UNIQUE,
    circle_id INTEGER NOT NULL REFERENCES circles (id),
    parent_id INTEGER REFERENCES circle_posts (id),
    author_id INTEGER REFERENCES learners (user_id),
    text TEXT NOT NULL,
    at TEXT NOT NULL,
    changed_at TEXT,
    CHECK (text <> '' OR author_id IS NULL)
) STRICT;
CREATE INDEX posts_in_a_circle ON circle_posts (circle_id, parent_id, at);
CREATE INDEX replies_to_a_post ON circle_posts (parent_id, at);
CREATE INDEX posts_of_somebody ON circle_posts (author_id, circle_id);

-- Wrong words of the last hour, which slow down whoever tries one after another.
CREATE TABLE circle_wrong_words (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    user_id INTEGER NOT NULL REFERENCES learners (user_id),
    at TEXT NOT NULL
) STRICT;
CREATE INDEX wrong_words_of_somebody ON circle_wrong_words (user_id, at);

INSERT INTO notice_kinds (kind) VALUES ('circle_joined'), ('circle_posted'), ('circle_replied');
