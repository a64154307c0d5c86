-- The negotiation (N1–N9): the team's library of trade variables, the table of a deal, what was offered, the person and the interests.

-- Playbook items of two more kinds. interest: what may stand behind a position (objection_id; motives: those that serve it; variety 'compliance': a personal cut);
-- spin: a question of the SPIN funnel to a position (objection_id; NULL: to any), level situation, problem, implication or direct. An objection with the variety
-- 'argument' is one that only a negotiation hears, a preparation with the variety 'negotiation' is for one alone; openers have the varieties topic, story and association, too. A check cannot be changed where it stands, so
-- the table is made anew.
ALTER TABLE item RENAME TO item_before;
ALTER TABLE item_text RENAME TO item_text_before;
CREATE TABLE item (
	team_id BIGINT NOT NULL,
	item_id BIGINT NOT NULL,
	playbook_id BIGINT NOT NULL,
	key TEXT NOT NULL,
	kind TEXT NOT NULL CHECK (kind IN ('preparation', 'opener', 'question', 'probe', 'objection', 'answer', 'close', 'term', 'interest', 'spin')),
	place BIGINT NOT NULL,
	variety TEXT NOT NULL DEFAULT '',
	level TEXT NOT NULL DEFAULT '',
	question_type TEXT NOT NULL DEFAULT '',
	motives BIGINT NOT NULL DEFAULT 0,
	objection_id BIGINT,
	retired_at BIGINT,
	PRIMARY KEY (team_id, item_id),
	FOREIGN KEY (team_id, playbook_id) REFERENCES playbook (team_id, playbook_id)
);
INSERT INTO item (team_id, item_id, playbook_id, key, kind, place, variety, level, question_type, motives, objection_id, retired_at)
	SELECT team_id, item_id, playbook_id, key, kind, place, variety, level, question_type, motives, objection_id, retired_at FROM item_before;
CREATE TABLE item_text (
	team_id BIGINT NOT NULL,
	item_id BIGINT NOT NULL,
	language TEXT NOT NULL,
	part TEXT NOT NULL,             -- 'text'; an objection also has 'clarify', 'agree' and 'complete'; an interest has 'client' (in words that a client may read), a personal cut 'say'
	text TEXT NOT NULL,
	PRIMARY KEY (team_id, item_id, language, part),
	FOREIGN KEY (team_id, item_id) REFERENCES item (team_id, item_id)
);
INSERT INTO item_text (team_id, item_id, language, part, text) SELECT team_id, item_id, language, part, text FROM item_text_before;
DROP TABLE item_text_before;
DROP TABLE item_before;
CREATE INDEX item_by_playbook ON item (team_id, playbook_id, kind, place);
CREATE INDEX item_by_key ON item (team_id, playbook_id, key);

