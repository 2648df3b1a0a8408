/*
 * Sleeping and waking: census, roster, permits, seats, joins and tasks of one pool.
 *
 * PERMITS permits; THREADS threads of the pool, workers 0 ..< THREADS, born asleep; CALLERS plain
 * callers and TASK_CALLERS callers that are Swift tasks and never wait for a permit, each on a seat
 * of its own, each CALLS times: sit down, fork one branch, join it, leave. A publisher enqueues
 * TASKS tasks from outside; a task computes, forks and joins a branch (FORKING), or steps out of
 * the pool and comes back (STEPPING_OUT).
 *
 * A computation is short, or so long that all else comes to rest meanwhile: then `Monitor` looks.
 * Checked: at rest there is no work that a sleeper could take while there is a permit for it; when
 * nobody computes any more, all have come to their end, so no sleeper is forgotten and there is no
 * deadlock; each branch and each task ran once; PERMITS - free threads hold a permit, at most
 * PERMITS and one for each task caller that runs; who waits for one waits only while there is
 * none; a token is never left twice; the census says what the roster says.
 *
 * More than the code does, so that the check says more:
 * - A search takes any branch or task that is there, or gives up at any time.
 * - Sleepers are sets: any of them is woken, not the one that slept last.
 * - A thread may overlook the queue for permits between two pieces of work (`queued` is relaxed).
 * THOROUGH, for the search of cycles, takes the first two back: a search gives up when there is
 * nothing to take, and the queue is not overlooked.
 *
 * Memory. All that matters here is sequentially consistent in the code, and so in the model: the
 * census, `bottom` and `top` of a deque where they are published and looked at, `count` of a task
 * queue. The roster is only touched under its lock, and the census is changed under it, so a
 * section under the lock is one step. The unpark after it belongs to that step: the token that comes
 * later in the code lets its owner go on later, as any thread may. The latch, the parker and
 * the deque have models of their own and are one step here. `WorkerTable.count` is acquired, not
 * sequentially consistent: WEAK_COUNT models what that allows.
 */
#ifndef PERMITS
#define PERMITS 2
#endif
#ifndef THREADS
#define THREADS PERMITS
#endif
#ifndef CALLERS
#define CALLERS 1
#endif
#ifndef TASK_CALLERS
#define TASK_CALLERS 0
#endif
#ifndef CALLS
#define CALLS 1
#endif
#ifndef TASKS
#define TASKS 0
#endif

#define WORKERS (THREADS + CALLERS + TASK_CALLERS)
#define IS_TASK_CALLER(w) (w >= THREADS + CALLERS)
#define NOBODY 255

/* Where a branch is. */
#define NONE 0
#define PUBLIC 1
#define TAKEN 2

/* Whether and why a worker is on the roster of sleepers. */
#define AWAKE 0
#define IDLE 1
#define JOINING 2

/* A latch. */
#define PENDING 0
#define OWNER_SLEEPS 1
#define DONE 2

/* The two kinds of work; a task has the number of a branch that nobody has. */
#define BRANCHES 0
#define SWIFT_TASKS 1
#define A_TASK 254

/* Roster. `free` is negative while there is debt. */
short free = PERMITS;
/* Threads are born asleep; a caller is awake once it sits down. */
byte sleeps[WORKERS] = IDLE;
byte idlers = THREADS;
byte joiners;
chan queue = [WORKERS] of { byte };

/* Census, one word. */
byte searching;
byte wakeable = THREADS;

/* Workers. */
bool isSearching[WORKERS];
bool token[WORKERS];
byte branch[4];
byte latch[WORKERS];

/* Task queues. */
byte injector;
byte tasks[THREADS];

/* Only for the checks. */
bool holds[4];
bool computes[WORKERS];
byte ran[WORKERS];
byte tasksRun;
byte callersAtHome;
byte published;

#ifdef WEAK_COUNT
/* Bit w: the append of seat w comes before this moment of the worker, the lock, the census word. */
#define BORN ((1 << THREADS) - 1)
byte knows[WORKERS] = BORN;
byte lockKnows = BORN;
byte censusKnows = BORN;
#define SEES(w, seat) (knows[w] & (1 << seat))
#define APPEND(w) lockKnows = lockKnows | (1 << w)
#define LEARN_UNDER_LOCK(w) knows[w] = lockKnows
#define LEARN_FROM_CENSUS(w) knows[w] = knows[w] | censusKnows; censusKnows = knows[w]
#else
#define SEES(w, seat) true
#define APPEND(w) skip
#define LEARN_UNDER_LOCK(w) skip
#define LEARN_FROM_CENSUS(w) skip
#endif

