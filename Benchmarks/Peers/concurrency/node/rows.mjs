// The rows with promises. Usage: rows.mjs ROW THREADS; see Benchmarks/README.md for the protocol.
import { readFileSync } from "node:fs";
import { createInterface } from "node:readline";
import { setImmediate, setTimeout } from "node:timers/promises";

const TASKS = 1000, YIELDS = 1000, SPAWNED = 100_000, SLEEPERS = 250_000;
const ELEMENTS = 200_000, IN_FLIGHT = 100;

function residentBytes() {
  return Number(readFileSync("/proc/self/statm", "utf8").split(" ")[1]) * 4096;
}

const BEFORE = residentBytes();

async function switches() {
  const body = async () => {
    for (let i = 0; i < YIELDS; i++) await setImmediate();
  };
  await Promise.all(Array.from({ length: TASKS }, body));
}

async function spawn() {
  for (let made = 0; made < SPAWNED; made += 100) {
    await Promise.all(Array.from({ length: 100 }, async () => {}));
  }
}

async function sleep() {
  await Promise.all(
    Array.from({ length: SLEEPERS }, (_, number) => setTimeout(200 + (number % 100))));
}

async function mapElements(body) {
  const results = new Array(ELEMENTS).fill(0);
  let next = 0;
  const work = async () => {
    while (next < ELEMENTS) {
      const element = next++;
      await body();
      results[element] = element + 1;
    }
  };
  await Promise.all(Array.from({ length: IN_FLIGHT }, work));
}

// Timers of an hour that are cleared: a promise with a signal each costs several times as much.
async function bytesOfSleepers() {
  const sleepers = Array.from({ length: SLEEPERS }, () => {
    const sleeper = {};
    sleeper.promise = new Promise((resolve) => {
      sleeper.resolve = resolve;
      sleeper.timer = globalThis.setTimeout(resolve, 3_600_000);
    });
    sleeper.task = (async () => await sleeper.promise)();
    return sleeper;
  });
  const value = (residentBytes() - BEFORE) / SLEEPERS;
  for (const sleeper of sleepers) {
    clearTimeout(sleeper.timer);
    sleeper.resolve();
  }
  await Promise.all(sleepers.map((sleeper) => sleeper.task));
  return `${value} ${SLEEPERS}`;
}

const nanosecondsEach = (count, run) => async () => {
  const start = process.cpuUsage();
  await run();
  const used = process.cpuUsage(start);
  return `${((used.user + used.system) * 1000) / count} ${count}`;
};

const ROWS = {
  "yield": nanosecondsEach(TASKS * YIELDS, switches),
  "task-yield": nanosecondsEach(TASKS * YIELDS, switches),
  "spawn": nanosecondsEach(SPAWNED, spawn),
  "sleep": nanosecondsEach(SLEEPERS, sleep),
  "sleep-memory": bytesOfSleepers,
  "map-at-once": nanosecondsEach(ELEMENTS, () => mapElements(async () => {})),
  "map-yield": nanosecondsEach(ELEMENTS, () => mapElements(() => setImmediate())),
};

const turn = ROWS[process.argv[2]];
if (turn) {
  await turn();
  console.log("ready");
  for await (const _ of createInterface({ input: process.stdin })) console.log(await turn());
} else {
  console.log("none");
}
