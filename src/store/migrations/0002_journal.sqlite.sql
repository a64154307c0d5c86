-- Searching posts. Derived from post, its tags and its journals' names (`sturgeon check` rebuilds it); rowid is the post's id. Only what can be read stands here.
CREATE VIRTUAL TABLE post_words USING fts5 (title, body, names, tokenize = "unicode61 remove_diacritics 0", prefix = '2 3');
