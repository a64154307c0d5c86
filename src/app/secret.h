/* Secret: passwords and tokens, over libsodium.
 *
 * Passwords: argon2id with 64 MiB and 2 passes, some 75 ms of a core: never on the writer's thread; the caller bounds how many run at once.
 * Tokens: 32 random bytes shown as base64url; the data file holds only their hash. */
#ifndef STURGEON_APP_SECRET_H
#define STURGEON_APP_SECRET_H

#include <stdbool.h>

enum { SECRET_HASH = 128, SECRET_TOKEN = 48, SECRET_TOKEN_HASH = 65 };

void secret_init(void);                                     /* once, before threads */

void secret_password_hash(const char *password, char out[SECRET_HASH]);
bool secret_password_check(const char *hash, const char *password);
void secret_password_waste(const char *password);           /* as long as a check takes, for a name that does not exist */

void secret_token(char out[SECRET_TOKEN]);
void secret_token_hash(const char *token, char out[SECRET_TOKEN_HASH]);
bool secret_equal(const char *a, const char *b);            /* in constant time for equal lengths */

#endif
