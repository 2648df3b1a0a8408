"""The table `parallel`: computing divided over cores."""

from Driver.build import Build
from Driver.row import Row

ROWS = [
    Row("fib-34"),
    Row("join-empty", unit="ns"),
    Row("join-empty-paused", unit="ns"),
    Row("sum-50M"),
    Row("map-10M"),
    Row("filter-10M"),
    Row("scan-50M"),
    Row("computed-sum"),
    Row("mandelbrot"),
    # Sums of doubles: a compiler may order them as it likes.
    Row("nbody", tolerance=1e-9),
    Row("matmul-1024"),
    Row("sort-random"),
    Row("sort-sorted"),
    Row("sort-reversed"),
    Row("sort-few"),
    Row("sort-organ-pipe"),
    Row("stable-sort-5M"),
    Row("sort-strings"),
    Row("async-task", unit="ns"),
    Row("wake-up", unit="µs"),
    Row("idle", unit="ms/s", rounds=3),
]


def players():
    build = Build("parallel")
    build.swift("parallel-tutti", {"ours": []}, role="ours")
    build.swift("parallel-swift", {"dispatch": ["dispatch"], "taskgroup": ["taskgroup"]},
                takes_no_threads=True)
    build.cargo("rayon", {"rayon": ["rayon"]})
    build.cpp("tbb", "tbb.cpp", "-ltbb", needs=("tbb/version.h", "libtbb-dev"))
    build.cpp("openmp", "openmp.cpp", "-fopenmp")
    build.cpp("parallel-mode", "parallel_mode.cpp", "-fopenmp", "-D_GLIBCXX_PARALLEL")
    # Its matrix product is OpenBLAS's: another algorithm than the loops compared there.
    build.python("numpy", "numpy/rows.py", baseline_in=("matmul-1024",))
    build.swift("parallel-swift", {"swift": ["serial"]}, role="baseline")
    build.cargo("rayon", {"rust": ["serial"]}, role="baseline")
    build.cpp("c++", "serial.cpp", role="baseline")
    return build
