-- What people say in circles and where they are stuck can be reported, too. Who teaches the course hides it: with a reason
-- it is read by its author alone, who reads that as well.
INSERT INTO report_kinds (kind) VALUES ('circle_post'), ('help_request'), ('help_reply');

ALTER TABLE circle_posts ADD COLUMN hidden_reason TEXT NOT NULL DEFAULT '';
ALTER TABLE circle_posts ADD COLUMN hidden_by INTEGER REFERENCES learners (user_id);
CREATE INDEX circle_posts_hidden_by ON circle_posts (hidden_by);

ALTER TABLE help_requests ADD COLUMN hidden_reason TEXT NOT NULL DEFAULT '';
ALTER TABLE help_requests ADD COLUMN hidden_by INTEGER REFERENCES learners (user_id);
CREATE INDEX help_requests_hidden_by ON help_requests (hidden_by);

ALTER TABLE help_replies ADD COLUMN hidden_reason TEXT NOT NULL DEFAULT '';
ALTER TABLE help_replies ADD COLUMN hidden_by INTEGER REFERENCES learners (user_id);
CREATE INDEX help_replies_hidden_by ON help_replies (hidden_by);

-- The first is about a row of circle_posts, the second of help_requests, also where a reply was hidden.
INSERT INTO notice_kinds (kind) VALUES ('post_hidden'), ('help_hidden');
