-- Learning (L1–L4): cards of calls that are posts, practice, lessons, the company's answer.

-- L4: where in a call a post of a kind other than article is offered, and the line that is said (the post's body tells more). A post is the company's, an objection a
-- team's: it is named by its key in the starting content, or, where it is a team's own, by its id. '' and NULL: any.
CREATE TABLE post_card (
	post_id BIGINT NOT NULL PRIMARY KEY REFERENCES post (post_id),
	line TEXT NOT NULL,
	playbook_key TEXT NOT NULL DEFAULT '', -- '': of every playbook
	objection_key TEXT NOT NULL DEFAULT '',
	objection_id BIGINT,            -- a team's own
	variety TEXT NOT NULL DEFAULT '', -- as of item: opener
	level TEXT NOT NULL DEFAULT '', -- question: of the funnel or of SPIN
	question_type TEXT NOT NULL DEFAULT '',
	motives BIGINT NOT NULL DEFAULT 0,
	family TEXT NOT NULL DEFAULT '', -- concession: of trade_variable
	team_id BIGINT,                 -- from whose call it was written ("this worked"); NULL: from none
	call_id BIGINT
);

-- Derived: in how many ended calls of all teams a card was used, and in how many of them the call went on.
CREATE TABLE card_count (
	post_id BIGINT NOT NULL PRIMARY KEY REFERENCES post (post_id),
	used BIGINT NOT NULL,
	went_on BIGINT NOT NULL
);

-- Which card was used in which ended call, whether the call's step went forward after it, and the votes that this gave (a vote is a fact: it is given once, whatever is
-- derived again). member_id, at and went_on are derived from the call's events; went_on NULL: the events show no use (any more).
CREATE TABLE card_use (
	team_id BIGINT NOT NULL,
	call_id BIGINT NOT NULL,
	post_id BIGINT NOT NULL REFERENCES post (post_id),
	member_id BIGINT NOT NULL,
	at BIGINT NOT NULL,
	went_on BIGINT,
	use_vote_id BIGINT,
	well_vote_id BIGINT,
	PRIMARY KEY (team_id, call_id, post_id),
	FOREIGN KEY (team_id, call_id) REFERENCES call (team_id, call_id)
);
CREATE INDEX card_use_by_post ON card_use (post_id, at);

-- L1: a talk with a simulated client. Its events are the truth: what happened, the client's part too, follows from scenario, seed and the manager's events. What
-- stands in the last columns repeats them once it has ended.
CREATE TABLE practice (
	team_id BIGINT NOT NULL,
	practice_id BIGINT NOT NULL,
	member_id BIGINT NOT NULL,
	scenario TEXT NOT NULL,         -- its key in the program's content
	seed BIGINT NOT NULL,
	language TEXT NOT NULL,
	mode TEXT NOT NULL CHECK (mode IN ('sale', 'negotiation')), -- which the manager chose to begin with
	created_at BIGINT NOT NULL,
	ended_at BIGINT,
	tenths BIGINT,                  -- the score, 10 … 50
	won BIGINT,
	failed BIGINT,                  -- 1: a personal cut was offered
	left_minor BIGINT,              -- left on the table; NULL: nothing was agreed
	PRIMARY KEY (team_id, practice_id),
	FOREIGN KEY (team_id, member_id) REFERENCES member (team_id, member_id)
);
CREATE INDEX practice_by_member ON practice (team_id, member_id, created_at);
CREATE INDEX practice_by_time ON practice (team_id, created_at);

CREATE TABLE practice_event (
	team_id BIGINT NOT NULL,
	practice_id BIGINT NOT NULL,
	seq BIGINT NOT NULL,            -- from 1
	event_id TEXT NOT NULL,         -- made by the browser: taken once
	at BIGINT NOT NULL,
	kind TEXT NOT NULL,             -- of the call's events, or "words": typed by the manager, heard as far as they can be: how, stands in item_id (a card that they are) and value
	item_id BIGINT,
	value BIGINT,
	text TEXT,
	said TEXT NOT NULL DEFAULT '',  -- what the client answered, as it was worded then: an outside wording cannot be made again
	PRIMARY KEY (team_id, practice_id, seq),
	FOREIGN KEY (team_id, practice_id) REFERENCES practice (team_id, practice_id)
);
CREATE UNIQUE INDEX practice_event_once ON practice_event (team_id, practice_id, event_id);

-- A mark that a lead gave instead of the rubric's, on a real call or a practice. The last one counts; none is deleted.
CREATE TABLE mark (
	team_id BIGINT NOT NULL,
	mark_id BIGINT NOT NULL,
	call_id BIGINT,
	practice_id BIGINT,
	criterion TEXT NOT NULL,
	mark BIGINT CHECK (mark BETWEEN 1 AND 5), -- NULL: the rubric's own again
	reason TEXT NOT NULL,
	member_id BIGINT NOT NULL,
	at BIGINT NOT NULL,
	PRIMARY KEY (team_id, mark_id),
	CHECK ((call_id IS NULL) <> (practice_id IS NULL))
);
CREATE INDEX mark_by_call ON mark (team_id, call_id, at) WHERE call_id IS NOT NULL;
CREATE INDEX mark_by_practice ON mark (team_id, practice_id, at) WHERE practice_id IS NOT NULL;

