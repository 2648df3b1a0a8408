/*
 * Sleeping and waking: census, roster, permits, seats, joins and tasks of one pool.
 *
 * PERMITS permits; THREADS threads of the pool, workers 0 ..< THREADS, born asleep; CALLERS plain
 * callers and TASK_CALLERS callers that are Swift tasks and never wait for a permit, each CALLS
 * times: sit down on the spare seat, a vacant or a new one, fork one branch, join it, leave. A
 * publisher enqueues TASKS tasks from outside; a task computes, forks and joins a branch (FORKING),
 * or steps out of the pool and comes back (STEPPING_OUT).
 *
 * A computation is short, or so long that all else comes to rest meanwhile: then `Monitor` looks.
 * Checked: at rest there is no work that a sleeper could take while there is a permit for it, free
 * or with the spare seat, and nobody waits for a permit that the spare seat has; when nobody
 * computes any more, all have come to their end, so no sleeper is forgotten and there is no
 * deadlock; each branch and each task ran once; PERMITS - free threads and the spare seat hold a
 * permit, at most PERMITS and one for each task caller that runs; who waits for one waits only
 * while there is none; a token is never left twice; the census says what the roster says.
 *
 * More than the code does, so that the check says more:
 * - A search takes any branch or task that is there, or gives up at any time.
 * - Sleepers are sets: any of them is woken, not the one that slept last.
 * - A thread may overlook that permits are waited for between two pieces of work.
 * THOROUGH, for the search of cycles, takes the first and the last back: a search gives up when
 * there is nothing to take, and the queue is not overlooked.
 *
 * Memory. All that matters here is sequentially consistent, and so in the model: the census,
 * `spareSeat`, `wanted`, `bottom` and `top` of a deque where they are published and looked at,
 * `count` of a task queue and of the worker table. The exceptions: `wanted` before a seat is made
 * spare and between two pieces of work, where an old value does no harm. The load of `spareSeat` in
 * the second reclaim is none: were it relaxed, it could overtake the store of `wanted`, which is
 * what BUG_NO_SECOND_RECLAIM does.
 * The roster is only touched under its lock. The unpark after a section belongs to its last step:
 * the token that comes later in the code lets its owner go on later, as any thread may. The latch,
 * the parker and the deque have models of their own and are one step here.
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

#define SEATS (CALLERS + TASK_CALLERS)
#define WORKERS (THREADS + SEATS)
#define IS_TASK_CALLER (_pid >= THREADS + CALLERS)
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

/* Census, one word: what it says of the roster, which is behind while the lock is held. */
byte searching;
byte asleep = THREADS;
byte freePermits = PERMITS;

/* The seat that keeps its permit, and how many permits are waited for. */
byte spare;
byte wanted;

/* Only while the lock is held. */
bool locked;
byte next;
byte toUnpark;
bool reclaimed;
short newSearchers;
bool hasPermit;

/* Seats: whether a caller sits there or the seat is spare, and whether the caller is a task. */
bool inUse[4];
bool isTask[4];

/* Workers. */
bool isSearching[WORKERS];
byte tokens;
byte branch[4];
byte latch[WORKERS];

/* Task queues. */
byte injector;
byte tasks[THREADS];

/* Only for the checks. */
bool holds[4];
byte holders;
byte owing;
bool computes[WORKERS];
byte ran[WORKERS];
byte tasksRun;
byte callersAtHome;
byte published;

#define SLEEPERS (idlers + joiners)
#define FREE (free > 0 -> free : 0)
#define WANTED (len(queue) + (free < 0 -> -free : 0))
#define LACKS_SEARCHERS (searching == 0 && asleep > 0)

/* MARK: Permits */

/* Who holds a permit, for the checks. */
inline hold(w) {
    assert(!holds[w]);
    holds[w] = true;
    holders++;
    owing = owing + isTask[w]
}

inline unhold(w) {
    assert(holds[w]);
    holds[w] = false;
    holders--;
    owing = owing - isTask[w]
}

inline takePermit(w) {
    free--;
    hold(w)
}

inline unpark(w) {
    toUnpark = toUnpark | (1 << w)
}

/* Roster.acquire: whether `w` has a permit now. */
inline rosterAcquire(w, hasPermit) {
    if
#ifdef BUG_SEAT_WITHOUT_PERMIT
    :: true ->
#else
    :: free > 0 || isTask[w] ->
#endif
        takePermit(w);
        hasPermit = true
    :: else ->
        queue!w;
        hasPermit = false
    fi
}

/* Roster.release, once nobody holds the permit: debt is paid first; then the head of the queue
   has the permit. */
