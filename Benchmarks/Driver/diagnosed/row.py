"""A program at which `tutti diagnose` looks, and what is right to say of it."""

import dataclasses


@dataclasses.dataclass(frozen=True)
class Row:
    """A program, the verdict that is right, and another program that does the same work better."""

    name: str
    program: tuple
    # Any of these: a verdict, or verdict:what-it-waits-for.
    right: tuple
    improved: str = ""
    needs: str = ""

    def __str__(self):
        return f"{self.name}: {' or '.join(self.right)}"
