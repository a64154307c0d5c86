-- Journals, posts, votes, the main top. These are the company's, not a team's: everyone in it reads them (and, where it says so, anyone at all), so no
-- team_id leads their keys. A blogger who is a member has his member_id as journal_id: a vote of one's own is an equality of two ids.

CREATE TABLE journal_rules (
	company_id BIGINT NOT NULL PRIMARY KEY CHECK (company_id = 1),
	open_reading BIGINT NOT NULL DEFAULT 0,      -- 1: anyone may read, 0: members
	places BIGINT NOT NULL DEFAULT 50 CHECK (places BETWEEN 1 AND 1000),
	half_life_us BIGINT NOT NULL DEFAULT 43200000000 CHECK (half_life_us > 0),
	floor DOUBLE PRECISION NOT NULL DEFAULT 2 CHECK (floor > 0),
	late_us BIGINT NOT NULL DEFAULT 604800000000 CHECK (late_us >= 0),
	community_most BIGINT NOT NULL DEFAULT 0     -- posts of one community in the top at once; 0: any number
);
INSERT INTO journal_rules (company_id) VALUES (1);

CREATE TABLE journal (
	journal_id BIGINT NOT NULL PRIMARY KEY,
	kind TEXT NOT NULL CHECK (kind IN ('blogger', 'community')),
	team_id BIGINT,                 -- of the member whose journal it is (journal_id = member_id); NULL for a community and an outside feed
	name TEXT NOT NULL,
	name_fold TEXT NOT NULL,
	about TEXT NOT NULL DEFAULT '', -- Markdown
	rules TEXT NOT NULL DEFAULT '', -- of a community, Markdown
	created_at BIGINT NOT NULL,
	founder_id BIGINT,              -- who founded the community, who added the feed
	closed_at BIGINT
);
CREATE INDEX journal_by_name ON journal (kind, name_fold, journal_id);

CREATE TABLE community_member (
	journal_id BIGINT NOT NULL REFERENCES journal (journal_id),
	member_id BIGINT NOT NULL,
	role TEXT NOT NULL CHECK (role IN ('member', 'moderator')),
	joined_at BIGINT NOT NULL,
	PRIMARY KEY (journal_id, member_id)
);
CREATE INDEX community_by_member ON community_member (member_id, journal_id);

CREATE TABLE follow (
	member_id BIGINT NOT NULL,
	journal_id BIGINT NOT NULL REFERENCES journal (journal_id),
	at BIGINT NOT NULL,
	PRIMARY KEY (member_id, journal_id)
);
CREATE INDEX follow_by_journal ON follow (journal_id, at, member_id);

-- author_id: a blogger's journal; NULL for an entry of a community's outside feed. At least one of author and community.
CREATE TABLE post (
	post_id BIGINT NOT NULL PRIMARY KEY,
	author_id BIGINT REFERENCES journal (journal_id),
	community_id BIGINT REFERENCES journal (journal_id),
	kind TEXT NOT NULL CHECK (kind IN ('article', 'opener', 'question', 'answer', 'argument', 'story', 'concession')),
	language TEXT NOT NULL,
	title TEXT NOT NULL,
	body TEXT NOT NULL,
	format TEXT NOT NULL CHECK (format IN ('markdown', 'html')), -- html: of an outside feed, cleaned when it came
	excerpt TEXT NOT NULL DEFAULT '', -- its beginning as plain text, for lists
	link TEXT NOT NULL DEFAULT '',    -- the source, of an outside feed's entry
	byline TEXT NOT NULL DEFAULT '',  -- whom an outside feed names as the author
	created_at BIGINT NOT NULL,
	changed_at BIGINT NOT NULL,
	published_at BIGINT,              -- NULL: a draft
	hidden_at BIGINT,                 -- by a moderator
	deleted_at BIGINT,                -- by its author
	merged_into BIGINT,               -- by a moderator: the same thing said twice
	version BIGINT NOT NULL DEFAULT 1,
	comments BIGINT NOT NULL DEFAULT 0, -- derived: those that can be seen
	CHECK (author_id IS NOT NULL OR community_id IS NOT NULL)
);
CREATE INDEX post_by_author ON post (author_id, published_at, post_id);
CREATE INDEX post_by_community ON post (community_id, published_at, post_id) WHERE community_id IS NOT NULL;
CREATE INDEX post_by_time ON post (published_at, post_id) WHERE published_at IS NOT NULL;
CREATE INDEX post_by_kind ON post (kind, published_at, post_id) WHERE published_at IS NOT NULL;