-- The library of trade variables (N1): what the company can give and ask. playbook_id NULL: of every playbook. `price`: conceded last. Values are ours and theirs (a
-- range) as minor units and as a share of the deal's value in ten-thousandths, which add up: "prepayment: 3 % of the deal".
-- A variable with `step` is a range (a price, days): its options are break points at `x`, between them values run in straight lines.
CREATE TABLE trade_variable (
	team_id BIGINT NOT NULL REFERENCES team (team_id),
	variable_id BIGINT NOT NULL,
	playbook_id BIGINT,
	key TEXT NOT NULL DEFAULT '',
	family TEXT NOT NULL CHECK (family IN ('deadline', 'cost', 'service', 'extra_service', 'free_product')),
	price BIGINT NOT NULL DEFAULT 0,
	step BIGINT,
	place BIGINT NOT NULL,
	retired_at BIGINT,
	PRIMARY KEY (team_id, variable_id),
	FOREIGN KEY (team_id, playbook_id) REFERENCES playbook (team_id, playbook_id)
);
CREATE TABLE trade_variable_text (
	team_id BIGINT NOT NULL,
	variable_id BIGINT NOT NULL,
	language TEXT NOT NULL,
	name TEXT NOT NULL,
	unit TEXT NOT NULL DEFAULT '',
	hint TEXT NOT NULL DEFAULT '',  -- what in a client shows that he values it: the manager ticks it
	PRIMARY KEY (team_id, variable_id, language),
	FOREIGN KEY (team_id, variable_id) REFERENCES trade_variable (team_id, variable_id)
);
CREATE TABLE trade_option (
	team_id BIGINT NOT NULL,
	variable_id BIGINT NOT NULL,
	option_id BIGINT NOT NULL,
	place BIGINT NOT NULL,
	x BIGINT,                       -- of a range: the break point
	starts BIGINT NOT NULL DEFAULT 0, -- 1: where the talk starts from
	ours_minor BIGINT NOT NULL DEFAULT 0,
	ours_share BIGINT NOT NULL DEFAULT 0,
	theirs_low_minor BIGINT NOT NULL DEFAULT 0,
	theirs_low_share BIGINT NOT NULL DEFAULT 0,
	theirs_high_minor BIGINT NOT NULL DEFAULT 0,
	theirs_high_share BIGINT NOT NULL DEFAULT 0,
	retired_at BIGINT,
	PRIMARY KEY (team_id, variable_id, option_id),
	FOREIGN KEY (team_id, variable_id) REFERENCES trade_variable (team_id, variable_id)
);
CREATE TABLE trade_option_text (
	team_id BIGINT NOT NULL,
	variable_id BIGINT NOT NULL,
	option_id BIGINT NOT NULL,
	language TEXT NOT NULL,
	name TEXT NOT NULL,
	PRIMARY KEY (team_id, variable_id, option_id, language),
	FOREIGN KEY (team_id, variable_id, option_id) REFERENCES trade_option (team_id, variable_id, option_id)
);

-- The table of a deal. limit: ours of a package is never proposed below it; target: what we go for; their_limit: guessed. NULL: not set. Who set the limit, when and why is in
-- bargain_event; once the talk has begun (the first offer of either side, or the first negotiation that began) it changes only by a lead with a reason (N9).
CREATE TABLE bargain (
	team_id BIGINT NOT NULL,
	deal_id BIGINT NOT NULL,
	limit_minor BIGINT,
	target_minor BIGINT,
	their_limit_minor BIGINT,
	created_at BIGINT NOT NULL,
	changed_at BIGINT NOT NULL,
	PRIMARY KEY (team_id, deal_id),
	FOREIGN KEY (team_id, deal_id) REFERENCES deal (team_id, deal_id)
);
CREATE TABLE bargain_variable (
	team_id BIGINT NOT NULL,
	deal_id BIGINT NOT NULL,
	variable_id BIGINT NOT NULL,    -- its own id, also where it came from the library
	library_id BIGINT,
	family TEXT NOT NULL CHECK (family IN ('deadline', 'cost', 'service', 'extra_service', 'free_product')),
	price BIGINT NOT NULL DEFAULT 0,
	step BIGINT,                    -- a range, as in the library
	name TEXT NOT NULL,
	unit TEXT NOT NULL DEFAULT '',
	hint TEXT NOT NULL DEFAULT '',
	hinted BIGINT NOT NULL DEFAULT 0, -- 1: the manager ticked the hint
	place BIGINT NOT NULL,
	removed_at BIGINT,              -- not deleted: offers of the past speak of it
	PRIMARY KEY (team_id, deal_id, variable_id),
	FOREIGN KEY (team_id, deal_id) REFERENCES bargain (team_id, deal_id)
);
-- An option is spoken of by its id; a number of a range by x + 1, since 0 says nothing.
CREATE TABLE bargain_option (
	team_id BIGINT NOT NULL,
	deal_id BIGINT NOT NULL,
	variable_id BIGINT NOT NULL,
	option_id BIGINT NOT NULL,
	place BIGINT NOT NULL,
	x BIGINT,
	starts BIGINT NOT NULL DEFAULT 0,
	name TEXT NOT NULL,
	ours_minor BIGINT NOT NULL,
	theirs_low_minor BIGINT NOT NULL,
	theirs_high_minor BIGINT NOT NULL,
	removed_at BIGINT,
	PRIMARY KEY (team_id, deal_id, variable_id, option_id),
	FOREIGN KEY (team_id, deal_id, variable_id) REFERENCES bargain_variable (team_id, deal_id, variable_id)
);
CREATE TABLE bargain_forbidden (
	team_id BIGINT NOT NULL,
	deal_id BIGINT NOT NULL,
	variable_id BIGINT NOT NULL,
	option_id BIGINT NOT NULL,
	other_variable_id BIGINT NOT NULL,
	other_option_id BIGINT NOT NULL,
	PRIMARY KEY (team_id, deal_id, variable_id, option_id, other_variable_id, other_option_id),
	FOREIGN KEY (team_id, deal_id) REFERENCES bargain (team_id, deal_id)
);