#define SLEEPERS (idlers + joiners)
#define WAKEABLE (free <= 0 -> 0 : (free < SLEEPERS -> free : SLEEPERS))
#define CALLS_FOR_WAKING (searching == 0 && wakeable > 0)

#define HOLDS(w) (w < WORKERS && holds[w])
#define OWES(w) (HOLDS(w) && IS_TASK_CALLER(w))
#define HOLDERS (HOLDS(0) + HOLDS(1) + HOLDS(2) + HOLDS(3))
#define OWING (OWES(0) + OWES(1) + OWES(2) + OWES(3))

/* MARK: Permits */

inline takePermit(w) {
    free--;
    assert(!holds[w]);
    holds[w] = true
}

/* Roster.acquire */
inline rosterAcquire(w) {
    if
#ifdef BUG_SEAT_WITHOUT_PERMIT
    :: true ->
#else
    :: free > 0 || IS_TASK_CALLER(w) ->
#endif
        takePermit(w);
        next = w
    :: else ->
        queue!w;
        next = NOBODY
    fi
}

/* Roster.release: debt is paid first; then the head of the queue has the permit. */
inline rosterRelease(w) {
    assert(holds[w]);
    holds[w] = false;
    free++;
    if
#ifdef BUG_NO_HANDOVER
    :: false ->
#else
    :: free > 0 && len(queue) > 0 ->
#endif
        queue?next;
        takePermit(next)
#ifdef BUG_DEBT_FORGOTTEN
    /* As if there were no debt: whoever waits is handed what is owed. */
    :: free <= 0 && len(queue) > 0 ->
        queue?next;
        takePermit(next)
#endif
    :: else -> next = NOBODY
    fi
}

/* What must hold whenever the lock is free. */
inline unlock() {
#ifdef WEAK_COUNT
    if
    :: wakeable != WAKEABLE -> censusKnows = lockKnows
    :: else
    fi;
#endif
    wakeable = WAKEABLE;
    assert(len(queue) == 0 || free <= 0);
    assert(HOLDERS == PERMITS - free && HOLDERS <= PERMITS + OWING)
}

/* Leaves a token for `next`, whom the change of the roster before it has chosen. */
inline unpark() {
    if
    :: next != NOBODY ->
        assert(!token[next]);
        token[next] = true;
        next = NOBODY
    :: else
    fi
}

inline park(w) {
    atomic { token[w] -> token[w] = false; LEARN_UNDER_LOCK(w) }
}

/* MARK: Waking */

#ifdef BUG_JOINER_WOKEN_FOR_TASK
#define MAY_JOINER_RUN(kind) true
#else
#define MAY_JOINER_RUN(kind) (kind == BRANCHES)
#endif

/* Sleep.wake(for:) */
inline wake(kind) {
    atomic {
        next = NOBODY;
        if
        :: free > 0 && idlers > 0 ->
            if
            :: sleeps[0] == IDLE -> next = 0
#if THREADS > 1
            :: sleeps[1] == IDLE -> next = 1
#endif
#if THREADS > 2
            :: sleeps[2] == IDLE -> next = 2
#endif
            fi;
            sleeps[next] = AWAKE;
            idlers--
        :: free > 0 && idlers == 0 && joiners > 0 && MAY_JOINER_RUN(kind) ->
            if
            :: sleeps[0] == JOINING -> next = 0
#if WORKERS > 1
            :: sleeps[1] == JOINING -> next = 1
#endif
#if WORKERS > 2
            :: sleeps[2] == JOINING -> next = 2
#endif
#if WORKERS > 3
            :: sleeps[3] == JOINING -> next = 3
#endif
            fi;
            sleeps[next] = AWAKE;
            joiners--
        :: else
        fi;
        if
        :: next != NOBODY ->
            takePermit(next);
            isSearching[next] = true;
            searching++;
            unlock();
            unpark()
        :: else
        fi
    }
}

