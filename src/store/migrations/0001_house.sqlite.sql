-- Searching as one types. Derived from client and what hangs on it (`sturgeon check` rebuilds it); rowid is the client's id.
-- team: the words that narrow every search: the team's id, it again after "live" or "gone" (archived), and by kind o (owner's id), s (segment), g (a tag).
-- words: folded name, company, position, source, e-mails, tags and own fields, found by the beginning of any word.
-- parts: every ending of each phone's digits and of each e-mail's name, so that the beginning of an ending is any part of it.
CREATE VIRTUAL TABLE client_words USING fts5 (team, words, parts, tokenize = "unicode61 remove_diacritics 0", prefix = '1 2 3');