inline handOn() {
    free++;
    if
#ifdef BUG_NO_HANDOVER
    :: false ->
#elif defined(BUG_DEBT_FORGOTTEN)
    /* As if there were no debt: whoever waits is handed what is owed. */
    :: len(queue) > 0 ->
#else
    :: free > 0 && len(queue) > 0 ->
#endif
        queue?next;
        takePermit(next);
        unpark(next);
        next = 0
    :: else
    fi
}

inline rosterRelease(w) {
    unhold(w);
    handOn()
}

/* Scheduler.reclaimSpareSeat */
inline reclaim() {
    if
    :: spare != 0 ->
        inUse[spare] = false;
        spare = 0;
#ifndef BUG_RECLAIM_FORGETS_PERMIT
        handOn();
#endif
        reclaimed = true;
        wanted = WANTED
    :: else
    fi
}

/* The change of the census, the end of the section, and the tokens for those it has chosen. */
inline unlock() {
    asleep = SLEEPERS;
    freePermits = FREE;
    searching = searching + newSearchers;
    newSearchers = 0;
    assert(len(queue) == 0 || free <= 0);
    assert(holders + (spare != 0) == PERMITS - free && PERMITS - free <= PERMITS + owing);
    isLeft = reclaimed && free > 0;
    reclaimed = false;
    assert(!(tokens & toUnpark));
    tokens = tokens | toUnpark;
    toUnpark = 0;
    locked = false
}

#ifdef BUG_NO_SECOND_RECLAIM
#define RECLAIM_AGAIN skip
#else
#define RECLAIM_AGAIN if :: wanted > 0 -> reclaim() :: else fi
#endif

/* Scheduler.change. A step ends where somebody without the lock may see or do something that
   matters: after a look at `spareSeat`, after `wanted` is stored, before the census changes. What
   `reclaimSpareSeat` stores in `wanted` comes at once: it is less, so a leaver who still sees more
   only takes the lock in vain. Without callers nobody looks on, and all is one step. */
#if SEATS == 0
#define CHANGE(EVENT) \
    atomic { EVENT; unlock() }
#else
#define CHANGE(EVENT) \
    atomic { \
        !locked -> \
        locked = true; \
        if \
        :: free <= 0 -> reclaim() \
        :: else \
        fi \
    }; \
    atomic { \
        EVENT; \
        if \
        :: wanted == 0 && WANTED == 0 -> unlock() \
        :: else -> wanted = WANTED; isSplit = true \
        fi \
    }; \
    if \
    :: isSplit -> \
        atomic { RECLAIM_AGAIN }; \
        atomic { isSplit = false; unlock() } \
    :: !isSplit \
    fi
#endif

inline park(w) {
    atomic { tokens & (1 << w) -> tokens = tokens & ~(1 << w) }
}

/* MARK: Waking */

#ifdef BUG_JOINER_WOKEN_FOR_TASK
#define MAY_JOINER_RUN(kind) true
#else
#define MAY_JOINER_RUN(kind) (kind == BRANCHES)
#endif

#define SLEEPS(w, why) (sleeps[w] == why && (why == JOINING || w < THREADS))

inline chooseSleeper(why, count) {
    if
    :: SLEEPS(0, why) -> next = 0
#if WORKERS > 1
    :: SLEEPS(1, why) -> next = 1
#endif
#if WORKERS > 2
    :: SLEEPS(2, why) -> next = 2
#endif
#if WORKERS > 3
    :: SLEEPS(3, why) -> next = 3
#endif
    fi;
    sleeps[next] = AWAKE;
    count--;
    takePermit(next);
    isSearching[next] = true;
    newSearchers = 1;
    unpark(next);
    next = 0
}

/* Roster.wake */
inline rosterWake(kind) {
    if
    :: free > 0 && idlers > 0 -> chooseSleeper(IDLE, idlers)
    :: free > 0 && idlers == 0 && joiners > 0 && MAY_JOINER_RUN(kind) ->
        chooseSleeper(JOINING, joiners)
    :: else
    fi
}

/* Scheduler.sleeperIsNeeded: `calls` says so. The census, then the spare seat. */
inline lookForNeed() {
    if
#if SEATS == 0
    :: LACKS_SEARCHERS && freePermits > 0 -> calls = true
    :: else
#elif defined(SPARE_BEFORE_CENSUS)
    :: spare != 0 -> calls = LACKS_SEARCHERS
    :: spare == 0 -> calls = LACKS_SEARCHERS && freePermits > 0
#else
    :: atomic { LACKS_SEARCHERS && freePermits > 0 -> calls = true }
#ifndef BUG_PUBLISHER_IGNORES_SPARE
    :: LACKS_SEARCHERS && freePermits == 0 -> calls = (spare != 0)
#endif
    :: else
#endif
    fi
}

