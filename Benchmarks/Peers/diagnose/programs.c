// Programs of which it is known what they do with their time. Usage: programs NAME.
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

// About 10 ms on a core of 4 GHz.
static void compute(long units) {
    for (long unit = 0; unit < units; unit++) {
        unsigned long value = (unsigned long)unit;
        for (int i = 0; i < 10000000; i++) {
            value = value * 6364136223846793005ul + 1442695040888963407ul;
            __asm__ volatile("" : "+r"(value));
        }
    }
}

static void *compute_in_thread(void *units) {
    compute((long)units);
    return NULL;
}

static void threads(int count, void *(*body)(void *), const long *arguments) {
    pthread_t all[64];
    for (int i = 0; i < count; i++) pthread_create(&all[i], NULL, body, (void *)arguments[i]);
    for (int i = 0; i < count; i++) pthread_join(all[i], NULL);
}

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t turn_changed = PTHREAD_COND_INITIALIZER;
static int turn;

/// Nearly all work is done while a lock is held, and the lock is handed on fairly.
static void *take_turns(void *number) {
    for (int i = 0; i < 12; i++) {
        pthread_mutex_lock(&lock);
        while (turn != (long)number) pthread_cond_wait(&turn_changed, &lock);
        compute(1);
        turn = (turn + 1) % 4;
        pthread_cond_broadcast(&turn_changed);
        pthread_mutex_unlock(&lock);
    }
    return NULL;
}

static void pauses(void) {
    for (int i = 0; i < 10; i++) {
        struct timespec time = {0, 50000000};
        nanosleep(&time, NULL);
    }
}

/// Two processes that compute by turns and wait for each other in between.
static void ping_pong(void) {
    int there[2], back[2];
    char byte = 0;
    if (pipe(there) || pipe(back)) exit(1);
    if (fork() == 0) {
        for (int i = 0; i < 20; i++) {
            if (read(there[0], &byte, 1) != 1) _exit(1);
            compute(1);
            if (write(back[1], &byte, 1) != 1) _exit(1);
        }
        _exit(0);
    }
    for (int i = 0; i < 20; i++) {
        compute(1);
        if (write(there[1], &byte, 1) != 1 || read(back[0], &byte, 1) != 1) exit(1);
    }
    wait(NULL);
}

int main(int count, char **words) {
    const char *name = count > 1 ? words[1] : "";
    long equal[64], unequal[2] = {15, 60}, numbers[4] = {0, 1, 2, 3};
    if (!strcmp(name, "compute")) {
        compute(60);
    } else if (!strcmp(name, "threads-2")) {
        equal[0] = equal[1] = 30;
        threads(2, compute_in_thread, equal);
    } else if (!strcmp(name, "threads-32")) {
        for (int i = 0; i < 32; i++) equal[i] = 4;
        threads(32, compute_in_thread, equal);
    } else if (!strcmp(name, "turns")) {
        threads(4, take_turns, numbers);
    } else if (!strcmp(name, "unbalanced")) {
        threads(2, compute_in_thread, unequal);
    } else if (!strcmp(name, "serial-part")) {
        compute(30);
        equal[0] = equal[1] = 30;
        threads(2, compute_in_thread, equal);
    } else if (!strcmp(name, "pauses")) {
        pauses();
    } else if (!strcmp(name, "ping-pong")) {
        ping_pong();
    } else {
        fprintf(stderr, "no program '%s'\n", name);
        return 2;
    }
    return 0;
}