-- Derived when a call ends and when a lead marks it: how it was led, in tenths (10 … 50), with the leads' marks and by the rubric alone. One row a conversation that took place.
CREATE TABLE call_score (
	team_id BIGINT NOT NULL,
	call_id BIGINT NOT NULL,
	member_id BIGINT NOT NULL,      -- who led it
	ended_at BIGINT NOT NULL,
	mode TEXT NOT NULL CHECK (mode IN ('sale', 'negotiation')),
	tenths BIGINT NOT NULL,
	rubric BIGINT NOT NULL,
	PRIMARY KEY (team_id, call_id),
	FOREIGN KEY (team_id, call_id) REFERENCES call (team_id, call_id)
);
CREATE INDEX call_score_by_member ON call_score (team_id, member_id, ended_at);

-- Courses: a member's way through lessons, which are the program's content (their keys) or the team's own. Every try at a quiz is kept.
CREATE TABLE lesson_read (
	team_id BIGINT NOT NULL,
	member_id BIGINT NOT NULL,
	lesson TEXT NOT NULL,
	at BIGINT NOT NULL,
	PRIMARY KEY (team_id, member_id, lesson),
	FOREIGN KEY (team_id, member_id) REFERENCES member (team_id, member_id)
);
-- A team's own lessons, as they were written (content/lessons/README.md tells the form). Their key elsewhere is "t" and the id.
CREATE TABLE team_lesson (
	team_id BIGINT NOT NULL,
	lesson_id BIGINT NOT NULL,
	text TEXT NOT NULL,
	member_id BIGINT NOT NULL,
	created_at BIGINT NOT NULL,
	changed_at BIGINT NOT NULL,
	retired_at BIGINT,
	PRIMARY KEY (team_id, lesson_id),
	FOREIGN KEY (team_id, member_id) REFERENCES member (team_id, member_id)
);
CREATE TABLE quiz_try (
	team_id BIGINT NOT NULL,
	try_id BIGINT NOT NULL,
	member_id BIGINT NOT NULL,
	lesson TEXT NOT NULL,
	quiz BIGINT NOT NULL,           -- a digest of its questions and answers as they were then: these are told only beside them
	at BIGINT NOT NULL,
	answers TEXT NOT NULL,          -- JSON: [the places of what was chosen, for each question]
	n_right BIGINT NOT NULL,
	n BIGINT NOT NULL,
	PRIMARY KEY (team_id, try_id),
	FOREIGN KEY (team_id, member_id) REFERENCES member (team_id, member_id)
);
CREATE INDEX quiz_try_by_member ON quiz_try (team_id, member_id, lesson, at);

-- L2. What the advisor said when the conversation began: which it is, and how sure. NULL: it began before this was kept.
ALTER TABLE call ADD COLUMN advised TEXT CHECK (advised IN ('sale', 'negotiation'));
ALTER TABLE call ADD COLUMN advised_sure DOUBLE PRECISION;
-- Of a conversation in which a package was signed, measured when it was, by the table of that moment: how much more the best package of the same worth to them would have brought us, and
-- how far that one lies above our limit. NULL: no table, or no limit.
ALTER TABLE call ADD COLUMN left_minor BIGINT;
ALTER TABLE call ADD COLUMN room_minor BIGINT;

-- Derived when a call ends, for the company's answer: one row a conversation that took place.
CREATE TABLE call_fact (
	team_id BIGINT NOT NULL,
	call_id BIGINT NOT NULL,
	deal_id BIGINT NOT NULL,
	ended_at BIGINT NOT NULL,
	member_id BIGINT NOT NULL,
	segment TEXT NOT NULL,
	product_id BIGINT,
	number BIGINT NOT NULL,         -- which conversation of its deal
	mode TEXT NOT NULL,             -- the one in which most of it was led
	advised TEXT,
	outcome TEXT NOT NULL,
	step TEXT NOT NULL,             -- the furthest that was reached in it
	price_first BIGINT,             -- in it the deal's first concession was made: 1 in price, 0 in something else
	gifts BIGINT NOT NULL,          -- concessions for nothing
	left_minor BIGINT,
	room_minor BIGINT,
	motives BIGINT NOT NULL,        -- found in the deal's conversations, up to this one
	found TEXT NOT NULL,            -- objections raised and interests found in them: ids, ascending, parted by spaces
	seen BIGINT NOT NULL,           -- call_fact_state.seen when it was written
	PRIMARY KEY (team_id, call_id),
	FOREIGN KEY (team_id, call_id) REFERENCES call (team_id, call_id)
);
CREATE INDEX call_fact_by_deal ON call_fact (team_id, deal_id);
CREATE INDEX call_fact_by_seen ON call_fact (team_id, seen);
-- For who keeps facts in memory: what was written after `seen` is read again; another `run`, all of it.
CREATE TABLE call_fact_state (
	team_id BIGINT NOT NULL PRIMARY KEY REFERENCES team (team_id),
	run BIGINT NOT NULL,
	seen BIGINT NOT NULL
);

-- When the company's answer was published as a post with a poll, over which days and with which figures (JSON, as the page showed them).
CREATE TABLE answer_post (
	team_id BIGINT NOT NULL,
	post_id BIGINT NOT NULL REFERENCES post (post_id),
	member_id BIGINT NOT NULL,
	at BIGINT NOT NULL,
	from_day BIGINT NOT NULL,
	to_day BIGINT NOT NULL,
	figures TEXT NOT NULL,
	PRIMARY KEY (team_id, post_id)
);
