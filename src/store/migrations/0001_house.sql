-- The first schema. Every engine reads it: BIGINT, TEXT and DOUBLE PRECISION are known to each. Moments are microseconds since
-- 1970 UTC; days are days since 1970; amounts are minor units; flags are 0 or 1; motives are a mask (1 safety, 2 economy, 4 prestige,
-- 8 comfort). team_id leads every key of team data, so that the data can be spread by team. Ids are made by the program.

CREATE TABLE company (
	company_id BIGINT NOT NULL PRIMARY KEY CHECK (company_id = 1),
	name TEXT NOT NULL,
	zone TEXT NOT NULL,
	currency TEXT NOT NULL,
	country TEXT NOT NULL,          -- digits of the phone code: 380
	language TEXT NOT NULL,
	created_at BIGINT NOT NULL
);

CREATE TABLE team (
	team_id BIGINT NOT NULL PRIMARY KEY,
	name TEXT NOT NULL,
	created_at BIGINT NOT NULL
);

CREATE TABLE member (
	team_id BIGINT NOT NULL REFERENCES team (team_id),
	member_id BIGINT NOT NULL,
	name TEXT NOT NULL,
	role TEXT NOT NULL CHECK (role IN ('manager', 'lead', 'admin')),
	language TEXT NOT NULL,
	theme TEXT NOT NULL DEFAULT 'auto' CHECK (theme IN ('auto', 'light', 'dark')),
	created_at BIGINT NOT NULL,
	retired_at BIGINT,
	PRIMARY KEY (team_id, member_id)
);

-- Names under which people log in are unique in the whole company, so they stand apart from the teams' data.
CREATE TABLE login (
	login TEXT NOT NULL PRIMARY KEY, -- folded
	team_id BIGINT NOT NULL,
	member_id BIGINT NOT NULL,
	password TEXT NOT NULL,         -- argon2id string
	FOREIGN KEY (team_id, member_id) REFERENCES member (team_id, member_id)
);
CREATE UNIQUE INDEX login_by_member ON login (team_id, member_id);

CREATE TABLE session (
	token TEXT NOT NULL PRIMARY KEY, -- hash of what the cookie holds
	team_id BIGINT NOT NULL,
	member_id BIGINT NOT NULL,
	csrf TEXT NOT NULL,
	created_at BIGINT NOT NULL,     -- of the log-in; the token itself may be younger
	turned_at BIGINT NOT NULL,      -- when this token was made
	expires_at BIGINT NOT NULL,
	FOREIGN KEY (team_id, member_id) REFERENCES member (team_id, member_id)
);
CREATE INDEX session_by_member ON session (team_id, member_id);
CREATE INDEX session_by_expiry ON session (expires_at);

CREATE TABLE invitation (
	token TEXT NOT NULL PRIMARY KEY, -- hash of what the link holds
	team_id BIGINT NOT NULL REFERENCES team (team_id),
	invitation_id BIGINT NOT NULL,
	name TEXT NOT NULL,
	role TEXT NOT NULL CHECK (role IN ('manager', 'lead', 'admin')),
	invited_by_team BIGINT NOT NULL, -- an administrator may invite into another team than his own
	invited_by BIGINT NOT NULL,
	created_at BIGINT NOT NULL,
	expires_at BIGINT NOT NULL,
	used_by BIGINT
);
CREATE INDEX invitation_by_team ON invitation (team_id, invitation_id);

