/* Prove: in which order to offer cards of which some have worked often and others have hardly been tried (L4).
 *
 * Thompson sampling (Thompson 1933; Chapelle and Li 2011): how often a card works is not known but for a Beta distribution, Beta(1 + worked, 1 + used − worked) from an even
 * start; of each card one possible rate is drawn from it, and the cards stand in the order of what was drawn. So what has proved itself stands high as a rule, what has failed stands low, and
 * what is untried gets its turn as often as it may be the best: no more, no less.
 *
 * Drawn by seed and card: the same call shows the same order however often it is opened, the next call another one. Pure; O(1) on the average (Marsaglia and Tsang
 * 2000 for the two gamma variates of which a Beta variate is made). */
#ifndef STURGEON_CORE_PLAYBOOK_PROVE_H
#define STURGEON_CORE_PLAYBOOK_PROVE_H

#include <stdint.h>

/* A possible rate of success, in (0, 1), of a card used so often of which so often the call went on. 0 ≤ worked ≤ used. */
double prove_draw(uint64_t seed, int64_t card, int64_t worked, int64_t used);

/* The mean of what may be drawn: (1 + worked) / (2 + used). */
double prove_mean(int64_t worked, int64_t used);

#endif
