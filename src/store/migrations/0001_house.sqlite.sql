-- Searching as one types. Derived from client and what hangs on it (`sturgeon check` rebuilds it); rowid is the client's id.
-- words: folded name, company, position, e-mails and tags, found by the beginning of any word; team is the word that every search adds.
-- digits: those of the phones, found anywhere in the number by three digits or more.
CREATE VIRTUAL TABLE client_words USING fts5 (team, words, tokenize = "unicode61 remove_diacritics 0", prefix = '1 2 3', detail = column);
CREATE VIRTUAL TABLE client_digits USING fts5 (digits, tokenize = trigram);
