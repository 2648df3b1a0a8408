/*
 * Branch.latch and Parker: one owner forks BRANCHES branches one after the other, each at the same
 * address on its stack; a thief each, and somebody who wakes the owner for other work.
 *
 * Checked: a join returns after its branch has run; no thief touches a branch after the join has
 * returned; a token is never left twice; the owner always gets on (no deadlock), even where a late
 * thief of an earlier branch resumes it.
 *
 * Memory. All that is shared is one word each, changed by exchanges: the latch, the word of the
 * parker, and what the roster's lock protects. The operations on one word have one order whatever
 * their strength, and the orderings in the code (acquire and release on each of the three words)
 * say that who reads a value sees what its writer did before. An acquiring load of the latch that
 * gives an old `pending` is a load that came earlier; the loop looks again by an exchange. So
 * sequential consistency loses nothing here.
 *
 * The parker is that of parker.c: 0 is empty, 1 a token, -1 its owner sleeps or is about to.
 */
#ifndef BRANCHES
#define BRANCHES 2
#endif
#ifndef WAKES
#define WAKES 2
#endif

mtype = { pending, ownerSleeps, done };

/* The owner's frame: which branch lives there (0: none), its latch. */
byte alive;
mtype latch = pending;

/* The deque: the branch that thieves see. */
byte public;
bool ran[BRANCHES + 1];

/* Under the roster's lock: whether the owner is on the list of joining sleepers. */
bool isListed;

short word;
bool isAsleep;

inline unpark() {
    d_step { before = word; word = 1; assert(before != 1) };
    if
    :: before == -1 -> isAsleep = false
#ifdef BUG_NO_TOKEN
    :: else -> word = 0
#else
    :: else
#endif
    fi;
    before = 0
}

inline park() {
    d_step { before = word; word--; assert(before != -1) };
    if
    :: before == 1
    :: else ->
        do
        ::
#ifdef BUG_FUTEX_UNCHECKED
            isAsleep = true; !isAsleep;
#else
            /* The call to the system: sleeps only while the word is -1; may wake for nothing. */
            if
            :: atomic { word == -1 -> isAsleep = true }; !isAsleep
            :: word != -1
            fi;
#endif
            if
            :: atomic { word == 1 -> word = 0 }; break
            :: else
            fi
        od
    fi;
    before = 0
}

/* Takes the owner off the list; it may run then. */
inline resume() {
    if
    :: atomic { isListed -> isListed = false }; unpark()
    :: !isListed
    fi
}

/* Scheduler.sleep(_:until:) */
inline sleep() {
#ifdef BUG_ANNOUNCE_FIRST
    if
    :: atomic { latch != done -> latch = ownerSleeps };
        isListed = true
    :: latch == done ->
        isListed = true;
        resume()
    fi;
#else
    isListed = true;
    if
    :: atomic { latch != done -> latch = ownerSleeps }
#ifdef BUG_IGNORE_DONE
    :: latch == done
#else
    :: latch == done -> resume()
#endif
    fi;
#endif
    park()
}

active proctype Owner() {
    byte branch = 1;
    short before;
    do
    :: branch <= BRANCHES ->
        d_step { alive = branch; latch = pending; public = branch };
        /* The first half of the join runs here. */
        if
        :: atomic { public == branch -> public = 0; ran[branch] = true }
        :: public != branch ->
            do
            :: latch == done -> break
            :: latch != done -> sleep()
#ifdef BUG_ONE_LOOK
                ; break
#endif
            od
        fi;
        atomic { assert(ran[branch] && !isListed); alive = 0; latch = pending };
        branch++
    :: else -> break
    od;
    assert(word == 0)
}

active [BRANCHES] proctype Thief() {
    byte me = _pid;
    bool mustResume;
    short before;
end:
    atomic { public == me -> public = 0 };
#ifndef BUG_OWNER_READ_LATE
    assert(alive == me);
#endif
    ran[me] = true;
    assert(alive == me);
#ifdef BUG_PLAIN_LATCH
    mustResume = latch == ownerSleeps;
    latch = done;
#else
    d_step { mustResume = latch == ownerSleeps; latch = done };
#endif
#ifdef BUG_OWNER_READ_LATE
    assert(alive == me);
#endif
    if
    :: mustResume -> resume()
    :: else
    fi
}

/* Wakes the owner for branches of others, which are not modelled: it looks, and sleeps again. */
active proctype Waker() {
    byte wakes;
    short before;
end:
    do
    :: atomic { wakes < WAKES && isListed -> isListed = false; wakes++ }; unpark()
    od
}