/* Scheduler.workWasPublished */
inline workWasPublished(kind) {
#ifndef BUG_PUBLISHER_DOES_NOT_LOOK
    if
    :: CALLS_FOR_WAKING -> wake(kind)
    :: else
    fi
#else
    skip
#endif
}

#ifdef BUG_LOOKS_FOR_BRANCHES_ONLY
#define LOOKS_FOR_TASKS false
#else
#define LOOKS_FOR_TASKS true
#endif
#define HAS_BRANCH(w, k) (k < WORKERS && branch[k] == PUBLIC && SEES(w, k))

/* Scheduler.wakeIfThereIsWork: one queue after the other. */
inline wakeIfThereIsWork(w) {
    if
    :: CALLS_FOR_WAKING ->
        k = 0;
        do
#ifdef COARSE
        :: k == 0 && (HAS_BRANCH(w, 0) || HAS_BRANCH(w, 1) ||
                      HAS_BRANCH(w, 2) || HAS_BRANCH(w, 3)) ->
            work = BRANCHES;
            break
#else
        :: k < WORKERS ->
            if
            :: HAS_BRANCH(w, k) ->
                work = BRANCHES;
                break
            :: else -> k++
            fi
#endif
        :: else ->
            if
            :: injector > 0 && LOOKS_FOR_TASKS -> work = SWIFT_TASKS
            :: else ->
                k = 0;
                do
                :: k < THREADS && tasks[k] == 0 -> k++
                :: k < THREADS && tasks[k] > 0 -> work = SWIFT_TASKS; break
                :: k == THREADS -> work = NOBODY; break
                od
            fi;
            break
        od;
        k = 0;
        if
        :: work != NOBODY -> wake(work)
        :: else
        fi;
        work = 0
    :: else
    fi
}

/* MARK: Searching */

inline startSearching(w) {
    if
    :: isSearching[w]
    :: !isSearching[w] -> atomic { isSearching[w] = true; searching++ }
    fi
}

inline stopSearching(w) {
    if
    :: atomic { isSearching[w] -> isSearching[w] = false; searching--; calls = CALLS_FOR_WAKING;
            LEARN_FROM_CENSUS(w) };
        if
#ifndef BUG_NO_LOOK_AFTER_SEARCH
        :: calls -> calls = false; wakeIfThereIsWork(w)
#else
        :: calls -> calls = false
#endif
        :: !calls
        fi
    :: !isSearching[w]
    fi
}

#ifdef THOROUGH
#define GIVE_UP else
#else
#define GIVE_UP true
#endif

#define CAN_STEAL(w, victim) (victim != w && branch[victim] == PUBLIC)

/* Takes a branch of another worker. */
inline steal(victim) {
    branch[victim] = TAKEN;
    found = victim
}

/* TaskQueue.removeShare: one task to run, and perhaps another on its way to the worker's queue. */
inline takeShare(from) {
    if
    :: from--; found = A_TASK
    :: from > 1 -> from = from - 2; found = A_TASK; moving = true
    fi
}

/* After takeShare. */
inline publishShare(w) {
    if
    :: moving ->
        atomic { tasks[w]++; moving = false };
#ifndef BUG_SHARE_NOT_PUBLISHED
        workWasPublished(SWIFT_TASKS)
#endif
    :: else
    fi
}

/* Scheduler.search with tasks; `found` is NOBODY when there was nothing. */
inline searchAll(w) {
    startSearching(w);
    atomic {
        found = NOBODY;
        if
        :: CAN_STEAL(w, 0) -> steal(0)
#if WORKERS > 1
        :: CAN_STEAL(w, 1) -> steal(1)
#endif
#if WORKERS > 2
        :: CAN_STEAL(w, 2) -> steal(2)
#endif
#if WORKERS > 3
        :: CAN_STEAL(w, 3) -> steal(3)
#endif
#if TASKS > 0
        :: tasks[w] > 0 -> tasks[w]--; found = A_TASK
        :: injector > 0 -> takeShare(injector)
        :: w != 0 && tasks[0] > 0 -> takeShare(tasks[0])
#if THREADS > 1
        :: w != 1 && tasks[1] > 0 -> takeShare(tasks[1])
#endif
#if THREADS > 2
        :: w != 2 && tasks[2] > 0 -> takeShare(tasks[2])
#endif
#endif
        :: GIVE_UP
        fi
    };
#if TASKS > 1
    publishShare(w);
#endif
    if
    :: found != NOBODY -> stopSearching(w)
    :: else
    fi
}

