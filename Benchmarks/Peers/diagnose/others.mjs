// Programs in Node. Usage: node others.mjs NAME [PORT].
import crypto from "node:crypto";
import http from "node:http";
import { fileURLToPath } from "node:url";
import { Worker, isMainThread, workerData } from "node:worker_threads";

const [name, port] = process.argv.slice(2);

function computeOnce(seed) {
    let value = seed;
    for (let i = 0; i < 1e6; i++) value = (Math.imul(value, 31) + i) | 0;
    return value;
}

// About 80 ms on a core of 4 GHz. Small pieces, since a long loop is not optimised everywhere alike.
function compute(units) {
    let value = 1;
    for (let i = 0; i < units * 100; i++) value ^= computeOnce(i);
    return value;
}

function request() {
    return new Promise((resolve, reject) => {
        http.get({ port, agent: false }, (response) => {
            response.resume();
            response.on("end", resolve);
        }).on("error", reject);
    });
}

function inWorker(units) {
    return new Promise((resolve, reject) => {
        const worker = new Worker(fileURLToPath(import.meta.url), { workerData: units });
        worker.on("error", reject);
        worker.on("exit", resolve);
    });
}

function derive() {
    return new Promise((resolve) => {
        crypto.pbkdf2("word", "salt", 500_000, 32, "sha256", resolve);
    });
}

if (!isMainThread) {
    compute(workerData);
} else if (name === "requests") {
    for (let i = 0; i < 20; i++) await request();
} else if (name === "requests-20") {
    await Promise.all(Array.from({ length: 20 }, request));
} else if (name === "requests-all") {
    for (let round = 0; round < 10; round++) {
        await Promise.all(Array.from({ length: 20 }, request));
    }
} else if (name === "compute") {
    compute(8);
} else if (name === "workers-2") {
    await Promise.all([inWorker(4), inWorker(4)]);
} else if (name === "derive") {
    await Promise.all(Array.from({ length: 12 }, derive));
} else {
    console.error(`no program '${name}'`);
    process.exit(2);
}
