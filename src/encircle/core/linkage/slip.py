"""Slips of the pen between two spellings: a letter too many, too few, another one, or two that changed places."""


def slips(one: str, other: str, *, most: int) -> int:
    """How many slips lie between them (Damerau-Levenshtein, adjacent changes); `most` + 1, if there are more."""
    if one == other:
        return 0
    if abs(len(one) - len(other)) > most or most == 0:
        return most + 1
    before: list[int] = []
    last = list(range(len(other) + 1))
    for row, sign in enumerate(one, 1):
        current = [row]
        for column, its in enumerate(other, 1):
            cost = min(last[column] + 1, current[-1] + 1, last[column - 1] + (sign != its))
            if row > 1 and column > 1 and sign == other[column - 2] and one[row - 2] == its:
                cost = min(cost, before[column - 2] + 1)
            current.append(cost)
        if min(current) > most:
            return most + 1
        before, last = last, current
    return min(last[-1], most + 1)