/* Scheduler.search for branches, until the own one is done. */
inline searchBranches(w) {
    startSearching(w);
    atomic {
        found = NOBODY;
        if
        :: CAN_STEAL(w, 0) -> steal(0)
#if WORKERS > 1
        :: CAN_STEAL(w, 1) -> steal(1)
#endif
#if WORKERS > 2
        :: CAN_STEAL(w, 2) -> steal(2)
#endif
#if WORKERS > 3
        :: CAN_STEAL(w, 3) -> steal(3)
#endif
        :: GIVE_UP
        fi
    };
    if
    :: found != NOBODY -> stopSearching(w)
    :: else
    fi
}

/* MARK: Sleeping */

/* Scheduler.register */
inline register(w, reason, count) {
#ifdef BUG_STOPS_SEARCHING_LATE
    atomic {
        sleeps[w] = reason;
        count++;
        rosterRelease(w);
        unlock();
        unpark()
    };
#ifndef BUG_NO_LOOK_AFTER_REGISTER
    wakeIfThereIsWork(w);
#endif
    atomic { searching = searching - isSearching[w]; isSearching[w] = false }
#else
    atomic {
        searching = searching - isSearching[w];
        isSearching[w] = false;
        sleeps[w] = reason;
        count++;
        rosterRelease(w);
        LEARN_UNDER_LOCK(w);
        unlock();
        unpark()
    };
#ifndef BUG_NO_LOOK_AFTER_REGISTER
    wakeIfThereIsWork(w)
#endif
#endif
}

inline resume(w) {
    atomic {
        next = NOBODY;
        if
        :: sleeps[w] == JOINING ->
            sleeps[w] = AWAKE;
            joiners--;
            rosterAcquire(w);
            unlock();
            unpark()
#ifdef BUG_RESUMES_WHO_IS_AWAKE
        :: sleeps[w] != JOINING -> next = w; unpark()
#endif
        :: else
        fi
    }
}

inline sleepIdle(w) {
    register(w, IDLE, idlers);
endIdle:
    park(w);
    assert(holds[w])
}

inline sleepJoining(w) {
    register(w, JOINING, joiners);
    if
    :: atomic { latch[w] != DONE -> latch[w] = OWNER_SLEEPS }
    :: latch[w] == DONE -> resume(w)
    fi;
    park(w);
    assert(holds[w])
}

/* Scheduler.yieldPermit: pays debt, or lets the head of the queue run. */
inline yieldPermit(w) {
    if
    :: atomic {
            free < 0 || len(queue) > 0 ->
            queue!w;
            rosterRelease(w);
            unlock();
            unpark()
        };
        park(w);
        assert(holds[w])
#ifdef THOROUGH
    :: free >= 0 && len(queue) == 0
#else
    :: true
#endif
    fi
}

/* MARK: Work */

inline compute(w) {
    if
    :: true
    :: computes[w] = true; !computes[w]
    fi
}

inline runBranch(w, b) {
    compute(w);
    ran[b]++;
    atomic {
        if
        :: latch[b] == OWNER_SLEEPS -> calls = true
        :: else
        fi;
        latch[b] = DONE
    };
    if
    :: calls -> calls = false; resume(b)
    :: !calls
    fi
}

inline forkJoin(w) {
#ifdef BUG_RELAXED_PUBLISH
    /* The load of the census overtakes the store to `bottom`. */
    calls = CALLS_FOR_WAKING;
    branch[w] = PUBLIC;
    if
    :: calls -> calls = false; wake(BRANCHES)
    :: else
    fi;
#else
    branch[w] = PUBLIC;
    workWasPublished(BRANCHES);
#endif
    compute(w);
    if
    :: atomic { branch[w] == PUBLIC -> branch[w] = NONE; ran[w]++ }
    :: branch[w] != PUBLIC ->
        do
        :: latch[w] == DONE -> break
        :: latch[w] != DONE ->
            searchBranches(w);
            if
            :: found != NOBODY -> runBranch(w, found); found = 0
            :: found == NOBODY && latch[w] == DONE -> found = 0
            :: found == NOBODY && latch[w] != DONE -> found = 0; sleepJoining(w)
            fi
        od;
#ifndef BUG_JOINER_STAYS_SEARCHER
        stopSearching(w)
#endif
    fi;
    atomic { assert(ran[w] == 1); ran[w] = 0; latch[w] = PENDING; branch[w] = NONE }
}