-- Clients: companies and people. A person may work at a company (company_id) or be a private client.
CREATE TABLE client (
	team_id BIGINT NOT NULL REFERENCES team (team_id),
	client_id BIGINT NOT NULL,
	kind TEXT NOT NULL CHECK (kind IN ('company', 'person')),
	segment TEXT NOT NULL CHECK (segment IN ('b2b', 'b2c')),
	name TEXT NOT NULL,
	name_fold TEXT NOT NULL,
	position TEXT NOT NULL DEFAULT '',
	source TEXT NOT NULL DEFAULT '',
	company_id BIGINT,
	owner_id BIGINT NOT NULL,
	created_at BIGINT NOT NULL,
	changed_at BIGINT NOT NULL,     -- also when a note, a deal or a conversation came: the list's order
	archived_at BIGINT,
	outside_id TEXT NOT NULL DEFAULT '', -- its name in the table it was imported from
	PRIMARY KEY (team_id, client_id),
	FOREIGN KEY (team_id, owner_id) REFERENCES member (team_id, member_id),
	FOREIGN KEY (team_id, company_id) REFERENCES client (team_id, client_id)
);
CREATE INDEX client_by_name ON client (team_id, name_fold, client_id);
CREATE INDEX client_by_change ON client (team_id, changed_at, client_id) WHERE archived_at IS NULL;
CREATE INDEX client_by_owner ON client (team_id, owner_id, changed_at, client_id) WHERE archived_at IS NULL;
CREATE INDEX client_by_segment ON client (team_id, segment, changed_at, client_id) WHERE archived_at IS NULL;
CREATE INDEX client_archived ON client (team_id, changed_at, client_id) WHERE archived_at IS NOT NULL;
CREATE INDEX client_by_company ON client (team_id, company_id, name_fold, client_id) WHERE company_id IS NOT NULL;
CREATE INDEX client_by_outside ON client (team_id, outside_id) WHERE outside_id <> '';

CREATE TABLE client_phone (
	team_id BIGINT NOT NULL,
	client_id BIGINT NOT NULL,
	line BIGINT NOT NULL,
	phone TEXT NOT NULL,            -- as it was typed
	digits TEXT NOT NULL,
	PRIMARY KEY (team_id, client_id, line),
	FOREIGN KEY (team_id, client_id) REFERENCES client (team_id, client_id)
);
CREATE INDEX client_phone_by_digits ON client_phone (team_id, digits);

CREATE TABLE client_email (
	team_id BIGINT NOT NULL,
	client_id BIGINT NOT NULL,
	line BIGINT NOT NULL,
	email TEXT NOT NULL,
	email_fold TEXT NOT NULL,
	PRIMARY KEY (team_id, client_id, line),
	FOREIGN KEY (team_id, client_id) REFERENCES client (team_id, client_id)
);
CREATE INDEX client_email_by_fold ON client_email (team_id, email_fold);

CREATE TABLE client_tag (
	team_id BIGINT NOT NULL,
	client_id BIGINT NOT NULL,
	tag TEXT NOT NULL,
	PRIMARY KEY (team_id, client_id, tag),
	FOREIGN KEY (team_id, client_id) REFERENCES client (team_id, client_id)
);
CREATE INDEX client_tag_by_tag ON client_tag (team_id, tag, client_id);

CREATE TABLE client_note (
	team_id BIGINT NOT NULL,
	client_id BIGINT NOT NULL,
	note_id BIGINT NOT NULL,
	member_id BIGINT NOT NULL,
	at BIGINT NOT NULL,
	text TEXT NOT NULL,
	PRIMARY KEY (team_id, client_id, note_id),
	FOREIGN KEY (team_id, client_id) REFERENCES client (team_id, client_id)
);

-- Own fields of a team: what this trade wants to know of a client.
CREATE TABLE field (
	team_id BIGINT NOT NULL REFERENCES team (team_id),
	field_id BIGINT NOT NULL,
	name TEXT NOT NULL,
	place BIGINT NOT NULL,
	retired_at BIGINT,
	PRIMARY KEY (team_id, field_id)
);

CREATE TABLE client_field (
	team_id BIGINT NOT NULL,
	client_id BIGINT NOT NULL,
	field_id BIGINT NOT NULL,
	value TEXT NOT NULL,
	PRIMARY KEY (team_id, client_id, field_id),
	FOREIGN KEY (team_id, client_id) REFERENCES client (team_id, client_id),
	FOREIGN KEY (team_id, field_id) REFERENCES field (team_id, field_id)
);

