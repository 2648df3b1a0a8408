"""Rows: what is measured, in which unit, and how results are compared."""

import dataclasses


@dataclasses.dataclass(frozen=True)
class Row:
    name: str
    unit: str = "ms"
    # The largest relative difference of two checksums; 0 compares them as text.
    tolerance: float = 0.0
    # At most so many rounds, for rows whose turn takes a second by design.
    rounds: int = 1000
    # What a program is given some of.
    lane: str = "thread"
    # Whether it is measured with one of them, too.
    at_one: bool = True

    def agree(self, one, other):
        if self.tolerance == 0:
            return one == other
        one, other = float(one), float(other)
        return abs(one - other) <= self.tolerance * max(abs(one), abs(other))

    def disagreement(self, processes):
        """A sentence that says who computed what, or None when all agree."""
        groups = []
        for process in processes:
            for checksum in dict.fromkeys(process.checksums):
                for first, names in groups:
                    if self.agree(first, checksum):
                        names.append(str(process))
                        break
                else:
                    groups.append((checksum, [str(process)]))
        if len(groups) < 2:
            return None
        groups.sort(key=lambda group: -len(group[1]))
        parts = [f"{', '.join(names)} computed {checksum}" for checksum, names in groups]
        return f"{self.name}: results differ. " + "; ".join(parts) + "."
