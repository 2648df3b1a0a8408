// Programs that switch often, for what the recorder costs. Usage: costs NAME NUMBER NUMBER.
#include <pthread.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

static int there[2], back[2];
static long turns, work;

static void compute(void) {
    unsigned long value = 1;
    for (long i = 0; i < work; i++) {
        value = value * 6364136223846793005ul + 1442695040888963407ul;
        __asm__ volatile("" : "+r"(value));
    }
}

static void *answer(void *unused) {
    char byte;
    for (long i = 0; i < turns; i++) {
        if (read(there[0], &byte, 1) != 1) exit(1);
        compute();
        if (write(back[1], &byte, 1) != 1) exit(1);
    }
    return unused;
}

/// Two threads that work by turns: four switches a turn.
static void ping_pong(void) {
    char byte = 0;
    pthread_t other;
    if (pipe(there) || pipe(back)) exit(1);
    pthread_create(&other, NULL, answer, NULL);
    for (long i = 0; i < turns; i++) {
        compute();
        if (write(there[1], &byte, 1) != 1 || read(back[0], &byte, 1) != 1) exit(1);
    }
    pthread_join(other, NULL);
}

/// Wakes each 5 ms, as often as there are turns.
static void *wake(void *unused) {
    struct timespec next;
    clock_gettime(CLOCK_MONOTONIC, &next);
    for (long i = 0; i < turns; i++) {
        next.tv_nsec += 5000000;
        if (next.tv_nsec >= 1000000000) {
            next.tv_nsec -= 1000000000;
            next.tv_sec++;
        }
        clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &next, NULL);
    }
    return unused;
}

static void threads(long count) {
    pthread_t *all = malloc((size_t)count * sizeof *all);
    for (long i = 0; i < count; i++) pthread_create(&all[i], NULL, wake, NULL);
    for (long i = 0; i < count; i++) pthread_join(all[i], NULL);
    free(all);
}

int main(int count, char **words) {
    if (count < 4) return 2;
    turns = atol(words[2]);
    long other = atol(words[3]);
    if (!strcmp(words[1], "ping-pong")) {
        work = other;
        ping_pong();
    } else if (!strcmp(words[1], "wakers")) {
        threads(other);
    } else {
        fprintf(stderr, "no program '%s'\n", words[1]);
        return 2;
    }
    return 0;
}
