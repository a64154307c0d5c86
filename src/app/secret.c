#include "app/secret.h"

#include <sodium.h>

#include "base/err.h"

/* OWASP's floor for argon2id is 19 MiB and 2 passes; 64 MiB is libsodium's "interactive". */
static const unsigned long long OPS = 2;
static const size_t MEMORY = 64u << 20;


_Static_assert(SECRET_HASH >= crypto_pwhash_STRBYTES, "room for an argon2id string");

void secret_init(void)
{
	if (sodium_init() < 0) BUG("libsodium does not start");
}

void secret_password_hash(const char *password, char out[SECRET_HASH])
{
	if (crypto_pwhash_str_alg(out, password, strlen(password), OPS, MEMORY, crypto_pwhash_ALG_ARGON2ID13)) BUG("out of memory for a password");
}

bool secret_password_check(const char *hash, const char *password)
{
	return crypto_pwhash_str_verify(hash, password, strlen(password)) == 0;
}

void secret_password_waste(const char *password)
{
	unsigned char key[32], salt[crypto_pwhash_SALTBYTES] = {0};
	if (crypto_pwhash(key, sizeof key, password, strlen(password), salt, OPS, MEMORY, crypto_pwhash_ALG_ARGON2ID13)) BUG("out of memory for a password");
}

void secret_token(char out[SECRET_TOKEN])
{
	unsigned char bytes[32];
	randombytes_buf(bytes, sizeof bytes);
	sodium_bin2base64(out, SECRET_TOKEN, bytes, sizeof bytes, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
}

void secret_token_hash(const char *token, char out[SECRET_TOKEN_HASH])
{
	unsigned char hash[32];
	crypto_generichash(hash, sizeof hash, (const unsigned char *)token, strlen(token), NULL, 0);
	sodium_bin2hex(out, SECRET_TOKEN_HASH, hash, sizeof hash);
}

bool secret_equal(const char *a, const char *b)
{
	size_t n = strlen(a);
	return n == strlen(b) && sodium_memcmp(a, b, n) == 0;
}