-- What a post was before it was edited; `version` counts from 1 as in post, whose own text is the latest.
CREATE TABLE post_version (
	post_id BIGINT NOT NULL REFERENCES post (post_id),
	version BIGINT NOT NULL,
	at BIGINT NOT NULL,             -- when this text was written
	member_id BIGINT,
	title TEXT NOT NULL,
	body TEXT NOT NULL,
	PRIMARY KEY (post_id, version)
);

CREATE TABLE post_tag (
	post_id BIGINT NOT NULL REFERENCES post (post_id),
	tag TEXT NOT NULL,              -- as it is written
	tag_fold TEXT NOT NULL,
	PRIMARY KEY (post_id, tag_fold)
);
CREATE INDEX post_tag_by_tag ON post_tag (tag_fold, post_id);

-- The program's own pictures that a post's text shows: who may read one of them may see the picture. Derived from the text when it is written.
CREATE TABLE post_picture (
	post_id BIGINT NOT NULL REFERENCES post (post_id),
	picture_id BIGINT NOT NULL,
	PRIMARY KEY (post_id, picture_id)
);
CREATE INDEX post_picture_by_picture ON post_picture (picture_id);

CREATE TABLE picture (
	picture_id BIGINT NOT NULL PRIMARY KEY,
	member_id BIGINT NOT NULL,      -- who brought it
	at BIGINT NOT NULL,
	content_type TEXT NOT NULL CHECK (content_type IN ('image/png', 'image/jpeg', 'image/gif', 'image/webp')),
	width BIGINT NOT NULL,
	height BIGINT NOT NULL,
	alt TEXT NOT NULL DEFAULT '',
	digest TEXT NOT NULL,           -- of the content: the same picture is kept once for a member
	content BLOB NOT NULL
);
CREATE UNIQUE INDEX picture_once ON picture (member_id, digest);

CREATE TABLE comment (
	post_id BIGINT NOT NULL REFERENCES post (post_id),
	comment_id BIGINT NOT NULL,
	parent_id BIGINT,               -- another comment of this post
	author_id BIGINT NOT NULL REFERENCES journal (journal_id),
	at BIGINT NOT NULL,
	edited_at BIGINT,
	body TEXT NOT NULL,             -- Markdown
	hidden_at BIGINT,
	PRIMARY KEY (post_id, comment_id)
);
CREATE INDEX comment_by_author ON comment (author_id, at);

-- A poll with a reason under a post (L2).
CREATE TABLE poll (
	post_id BIGINT NOT NULL PRIMARY KEY REFERENCES post (post_id),
	question TEXT NOT NULL,
	closes_at BIGINT
);
CREATE TABLE poll_option (
	post_id BIGINT NOT NULL REFERENCES poll (post_id),
	place BIGINT NOT NULL,          -- from 1
	text TEXT NOT NULL,
	PRIMARY KEY (post_id, place)
);
CREATE TABLE poll_answer (
	post_id BIGINT NOT NULL REFERENCES poll (post_id),
	member_id BIGINT NOT NULL,
	place BIGINT NOT NULL,
	reason TEXT NOT NULL DEFAULT '',
	at BIGINT NOT NULL,
	PRIMARY KEY (post_id, member_id)
);

