"""Figures: medians and quartiles, as a table and as JSON."""

import statistics

# Others may use that much of the machine before a row's figures are called disturbed.
QUIET = 0.03


def result(row, processes, share_of_others):
    """One row of the JSON."""
    figures = {"ours": {}, "peer": {}, "baseline": {}}
    spread = {}
    for process in processes:
        name, threads = process.player.name, process.threads
        figures[process.player.role_in(row)][name, threads] = rounded(
            statistics.median(process.values))
        spread[name if threads > 1 else f"{name}_1"] = quartiles(process.values)
    ours = {threads: value for (_, threads), value in figures["ours"].items()}
    wide = max([threads for (_, threads) in [*figures["ours"], *figures["peer"]]], default=1)
    peers = {name: value for (name, threads), value in figures["peer"].items() if threads == wide}
    best = min(peers, key=peers.get, default=None)
    ratio = None
    if best and wide in ours and peers[best] > 0:
        ratio = round(ours[wide] / peers[best], 3)
    return {
        "name": row.name,
        "unit": row.unit,
        "ours": ours.get(wide),
        "ours_1": ours.get(1),
        "peers": peers,
        "peers_1": {
            name: value for (name, threads), value in figures["peer"].items() if threads == 1
        },
        "best_peer": best,
        "ratio": ratio,
        "baselines": {
            name if threads == 1 else f"{name} at {threads}": value
            for (name, threads), value in figures["baseline"].items()
        },
        "spread": spread,
        "others_used": round(share_of_others, 3),
    }


def quartiles(values):
    if len(values) < 2:
        return [rounded(values[0])] * 2
    first, _, third = statistics.quantiles(values, n=4, method="inclusive")
    return [rounded(first), rounded(third)]


def rounded(value):
    """Four significant digits."""
    return float(f"{value:.4g}")


def print_machine(facts, versions, missing):
    print(
        f"{facts['cpu']}, {facts['processors']} processors, {facts['memory_gb']} GB, Linux "
        f"{facts['kernel']}, huge pages: {facts['huge_pages']}, load {facts['load_at_start']}"
    )
    print(", ".join(f"{name} {version}" for name, version in versions.items()))
    if facts["load_at_start"] > 0.5:
        print("The machine is busy: wait until its load is below 0.5 for figures that count.")
    for sentence in missing:
        print(sentence)


def print_row(result, threads, lane):
    note = ""
    if result["others_used"] > QUIET:
        note = f"   disturbed: others used {result['others_used']:.0%} of the machine"
    print(f"\n{result['name']}, {result['unit']}{note}")
    print(f"    {'':<16}{f'1 {lane}':>12}{f'{threads} {lane}s':>12}   quartiles")
    lines = []
    if result["ours"] is not None:
        lines.append(("ours", result["ours_1"], result["ours"]))
    lines += [
        (name, result["peers_1"].get(name), value)
        for name, value in sorted(result["peers"].items(), key=lambda item: item[1])
    ]
    for name, one, many in lines:
        low, high = result["spread"][name]
        print(f"    {name:<16}{figure(one):>12}{figure(many):>12}   {figure(low)}–{figure(high)}")
    for name, value in result["baselines"].items():
        print(f"    {name:<16}{figure(value):>12}   (baseline)")
    print(end="", flush=True)


def print_summary(results, threads):
    print(f"\n{'row':<20}{'unit':<6}{'ours, 1 →':>10}{f'{threads}':>9}   best peer, {threads}")
    for result in results:
        best, ratio = result["best_peer"], result["ratio"]
        verdict = "no peer" if best is None else f"{best} {figure(result['peers'][best])}"
        if ratio is not None:
            verdict = f"{verdict:<26}{ratio:.2f}  {standing(result)}"
        baselines = {n: v for n, v in result["baselines"].items() if " at " not in n}
        first = min(baselines, key=baselines.get, default=None)
        contenders = [v for v in [result["ours"], *result["peers"].values()] if v is not None]
        if first and contenders and baselines[first] < min(contenders):
            verdict += f"  ({first} alone takes {figure(baselines[first])})"
        print(
            f"{result['name']:<20}{result['unit']:<6}{figure(result['ours_1']):>10}"
            f"{figure(result['ours']):>9}   {verdict}"
        )
    print("Medians; the ratio is ours ÷ best peer, below 1 is ahead.")


def standing(result):
    """How ours stands to the best peer; level when their quartiles overlap."""
    ours, theirs = result["spread"]["ours"], result["spread"][result["best_peer"]]
    if ours[0] <= theirs[1] and theirs[0] <= ours[1]:
        return "level"
    return "ahead" if result["ratio"] < 1 else "behind"


def figure(value):
    """Three significant digits."""
    if value is None:
        return "–"
    return f"{value:.0f}" if value >= 100 else f"{value:.3g}"