#ifdef BUG_LOOKS_FOR_BRANCHES_ONLY
#define LOOKS_FOR_TASKS false
#else
#define LOOKS_FOR_TASKS true
#endif
#define HAS_BRANCH(k) (k < WORKERS && branch[k] == PUBLIC)

/* Looks at one queue after the other: `work` is what there is. */
inline lookAtQueues() {
    k = 0;
    do
#ifdef COARSE
    :: k == 0 && (HAS_BRANCH(0) || HAS_BRANCH(1) || HAS_BRANCH(2) || HAS_BRANCH(3)) ->
        work = BRANCHES;
        break
#else
    :: k < WORKERS ->
        if
        :: HAS_BRANCH(k) ->
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
    k = 0
}

/* Wakes one for work that is known, or for what the queues hold; looks once more if a change took
   the permit of the spare seat and left it over. */
inline lookAndWake() {
    do
    :: true ->
        isLeft = false;
        lookForNeed();
        if
        :: calls ->
            calls = false;
            if
            :: work == NOBODY -> lookAtQueues()
            :: work != NOBODY
            fi;
            if
            :: work != NOBODY -> CHANGE(rosterWake(work))
            :: work == NOBODY
            fi
        :: !calls
        fi;
        work = NOBODY;
        if
        :: isLeft
        :: !isLeft -> break
        fi
    od
}

/* Scheduler.wakeIfThereIsWork */
inline wakeIfThereIsWork() {
    lookAndWake()
}

/* Scheduler.workWasPublished */
inline workWasPublished(kind) {
#ifndef BUG_PUBLISHER_DOES_NOT_LOOK
    work = kind;
    lookAndWake()
#else
    skip
#endif
}

