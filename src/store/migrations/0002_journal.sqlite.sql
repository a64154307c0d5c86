-- Searching posts as one types. Derived from post and its tags (`sturgeon check` rebuilds it); rowid is the post's id. Only what can be read stands here.
-- title, body (as plain text), tags: folded words, found by their beginnings. scope: the words that narrow a search: k (kind), l (language), a (the author's journal),
-- c (the community's), g (a tag), each followed by what it names.
CREATE VIRTUAL TABLE post_words USING fts5 (title, body, tags, scope, tokenize = "unicode61 remove_diacritics 0", prefix = '1 2 3');
