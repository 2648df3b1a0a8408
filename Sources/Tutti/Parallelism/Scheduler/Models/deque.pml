/*
 * SplitDeque: one owner, THIEVES thieves, PUSHES pushes into CAPACITY slots, so that slots are
 * used again.
 *
 * Checked: each item is taken exactly once, by the owner or by one thief; `pop` says false exactly
 * when a thief has the item, and then thieves have all the older ones too; top <= split <= head
 * <= top + CAPACITY between two operations of the owner.
 *
 * Memory. The owner has a store buffer, which holds its relaxed stores (slots) and its releasing
 * store (`bottom` at the end of popPublic). Any store may leave the buffer before an older one to
 * another place, only a releasing one waits for all the older ones: weaker than x86-TSO, where the
 * buffer is a queue. Sequentially consistent stores and exchanges wait for an empty buffer. The
 * relaxed load of `top` in `push` gives any value that is no older than the one read last.
 * Thieves need no buffer: they store only by exchange, their loads of `top` and `bottom` are
 * sequentially consistent, and their relaxed load of the slot lies between an acquiring load and a
 * releasing exchange.
 * What the model takes for granted: the owner's relaxed store to a slot does not become visible
 * before the load of `top` that its branch depends on. Processors keep that order, the memory
 * model of C++ alone does not (BUG_SLOT_AFTER_CLAIM is what would follow).
 */
#ifndef CAPACITY
#define CAPACITY 2
#endif
#ifndef EAGER
#define EAGER 1
#endif
#ifndef PUSHES
#define PUSHES 4
#endif
#ifndef THIEVES
#define THIEVES 2
#endif

#define NOBODY 0
#define OWNER 1
#define THIEF 2

/* Shared. */
byte top;
byte bottom;
byte slots[CAPACITY];

/* The owner's. */
byte head;
byte split;
byte seenTop;

/* The owner's store buffer, oldest first; place CAPACITY is `bottom`. */
#define BUFFER 3
#define BOTTOM CAPACITY
byte place[BUFFER];
byte value[BUFFER];
byte buffered;

/* Who took item i; items are numbered from 1 in the order of their pushes. */
byte taker[PUSHES + 1];
byte pushed;
/* The item that was pushed last at an index. */
byte itemAt[PUSHES];
/* The items that the owner has yet to pop. */
byte stack[PUSHES];
byte depth;
bool isOver;

inline take(item, who) {
    assert(item > 0 && taker[item] == NOBODY);
    taker[item] = who
}

/* A relaxed or releasing store. */
inline bufferedStore(where, what) {
    d_step {
        buffered < BUFFER;
        place[buffered] = where;
        value[buffered] = what;
        buffered++
    }
}

#ifdef BUG_RELAXED_PUBLISH
#define IF_RELEASED(i) true
#else
#define IF_RELEASED(i) (place[i] != BOTTOM)
#endif

/* Writes entry i to memory and closes the gap. */
inline flush(i) {
    d_step {
        if
        :: place[i] == BOTTOM -> bottom = value[i]
        :: else -> slots[place[i]] = value[i]
        fi;
        j = i;
        do
        :: j + 1 < buffered ->
            place[j] = place[j + 1];
            value[j] = value[j + 1];
            j++
        :: else -> break
        od;
        buffered--;
        place[buffered] = 0;
        value[buffered] = 0;
        j = 0
    }
}

active proctype Buffer() {
    byte j;
end:
    do
    :: atomic { buffered > 0 -> flush(0) }
    :: atomic { buffered > 1 && place[1] != place[0] && IF_RELEASED(1) -> flush(1) }
    :: atomic {
        buffered > 2 && place[2] != place[0] && place[2] != place[1] && IF_RELEASED(2) -> flush(2)
    }
    od
}

inline publish(upTo) {
    if
    :: upTo > split ->
        split = upTo;
#ifdef BUG_RELAXED_PUBLISH
        bufferedStore(BOTTOM, split)
#else
        atomic { buffered == 0 -> bottom = split }
#endif
    :: else
    fi
}