-- A vote is an event: it is never changed, only taken back. voter_id is a member, author_id its post's author (0: none). base: 1, or 2 for a call that went
-- well. nth, weight and adds are derived (T8, the rule of lateness): the keeper of the top writes them.
CREATE TABLE vote (
	vote_id BIGINT NOT NULL PRIMARY KEY,
	post_id BIGINT NOT NULL REFERENCES post (post_id),
	voter_id BIGINT NOT NULL,
	author_id BIGINT NOT NULL,
	kind TEXT NOT NULL CHECK (kind IN ('up', 'use', 'well')),
	base DOUBLE PRECISION NOT NULL,
	at BIGINT NOT NULL,
	taken_at BIGINT,                -- when it was taken back
	nth BIGINT,                     -- the how-manieth of this reader for this author in 30 days; NULL: not weighed yet; 0: it counts for nothing
	weight DOUBLE PRECISION,
	adds BIGINT                     -- 1 where it adds heat; 0: too late, or it counts for nothing
);
CREATE UNIQUE INDEX vote_once ON vote (post_id, voter_id) WHERE kind = 'up' AND taken_at IS NULL;
CREATE INDEX vote_by_post ON vote (post_id, at, vote_id);
CREATE INDEX vote_uncounted ON vote (post_id, at) WHERE taken_at IS NOT NULL OR coalesce(nth, 0) = 0; -- few: how many count is all less these
CREATE INDEX vote_by_pair ON vote (voter_id, author_id, at, vote_id);
CREATE INDEX vote_by_time ON vote (at, vote_id);

-- What merging a post into another did to votes and comments, so that it can be undone: home_id is the post they were given to. A vote counts for the post it is
-- merged into (vote.post_id); of one reader only the earliest: the others are set aside (aside 1), as taken back at the moment of merging.
CREATE TABLE vote_moved (
	vote_id BIGINT NOT NULL PRIMARY KEY REFERENCES vote (vote_id),
	home_id BIGINT NOT NULL REFERENCES post (post_id),
	aside BIGINT NOT NULL
);
CREATE INDEX vote_moved_by_home ON vote_moved (home_id);
CREATE TABLE comment_moved (
	comment_id BIGINT NOT NULL PRIMARY KEY,
	home_id BIGINT NOT NULL REFERENCES post (post_id)
);
CREATE INDEX comment_moved_by_home ON comment_moved (home_id);

-- What the keeper of the top has still to do: take votes in (vote_id), or run again from a moment, because what happened then counts no more.
CREATE TABLE top_work (
	work_id BIGINT NOT NULL PRIMARY KEY,
	kind TEXT NOT NULL CHECK (kind IN ('vote', 'again')),
	vote_id BIGINT,
	at BIGINT NOT NULL              -- of the vote; from when to run again
);

CREATE INDEX top_work_by_vote ON top_work (vote_id);

-- Derived from here on (`sturgeon check` proves it equal to a rebuild from the votes).
-- One row: how far the keeper has come. run grows whenever tenures change; again is the run in which history was last written anew.
CREATE TABLE top_state (
	company_id BIGINT NOT NULL PRIMARY KEY CHECK (company_id = 1),
	done_at BIGINT NOT NULL,        -- every floor up to here has been handled
	run BIGINT NOT NULL,
	again BIGINT NOT NULL
);
INSERT INTO top_state (company_id, done_at, run, again) VALUES (1, 0, 0, 0);

-- From when each of the last runs that wrote history anew did so: what follows the tenures takes back as much, and no more.
CREATE TABLE top_again (
	run BIGINT NOT NULL PRIMARY KEY,
	at BIGINT NOT NULL
);

-- The heat of a post as core/top/heat.h keeps it: sum · 2^base at h half-lives; votes that can be seen, and what they weigh together.
CREATE TABLE post_heat (
	post_id BIGINT NOT NULL PRIMARY KEY REFERENCES post (post_id),
	sum DOUBLE PRECISION NOT NULL,
	base BIGINT NOT NULL,
	votes BIGINT NOT NULL,
	weight DOUBLE PRECISION NOT NULL
);
CREATE INDEX post_by_heat ON post_heat (base, sum, post_id); -- the hottest ever first: no time changes their order

CREATE TABLE tenure (
	post_id BIGINT NOT NULL REFERENCES post (post_id),
	from_at BIGINT NOT NULL,
	position BIGINT NOT NULL,
	to_at BIGINT,                   -- NULL: held still
	run BIGINT NOT NULL,            -- in which it was last written
	PRIMARY KEY (post_id, from_at)
);
CREATE INDEX tenure_by_position ON tenure (position, from_at);
CREATE INDEX tenure_open ON tenure (position) WHERE to_at IS NULL;
CREATE INDEX tenure_by_run ON tenure (run);
CREATE INDEX tenure_by_from ON tenure (from_at);
CREATE INDEX tenure_by_end ON tenure (to_at) WHERE to_at IS NOT NULL;