-- Playbooks and what stands in them. `key` names a piece of the starting content ('' for the team's own).
CREATE TABLE playbook (
	team_id BIGINT NOT NULL REFERENCES team (team_id),
	playbook_id BIGINT NOT NULL,
	key TEXT NOT NULL,
	segment TEXT NOT NULL CHECK (segment IN ('b2b', 'b2c')),
	place BIGINT NOT NULL,
	PRIMARY KEY (team_id, playbook_id)
);

CREATE TABLE playbook_name (
	team_id BIGINT NOT NULL,
	playbook_id BIGINT NOT NULL,
	language TEXT NOT NULL,
	name TEXT NOT NULL,
	PRIMARY KEY (team_id, playbook_id, language),
	FOREIGN KEY (team_id, playbook_id) REFERENCES playbook (team_id, playbook_id)
);

-- preparation: what to look at before dialling (S1); probe: a question that brings a hidden objection out (S5); term: a question about the
-- terms, asked when the conversation is a negotiation.
CREATE TABLE item (
	team_id BIGINT NOT NULL,
	item_id BIGINT NOT NULL,
	playbook_id BIGINT NOT NULL,
	key TEXT NOT NULL,
	kind TEXT NOT NULL CHECK (kind IN ('preparation', 'opener', 'question', 'probe', 'objection', 'answer', 'close', 'term')),
	place BIGINT NOT NULL,
	variety TEXT NOT NULL DEFAULT '',   -- opener: small_talk, compliment; close: contract, payment, alternative; objection: compliance (a personal cut)
	level TEXT NOT NULL DEFAULT '',     -- question: situational, specifying, detailing
	question_type TEXT NOT NULL DEFAULT '', -- open, closed, alternative, focused
	motives BIGINT NOT NULL DEFAULT 0,  -- question: the motive it probes; objection: those it mirrors; answer: those it serves
	objection_id BIGINT,                -- answer: to which objection
	retired_at BIGINT,
	PRIMARY KEY (team_id, item_id),
	FOREIGN KEY (team_id, playbook_id) REFERENCES playbook (team_id, playbook_id)
);
CREATE INDEX item_by_playbook ON item (team_id, playbook_id, kind, place);

-- part: 'text'; an objection also has 'clarify', 'agree' and 'complete'.
CREATE TABLE item_text (
	team_id BIGINT NOT NULL,
	item_id BIGINT NOT NULL,
	language TEXT NOT NULL,
	part TEXT NOT NULL,
	text TEXT NOT NULL,
	PRIMARY KEY (team_id, item_id, language, part),
	FOREIGN KEY (team_id, item_id) REFERENCES item (team_id, item_id)
);

CREATE TABLE product (
	team_id BIGINT NOT NULL REFERENCES team (team_id),
	product_id BIGINT NOT NULL,
	playbook_id BIGINT,
	key TEXT NOT NULL DEFAULT '',
	name TEXT NOT NULL,
	name_fold TEXT NOT NULL,
	summary TEXT NOT NULL DEFAULT '',
	price_minor BIGINT,
	segment TEXT NOT NULL CHECK (segment IN ('b2b', 'b2c')),
	created_at BIGINT NOT NULL,
	archived_at BIGINT,
	PRIMARY KEY (team_id, product_id),
	FOREIGN KEY (team_id, playbook_id) REFERENCES playbook (team_id, playbook_id)
);
CREATE INDEX product_by_name ON product (team_id, name_fold);

-- Characteristic → advantage → benefit (S4), each tagged with the motives that the benefit serves.
CREATE TABLE product_feature (
	team_id BIGINT NOT NULL,
	product_id BIGINT NOT NULL,
	feature_id BIGINT NOT NULL,
	place BIGINT NOT NULL,
	characteristic TEXT NOT NULL,
	advantage TEXT NOT NULL,
	benefit TEXT NOT NULL,
	motives BIGINT NOT NULL,
	PRIMARY KEY (team_id, product_id, feature_id),
	FOREIGN KEY (team_id, product_id) REFERENCES product (team_id, product_id)
);

-- What is to be studied of a product (its course), and who has studied what (S1). Features are studied too: subject_id is either's id.
CREATE TABLE product_lesson (
	team_id BIGINT NOT NULL,
	product_id BIGINT NOT NULL,
	lesson_id BIGINT NOT NULL,
	place BIGINT NOT NULL,
	text TEXT NOT NULL,
	PRIMARY KEY (team_id, product_id, lesson_id),
	FOREIGN KEY (team_id, product_id) REFERENCES product (team_id, product_id)
);

CREATE TABLE product_studied (
	team_id BIGINT NOT NULL,
	product_id BIGINT NOT NULL,
	member_id BIGINT NOT NULL,
	subject_id BIGINT NOT NULL,
	at BIGINT NOT NULL,
	PRIMARY KEY (team_id, product_id, member_id, subject_id),
	FOREIGN KEY (team_id, product_id) REFERENCES product (team_id, product_id)
);

CREATE TABLE deal (
	team_id BIGINT NOT NULL REFERENCES team (team_id),
	deal_id BIGINT NOT NULL,
	client_id BIGINT NOT NULL,
	product_id BIGINT,
	owner_id BIGINT NOT NULL,
	title TEXT NOT NULL DEFAULT '',
	title_fold TEXT NOT NULL DEFAULT '',
	value_minor BIGINT,
	wish_sell BIGINT NOT NULL DEFAULT 80 CHECK (wish_sell BETWEEN 0 AND 100),
	stage TEXT NOT NULL CHECK (stage IN ('new', 'contact', 'offer', 'contract', 'won', 'lost')),
	expected_close BIGINT,          -- a day
	outside_id TEXT NOT NULL DEFAULT '', -- its name in the table it was imported from
	created_at BIGINT NOT NULL,
	changed_at BIGINT NOT NULL,
	closed_at BIGINT,
	lost_reason TEXT NOT NULL DEFAULT '',
	PRIMARY KEY (team_id, deal_id),
	FOREIGN KEY (team_id, client_id) REFERENCES client (team_id, client_id),
	FOREIGN KEY (team_id, owner_id) REFERENCES member (team_id, member_id),
	FOREIGN KEY (team_id, product_id) REFERENCES product (team_id, product_id)
);
CREATE INDEX deal_by_client ON deal (team_id, client_id, created_at);
CREATE INDEX deal_by_owner ON deal (team_id, owner_id, stage, (COALESCE(expected_close, 2932896)), deal_id);
CREATE INDEX deal_by_close ON deal (team_id, closed_at, deal_id, owner_id, stage, value_minor);
-- Open deals in the orders in which people look through them: 2932896 is the last day there is, for a deal whose close nobody expects yet.
CREATE INDEX deal_by_expected ON deal (team_id, (COALESCE(expected_close, 2932896)), deal_id, owner_id) WHERE closed_at IS NULL;
CREATE INDEX deal_by_value ON deal (team_id, (COALESCE(value_minor, 0)), deal_id, owner_id) WHERE closed_at IS NULL;
CREATE INDEX deal_by_change ON deal (team_id, changed_at, deal_id, owner_id) WHERE closed_at IS NULL;
CREATE INDEX deal_by_board ON deal (team_id, stage, (COALESCE(expected_close, 2932896)), deal_id);
CREATE INDEX deal_by_title ON deal (team_id, title_fold, deal_id) WHERE title_fold <> '';
CREATE INDEX deal_by_outside ON deal (team_id, outside_id) WHERE outside_id <> '';

-- Derived: how many deals an owner has in a stage, and what they are worth together. deal_store.c moves it with every change of a deal.
CREATE TABLE deal_total (
	team_id BIGINT NOT NULL REFERENCES team (team_id),
	owner_id BIGINT NOT NULL,
	stage TEXT NOT NULL,
	deals BIGINT NOT NULL,
	value_minor BIGINT NOT NULL,
	PRIMARY KEY (team_id, owner_id, stage)
);

-- What happened to a deal outside calls: made, stage moved, value or wish changed, finished.
CREATE TABLE deal_event (
	team_id BIGINT NOT NULL,
	deal_id BIGINT NOT NULL,
	event_id BIGINT NOT NULL,
	at BIGINT NOT NULL,
	member_id BIGINT NOT NULL,
	kind TEXT NOT NULL,
	was TEXT NOT NULL DEFAULT '',
	became TEXT NOT NULL DEFAULT '',
	PRIMARY KEY (team_id, deal_id, event_id),
	FOREIGN KEY (team_id, deal_id) REFERENCES deal (team_id, deal_id)
);

-- A conversation: planned, then led, then ended. `number` counts this client's conversations about this deal from 1.
CREATE TABLE call (
	team_id BIGINT NOT NULL REFERENCES team (team_id),
	call_id BIGINT NOT NULL,
	client_id BIGINT NOT NULL,
	deal_id BIGINT NOT NULL,
	owner_id BIGINT NOT NULL,
	number BIGINT NOT NULL,
	planned_at BIGINT NOT NULL,
	purpose TEXT NOT NULL DEFAULT '',   -- what it was planned for: the promise given before
	began_at BIGINT,
	ended_at BIGINT,
	mode TEXT CHECK (mode IN ('sale', 'negotiation')), -- while it runs: the present one; after it: the last
	outcome TEXT CHECK (outcome IN ('won', 'lost', 'next', 'no_answer')),
	reason TEXT NOT NULL DEFAULT '',
	promised TEXT NOT NULL DEFAULT '',
	next_call_id BIGINT,
	PRIMARY KEY (team_id, call_id),
	FOREIGN KEY (team_id, client_id) REFERENCES client (team_id, client_id),
	FOREIGN KEY (team_id, deal_id) REFERENCES deal (team_id, deal_id),
	FOREIGN KEY (team_id, owner_id) REFERENCES member (team_id, member_id)
);
CREATE INDEX call_by_plan ON call (team_id, owner_id, planned_at) WHERE ended_at IS NULL;
CREATE INDEX call_by_team_plan ON call (team_id, planned_at) WHERE ended_at IS NULL;
CREATE INDEX call_by_client ON call (team_id, client_id, planned_at);
CREATE INDEX call_by_deal ON call (team_id, deal_id, number);
CREATE INDEX call_by_end ON call (team_id, ended_at);

CREATE TABLE call_event (
	team_id BIGINT NOT NULL,
	call_id BIGINT NOT NULL,
	seq BIGINT NOT NULL,            -- from 1, in the order in which they happened
	event_id TEXT NOT NULL,         -- made by the browser: what comes twice is taken once
	at BIGINT NOT NULL,
	member_id BIGINT NOT NULL,
	kind TEXT NOT NULL,
	item_id BIGINT,
	value BIGINT,
	text TEXT,
	undone BIGINT NOT NULL DEFAULT 0, -- derived: 1 where a later undo took it back
	PRIMARY KEY (team_id, call_id, seq),
	FOREIGN KEY (team_id, call_id) REFERENCES call (team_id, call_id)
);
CREATE UNIQUE INDEX call_event_once ON call_event (team_id, call_id, event_id);

-- Derived when a call ends: how often each thing of the playbook was said, and after how many the call went on (S5). method: '' except for
-- the objections' methods that have no item of their own (similar_case, everyone), counted under the objection.
CREATE TABLE item_use (
	team_id BIGINT NOT NULL REFERENCES team (team_id),
	item_id BIGINT NOT NULL,
	method TEXT NOT NULL,
	used BIGINT NOT NULL,
	worked BIGINT NOT NULL,
	PRIMARY KEY (team_id, item_id, method)
);

-- Derived when a call ends: in which deals an objection was raised, so that a similar past case is found (S5).
CREATE TABLE objection_deal (
	team_id BIGINT NOT NULL,
	objection_id BIGINT NOT NULL,
	deal_id BIGINT NOT NULL,
	PRIMARY KEY (team_id, objection_id, deal_id),
	FOREIGN KEY (team_id, deal_id) REFERENCES deal (team_id, deal_id)
);

-- Derived when a call ends: what this client has heard, so that no opener is used twice (S2).
CREATE TABLE item_heard (
	team_id BIGINT NOT NULL,
	client_id BIGINT NOT NULL,
	item_id BIGINT NOT NULL,
	call_id BIGINT NOT NULL, -- the first in which
	PRIMARY KEY (team_id, client_id, item_id),
	FOREIGN KEY (team_id, client_id) REFERENCES client (team_id, client_id)
);

-- Signals: the evidence that the advisor weighs. The built-in ones have a key; a team adds its own.
CREATE TABLE signal (
	team_id BIGINT NOT NULL REFERENCES team (team_id),
	signal_id BIGINT NOT NULL,
	key TEXT NOT NULL,
	place BIGINT NOT NULL,
	hotkey TEXT NOT NULL DEFAULT '',
	mean DOUBLE PRECISION NOT NULL,
	sd DOUBLE PRECISION NOT NULL,
	created_at BIGINT NOT NULL,
	retired_at BIGINT,
	PRIMARY KEY (team_id, signal_id)
);
CREATE UNIQUE INDEX signal_by_key ON signal (team_id, key);

CREATE TABLE signal_text (
	team_id BIGINT NOT NULL,
	signal_id BIGINT NOT NULL,
	language TEXT NOT NULL,
	name TEXT NOT NULL,             -- on the tick: "asks for the contract"
	why TEXT NOT NULL,              -- in a reason: "he asked for the contract"
	absent TEXT NOT NULL DEFAULT '', -- in a reason while it is not known: "has not asked about the terms"; '' where its absence says nothing
	PRIMARY KEY (team_id, signal_id, language),
	FOREIGN KEY (team_id, signal_id) REFERENCES signal (team_id, signal_id)
);

-- Derived when a call ends: what the conversations about its deal have shown up to then. The last row of a deal is what is known before the next one.
CREATE TABLE call_evidence (
	team_id BIGINT NOT NULL,
	call_id BIGINT NOT NULL,
	deal_id BIGINT NOT NULL,
	ended_at BIGINT NOT NULL,
	held BIGINT NOT NULL,           -- conversations that took place
	held_at BIGINT,                 -- when the last of them ended
	missed BIGINT NOT NULL,         -- 1 where this one was agreed and the client did not come
	shown TEXT NOT NULL,            -- JSON: key of a signal ticked → 1, objection_unanswered → how many
	PRIMARY KEY (team_id, call_id),
	FOREIGN KEY (team_id, call_id) REFERENCES call (team_id, call_id)
);
CREATE INDEX call_evidence_by_deal ON call_evidence (team_id, deal_id, ended_at, call_id);

-- What the advisor believed of a deal before its outcome was known, and the outcome (C8). From these a belief is rebuilt.
CREATE TABLE prediction (
	team_id BIGINT NOT NULL,
	place BIGINT NOT NULL,          -- the order in which the belief learnt, from 1
	deal_id BIGINT NOT NULL,
	at BIGINT NOT NULL,
	evidence TEXT NOT NULL,         -- JSON: key → number
	probability DOUBLE PRECISION NOT NULL,
	outcome BIGINT NOT NULL,        -- 1 bought, 0 not
	PRIMARY KEY (team_id, place),
	FOREIGN KEY (team_id, deal_id) REFERENCES deal (team_id, deal_id)
);
CREATE UNIQUE INDEX prediction_by_deal ON prediction (team_id, deal_id);

-- Derived from prediction: the weights' mean and covariance after all of them.
CREATE TABLE belief (
	team_id BIGINT NOT NULL PRIMARY KEY REFERENCES team (team_id),
	learnt BIGINT NOT NULL,         -- how many finished deals
	state TEXT NOT NULL             -- hexadecimal of the belief's bytes
);

CREATE TABLE import (
	team_id BIGINT NOT NULL REFERENCES team (team_id),
	import_id BIGINT NOT NULL,
	member_id BIGINT NOT NULL,
	kind TEXT NOT NULL CHECK (kind IN ('clients', 'deals')),
	file TEXT NOT NULL,
	content TEXT,                   -- what was uploaded (base64), while its preview waits to be confirmed
	choices TEXT NOT NULL,          -- JSON: how its columns and words were read, and what was chosen
	state TEXT NOT NULL CHECK (state IN ('preview', 'done')),
	at BIGINT NOT NULL,
	taken BIGINT NOT NULL DEFAULT 0,
	refused BIGINT NOT NULL DEFAULT 0,
	report TEXT NOT NULL,           -- JSON: what becomes of its rows, and each refused row and why
	PRIMARY KEY (team_id, import_id)
);