#ifdef BUG_OVERFULL
#define HAS_ROOM (head - t <= CAPACITY)
#else
#define HAS_ROOM (head - t < CAPACITY)
#endif

inline push() {
    /* The relaxed load: any value since the last one read. */
    atomic {
        t = seenTop;
        do
        :: t < top -> t++
        :: break
        od;
        seenTop = t
    }
    if
    :: HAS_ROOM ->
        atomic {
            pushed++;
            stack[depth] = pushed;
            depth++;
            itemAt[head] = pushed;
            bufferedStore(head % CAPACITY, pushed)
        }
        head++;
        if
        :: split - t < EAGER ->
            t = t + EAGER;
            if
            :: head < t -> t = head
            :: else
            fi;
            publish(t)
        :: else
        fi
    :: else
    fi;
    t = 0
}

/* What the caller of `pop` may conclude; clears the item off the ghost stack. */
inline popped(won) {
    d_step {
        depth--;
        item = stack[depth];
        stack[depth] = 0;
        if
        :: won -> take(item, OWNER)
        :: else ->
            assert(taker[item] == THIEF);
            k = 0;
            do
            :: k < depth -> assert(taker[stack[k]] == THIEF); k++
            :: else -> break
            od;
            k = 0
        fi;
        item = 0
    }
}

inline popPublic() {
#ifdef BUG_RELAXED_POP
    bufferedStore(BOTTOM, newest);
#else
    atomic { buffered == 0 -> bottom = newest }
#endif
    /* The load of `top`. The exchange that may follow is a step of its own. */
    atomic { t = top; seenTop = t }
    if
    :: t < newest ->
        atomic { head = newest; split = newest; popped(true) }
    :: else ->
        won = false;
        if
        :: t == newest ->
#ifdef BUG_NO_EXCHANGE
            won = true
#else
            atomic {
                buffered == 0;
                if
                :: top == t -> top = t + 1; won = true
                :: else
                fi;
                seenTop = top
            }
#endif
        :: else
        fi;
#ifdef BUG_HEAD_AFTER_LOSS
        atomic { head = (won -> newest + 1 : newest); split = head; popped(won) }
#else
        atomic { head = newest + 1; split = head; popped(won) }
#endif
        bufferedStore(BOTTOM, head)
    fi;
    t = 0;
    won = false
}

inline pop() {
    newest = head - 1;
    if
    :: newest >= split -> atomic { head = newest; popped(true) }
    :: else -> popPublic()
    fi;
    newest = 0
}

active proctype Owner() {
    byte t, item, k, newest;
    bool won;
    do
    :: pushed < PUSHES -> push()
    :: depth > 0 -> pop()
    :: head > split -> publish(head)
    :: pushed == PUSHES && depth == 0 -> break
    :: !(top <= split && split <= head && head <= top + CAPACITY) -> assert(false)
    od;
    atomic {
        k = 1;
        do
        :: k <= PUSHES -> assert(taker[k] != NOBODY); k++
        :: else -> break
        od;
        isOver = true
    }
}

active [THIEVES] proctype Thief() {
    byte t, b, item;
end:
    do
    :: !isOver ->
#ifdef BUG_STEAL_ORDER
        b = bottom;
        t = top;
#else
        t = top;
        b = bottom;
#endif
        if
        :: t < b ->
#ifdef BUG_SLOT_AFTER_CLAIM
            if
            :: atomic { top == t -> top = t + 1; b = itemAt[t]; take(b, THIEF) };
                item = slots[t % CAPACITY];
                assert(item == b)
            :: top != t
            fi
#else
            item = slots[t % CAPACITY];
            if
            :: atomic { top == t -> top = t + 1; assert(item == itemAt[t]); take(item, THIEF) }
            :: top != t
            fi
#endif
        :: else
        fi;
        d_step { t = 0; b = 0; item = 0 }
    :: isOver -> break
    od
}