inline acquirePermit(w) {
    atomic { rosterAcquire(w); unlock() };
    if
    :: next == NOBODY -> park(w)
    :: else -> next = NOBODY
    fi;
    assert(holds[w])
}

inline releasePermit(w) {
    atomic { rosterRelease(w); unlock(); unpark() };
#ifndef BUG_NO_LOOK_AFTER_RELEASE
    wakeIfThereIsWork(w)
#endif
}

inline runTask(w) {
    if
    :: compute(w)
#ifdef FORKING
    :: forkJoin(w)
#endif
#ifdef STEPPING_OUT
    :: releasePermit(w); compute(w); acquirePermit(w)
#endif
    fi;
    tasksRun++
}

active [THREADS] proctype Thread() {
    byte next = NOBODY, k, work, found;
    bool moving, calls;
endBorn:
    park(_pid);
    do
    :: true ->
        searchAll(_pid);
        if
        :: found == NOBODY ->
            found = 0;
            sleepIdle(_pid)
        :: found == A_TASK ->
            found = 0;
            runTask(_pid);
            yieldPermit(_pid);
#if TASKS > 0
            /* Tasks at hand, before it searches again. */
            do
            :: atomic { tasks[_pid] > 0 -> tasks[_pid]-- };
                runTask(_pid);
                yieldPermit(_pid)
            :: atomic { injector > 0 -> takeShare(injector); found = 0 };
                publishShare(_pid);
                runTask(_pid);
                yieldPermit(_pid)
            :: GIVE_UP -> break
            od
#endif
        :: found < WORKERS ->
            runBranch(_pid, found);
            found = 0;
            yieldPermit(_pid)
        fi
    od
}

active [CALLERS + TASK_CALLERS] proctype Caller() {
    byte next = NOBODY, k, work, found, call;
    bool calls;
    do
    :: call < CALLS ->
        call++;
        atomic {
            sleeps[_pid] = AWAKE; APPEND(_pid); LEARN_UNDER_LOCK(_pid);
            rosterAcquire(_pid); unlock()
        };
        if
        :: next == NOBODY -> park(_pid)
        :: else -> next = NOBODY
        fi;
        assert(holds[_pid]);
        forkJoin(_pid);
        releasePermit(_pid)
    :: else -> break
    od;
    callersAtHome++
}

active proctype Publisher() {
    byte next = NOBODY;
    do
    :: published < TASKS ->
        atomic { injector++; published++ };
        workWasPublished(SWIFT_TASKS)
    :: else -> break
    od
}

/* Looks when nobody can move, then lets one computation end. */
active proctype Monitor() {
    byte w;
    bool hasBranch, hasTask;
    do
    :: atomic {
            timeout ->
            hasTask = injector > 0;
            w = 0;
            do
            :: w < WORKERS ->
                hasBranch = hasBranch || branch[w] == PUBLIC;
                w++
            :: else -> break
            od;
            w = 0;
            do
            :: w < THREADS -> hasTask = hasTask || tasks[w] > 0; w++
            :: else -> break
            od;
            w = 0;
            assert(!(free > 0 && SLEEPERS > 0 && hasBranch));
            assert(!(free > 0 && idlers > 0 && hasTask));
            hasBranch = false;
            hasTask = false;
            if
            :: computes[0] -> computes[0] = false
#if WORKERS > 1
            :: computes[1] -> computes[1] = false
#endif
#if WORKERS > 2
            :: computes[2] -> computes[2] = false
#endif
#if WORKERS > 3
            :: computes[3] -> computes[3] = false
#endif
            :: else -> break
            fi
        }
    od;
    assert(callersAtHome == CALLERS + TASK_CALLERS && tasksRun == TASKS);
    assert(free == PERMITS && idlers == THREADS && joiners == 0 && len(queue) == 0);
    assert(searching == 0 && wakeable == WAKEABLE)
}
