/*
 * Permits of several pools: POOLS pools of WIDTH permits each, and callers that call from one pool
 * into the next, round a circle, DEPTH deep, so that the last call is in a pool that the caller is
 * in already.
 *
 * Checked: all come to their end (no deadlock), at most WIDTH of them run in a pool, and nobody
 * waits for a permit while he holds one.
 *
 * Memory. Permits and queues are only touched under the lock of a roster, and so is each step here.
 * What runs in the pools, and how they sleep, is in sleep.pml.
 */
#ifndef POOLS
#define POOLS 2
#endif
#ifndef WIDTH
#define WIDTH 1
#endif
#ifndef CALLERS
#define CALLERS 4
#endif
#ifndef DEPTH
#define DEPTH 3
#endif

typedef Pool {
    byte free = WIDTH;
    byte running;
    chan queue = [CALLERS] of { byte }
};
Pool pools[POOLS];
bool token[CALLERS];
byte held[CALLERS];

#define POOL(level) ((_pid + level) % POOLS)

inline acquire(pool) {
    atomic {
        if
        :: pools[pool].free > 0 ->
            pools[pool].free--;
            pools[pool].running++;
            held[_pid]++
        :: else ->
#ifndef BUG_KEEPS_PERMIT
            assert(held[_pid] == 0);
#endif
            pools[pool].queue!_pid;
            isQueued = true
        fi;
        assert(pools[pool].running <= WIDTH)
    };
    if
    :: isQueued ->
        atomic { token[_pid] -> token[_pid] = false; isQueued = false }
    :: else
    fi
}

inline release(pool) {
    atomic {
        held[_pid]--;
        if
        :: len(pools[pool].queue) > 0 ->
            pools[pool].queue?next;
            held[next]++;
            assert(!token[next]);
            token[next] = true;
            next = 0
        :: else ->
            pools[pool].free++;
            pools[pool].running--
        fi
    }
}

active [CALLERS] proctype Caller() {
    byte level, next;
    bool isQueued;
    acquire(POOL(0));
    do
    :: level + 1 < DEPTH ->
#ifndef BUG_KEEPS_PERMIT
        release(POOL(level));
#endif
        level++;
        acquire(POOL(level))
    :: else -> break
    od;
    do
    :: release(POOL(level));
        if
        :: level == 0 -> break
        :: else -> level--
        fi;
#ifndef BUG_KEEPS_PERMIT
        acquire(POOL(level))
#endif
    od
}