-- Who may not write and whose votes do not count: in one community, or everywhere (community_id 0). His votes do not count while lifted_at is NULL, which
-- a run of the top can rely on; what he may do is also given back by the clock, at until_at.
CREATE TABLE ban (
	ban_id BIGINT NOT NULL PRIMARY KEY, -- the act's
	member_id BIGINT NOT NULL,
	community_id BIGINT NOT NULL,
	at BIGINT NOT NULL,
	until_at BIGINT,                -- NULL: until it is lifted
	lifted_at BIGINT                -- when it was lifted, or ran out (until_at)
);
CREATE INDEX ban_by_member ON ban (member_id, community_id);
CREATE INDEX ban_by_end ON ban (until_at) WHERE lifted_at IS NULL AND until_at IS NOT NULL;

-- The public log of moderation. effect: JSON [{journal, name, was, now}], the rating of all time before and after, once the top has run again.
CREATE TABLE act (
	act_id BIGINT NOT NULL PRIMARY KEY,
	at BIGINT NOT NULL,
	member_id BIGINT NOT NULL,      -- who did it
	kind TEXT NOT NULL CHECK (kind IN ('hide', 'show', 'hide_comment', 'show_comment', 'ban', 'unban', 'merge', 'unmerge', 'rules', 'close', 'reopen')),
	community_id BIGINT,            -- whose moderators; NULL: the company's
	post_id BIGINT,
	comment_id BIGINT,
	journal_id BIGINT,              -- the one who was banned
	into_id BIGINT,                 -- the post merged into
	reason TEXT NOT NULL,
	detail TEXT,                    -- of 'rules': JSON [{rule, was, now}]
	effect TEXT
);
CREATE INDEX act_by_time ON act (at, act_id);
CREATE INDEX act_by_community ON act (community_id, at, act_id) WHERE community_id IS NOT NULL;
CREATE INDEX act_by_post ON act (post_id, at, act_id) WHERE post_id IS NOT NULL;
CREATE INDEX act_open ON act (act_id) WHERE effect IS NULL;

-- Outside feeds: one a journal.
CREATE TABLE feed (
	journal_id BIGINT NOT NULL PRIMARY KEY REFERENCES journal (journal_id),
	url TEXT NOT NULL,
	etag TEXT NOT NULL DEFAULT '',
	last_modified TEXT NOT NULL DEFAULT '',
	every_us BIGINT NOT NULL,
	next_at BIGINT NOT NULL,
	checked_at BIGINT,
	good_at BIGINT,
	failures BIGINT NOT NULL DEFAULT 0,
	problem TEXT NOT NULL DEFAULT '', -- msgid of what was wrong the last time
	problem_detail TEXT NOT NULL DEFAULT ''
);
CREATE UNIQUE INDEX feed_by_url ON feed (url);
CREATE INDEX feed_by_next ON feed (next_at);

CREATE TABLE feed_entry (
	journal_id BIGINT NOT NULL REFERENCES feed (journal_id),
	guid TEXT NOT NULL,             -- what it calls itself, else its link, else a digest of its title and text
	link TEXT NOT NULL,
	digest TEXT NOT NULL,           -- of its text: edited where it differs
	post_id BIGINT NOT NULL,        -- 0: it was there before the feed was read here, and passed over
	PRIMARY KEY (journal_id, guid)
);
CREATE INDEX feed_entry_by_link ON feed_entry (journal_id, link) WHERE link <> '';

-- By which a member's reader of feeds reads ours: it has no log-in. Only the key's hash is kept.
CREATE TABLE feed_key (
	team_id BIGINT NOT NULL,
	member_id BIGINT NOT NULL,
	token TEXT NOT NULL,            -- hash
	created_at BIGINT NOT NULL,
	PRIMARY KEY (team_id, member_id)
);
CREATE UNIQUE INDEX feed_key_by_token ON feed_key (token);

-- When a member last looked at the top, for "since your last visit": the visit before the present one.
CREATE TABLE top_visit (
	member_id BIGINT NOT NULL PRIMARY KEY,
	at BIGINT NOT NULL,
	before_at BIGINT
);