-- What happened at the table outside calls; what happened inside them stands in call_event with the same words. Offers: asked (they), put and offered (we), refused (they),
-- talk.h says how they make the present state. Others: limit, target, their_limit, variable_added, variable_changed, variable_removed, hint, forbidden, with was and became.
CREATE TABLE bargain_event (
	team_id BIGINT NOT NULL,
	deal_id BIGINT NOT NULL,
	event_id BIGINT NOT NULL,
	at BIGINT NOT NULL,
	member_id BIGINT NOT NULL,
	kind TEXT NOT NULL,
	variable_id BIGINT,
	value BIGINT,                   -- the option (of a range its number + 1); of offered: 1 for nothing, on purpose
	amount_minor BIGINT,            -- what it brought us at that moment
	was TEXT NOT NULL DEFAULT '',
	became TEXT NOT NULL DEFAULT '',
	reason TEXT NOT NULL DEFAULT '',
	PRIMARY KEY (team_id, deal_id, event_id),
	FOREIGN KEY (team_id, deal_id) REFERENCES bargain (team_id, deal_id)
);
-- What an offer brought us when it was made: later changes of the table do not change what was.
ALTER TABLE call_event ADD COLUMN amount_minor BIGINT;

-- N2: the crib of a client: topics, associations, stories, written by the manager. Told: once an event "said" of a call names it (item_heard); it is offered no more then.
CREATE TABLE client_crib (
	team_id BIGINT NOT NULL,
	client_id BIGINT NOT NULL,
	crib_id BIGINT NOT NULL,        -- stands in call events as an item
	variety TEXT NOT NULL CHECK (variety IN ('topic', 'story', 'association')),
	text TEXT NOT NULL,
	member_id BIGINT NOT NULL,
	created_at BIGINT NOT NULL,
	removed_at BIGINT,
	PRIMARY KEY (team_id, client_id, crib_id),
	FOREIGN KEY (team_id, client_id) REFERENCES client (team_id, client_id)
);

-- Derived when a call ends: the interests found in a client, behind which position (0: none named), in which call last.
CREATE TABLE client_interest (
	team_id BIGINT NOT NULL,
	client_id BIGINT NOT NULL,
	interest_id BIGINT NOT NULL,
	position_id BIGINT NOT NULL,
	call_id BIGINT NOT NULL,
	at BIGINT NOT NULL,
	PRIMARY KEY (team_id, client_id, interest_id, position_id),
	FOREIGN KEY (team_id, client_id) REFERENCES client (team_id, client_id)
);
CREATE INDEX client_interest_by_interest ON client_interest (team_id, interest_id);

-- Which starting content the teams have: a digest of what the program brings. A program that brings more adds it to every team when it begins to serve.
ALTER TABLE company ADD COLUMN content BIGINT NOT NULL DEFAULT 0;

-- N4: what the manager adds to a deal's proposal in his own words; all else in it is put together when it is looked at.
CREATE TABLE deal_proposal (
	team_id BIGINT NOT NULL,
	deal_id BIGINT NOT NULL,
	opening TEXT NOT NULL,
	next_step TEXT NOT NULL,
	valid_until BIGINT NOT NULL,    -- a day
	member_id BIGINT NOT NULL,
	changed_at BIGINT NOT NULL,
	PRIMARY KEY (team_id, deal_id),
	FOREIGN KEY (team_id, deal_id) REFERENCES deal (team_id, deal_id)
);