/* After a change whose caller does not look anyway. */
inline lookIfPermitIsLeft() {
#if SEATS > 0 && !defined(BUG_NO_LOOK_AFTER_RECLAIM)
    if
    :: isLeft -> wakeIfThereIsWork()
    :: !isLeft
    fi
#else
    isLeft = false
#endif
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
    :: atomic { isSearching[w] -> isSearching[w] = false; searching--; calls = LACKS_SEARCHERS };
        if
#ifndef BUG_NO_LOOK_AFTER_SEARCH
        :: calls -> calls = false; wakeIfThereIsWork()
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

/* Roster.sleep; the worker stops searching in the same change of the census. */
inline rosterSleep(w, reason, count) {
#ifndef BUG_STOPS_SEARCHING_LATE
    newSearchers = -isSearching[w];
    isSearching[w] = false;
#endif
    sleeps[w] = reason;
    count++;
    rosterRelease(w)
}

/* Scheduler.register */
inline register(w, reason, count) {
    CHANGE(rosterSleep(w, reason, count));
#ifndef BUG_NO_LOOK_AFTER_REGISTER
    wakeIfThereIsWork();
#endif
#ifdef BUG_STOPS_SEARCHING_LATE
    atomic { searching = searching - isSearching[w]; isSearching[w] = false };
#endif
    isLeft = false
}

inline rosterResume(w) {
    if
    :: sleeps[w] == JOINING ->
        sleeps[w] = AWAKE;
        joiners--;
        rosterAcquire(w, hasPermit);
        if
        :: hasPermit -> unpark(w); hasPermit = false
        :: else
        fi
#ifdef BUG_RESUMES_WHO_IS_AWAKE
    :: sleeps[w] != JOINING -> unpark(w)
#endif
    :: else
    fi
}

inline resume(w) {
    CHANGE(rosterResume(w));
    lookIfPermitIsLeft()
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

/* Roster.yield: pays debt, or lets the head of the queue run. */
inline rosterYield(w) {
    if
    :: WANTED > 0 ->
        queue!w;
        rosterRelease(w);
        parks = true
    :: else
    fi
}

/* Scheduler.yieldPermit */
inline yieldPermit(w) {
    if
    :: wanted > 0 ->
        CHANGE(rosterYield(w));
        if
        :: parks -> parks = false; isLeft = false; park(w); assert(holds[w])
        :: !parks -> lookIfPermitIsLeft()
        fi
#ifdef THOROUGH
    :: wanted == 0
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
    calls = LACKS_SEARCHERS && freePermits > 0;
    branch[w] = PUBLIC;
    if
    :: calls -> calls = false; CHANGE(rosterWake(BRANCHES))
    :: !calls
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

/* For the running thread: whether it `parks`, instead of whom to unpark. */
inline rosterAcquireForSelf(w) {
    rosterAcquire(w, hasPermit);
    parks = !hasPermit;
    hasPermit = false
}

inline parkUnlessItMayRun(w) {
    isLeft = false;
    if
    :: parks -> parks = false; park(w)
    :: !parks
    fi;
    assert(holds[w])
}

inline acquirePermit(w) {
    CHANGE(rosterAcquireForSelf(w));
    parkUnlessItMayRun(w)
}

inline releasePermit(w) {
    CHANGE(rosterRelease(w));
#ifndef BUG_NO_LOOK_AFTER_RELEASE
    wakeIfThereIsWork();
#endif
    isLeft = false
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
    byte k, work = NOBODY, found;
    bool moving, calls, parks, isSplit, isLeft;
endBorn:
    park(_pid);
    do
    :: true ->
        searchAll(_pid);
        if
        :: found == NOBODY ->
            found = 0;
            sleepIdle(_pid)
        :: found != NOBODY ->
            do
            :: true ->
                if
#if TASKS > 0
                :: found == A_TASK -> runTask(_pid)
#endif
                :: found < WORKERS -> runBranch(_pid, found)
                fi;
                yieldPermit(_pid);
                if
#if TASKS > 0
                /* Tasks at hand, before it searches again. */
                :: atomic { found == A_TASK && tasks[_pid] > 0 -> tasks[_pid]-- }
                :: atomic { found == A_TASK && injector > 0 -> takeShare(injector) };
#if TASKS > 1
                    publishShare(_pid)
#endif
#endif
                :: GIVE_UP -> break
                fi
            od;
            found = 0
        fi
    od
}

/* Roster.takeSeat and acquire; a vacant seat comes before a new one. */
inline rosterSit() {
    seat = THREADS;
    do
    :: inUse[seat] -> seat++
    :: else -> break
    od;
    assert(seat < WORKERS);
    inUse[seat] = true;
    isTask[seat] = IS_TASK_CALLER;
    sleeps[seat] = AWAKE;
    rosterAcquireForSelf(seat)
}

/* Scheduler.takeSeat */
inline takeSeat() {
    if
    :: atomic {
            spare != 0 ->
            seat = spare;
            spare = 0;
            isTask[seat] = IS_TASK_CALLER;
            hold(seat)
        }
    :: spare == 0 ->
        CHANGE(rosterSit());
        parkUnlessItMayRun(seat)
    fi
}

/* Roster.leaveSeat, or nothing but what `change` does. */
inline rosterLeave() {
    if
    :: seat != 0 ->
        rosterRelease(seat);
        isTask[seat] = false;
        inUse[seat] = false
    :: else
    fi
}

/* Scheduler.leaveSeat */
inline leaveSeat() {
    if
    :: wanted == 0 ->
        if
        :: atomic {
                spare == 0 ->
                spare = seat;
                unhold(seat);
                isTask[seat] = false;
                seat = 0
            };
#ifndef BUG_LEAVER_IGNORES_WANTED
            calls = (wanted > 0)
#endif
        :: spare != 0 -> calls = true
        fi
    :: wanted > 0 -> calls = true
    fi;
    if
    :: calls -> calls = false; CHANGE(rosterLeave())
    :: !calls
    fi;
    seat = 0;
#ifndef BUG_NO_LOOK_AFTER_LEAVING
    wakeIfThereIsWork()
#endif
}

active [SEATS] proctype Caller() {
    byte k, work = NOBODY, found, call, seat;
    bool calls, parks, isSplit, isLeft;
    do
    :: call < CALLS ->
        call++;
        takeSeat();
        forkJoin(seat);
        leaveSeat()
    :: else -> break
    od;
    callersAtHome++
}

active proctype Publisher() {
    byte k, work = NOBODY;
    bool calls, isSplit, isLeft;
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
            assert(!((free > 0 || spare != 0) && SLEEPERS > 0 && hasBranch));
            assert(!((free > 0 || spare != 0) && idlers > 0 && hasTask));
            assert(!(spare != 0 && WANTED > 0));
            assert(!locked && wanted == WANTED && asleep == SLEEPERS && freePermits == FREE);
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
    assert(callersAtHome == SEATS && tasksRun == TASKS);
    assert(free + (spare != 0) == PERMITS && idlers == THREADS && joiners == 0);
    assert(len(queue) == 0 && searching == 0)
}
