"""The Merkle tree of RFC 6962, section 2.1 (the same as RFC 9162's), over SHA-256.

Every complete subtree's root is kept where a caller says, and looked up by (level, position): a leaf is level 0, and
position p of level l stands over the leaves p × 2^l … (p + 1) × 2^l − 1. So adding a leaf, the root and each proof take
a number of look-ups that grows with the logarithm of the tree's size.
"""

from collections.abc import Callable, Sequence
from hashlib import sha256

Node = Callable[[int, int], bytes]
"""The kept hash at (level, position)."""

Added = list[tuple[int, int, bytes]]
"""(level, position, hash) of nodes to keep."""

EMPTY_ROOT = sha256(b"").digest()


def leaf_hash(data: bytes) -> bytes:
    return sha256(b"\x00" + data).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    return sha256(b"\x01" + left + right).digest()


def appended(node: Node, size: int, data: bytes) -> Added:
    """The nodes that become complete when `data` is added to a tree of `size` leaves."""
    level, position, current = 0, size, leaf_hash(data)
    added = [(level, position, current)]
    while position % 2:
        current = node_hash(node(level, position - 1), current)
        level, position = level + 1, position // 2
        added.append((level, position, current))
    return added


def root(node: Node, size: int) -> bytes:
    """MTH(D[size])."""
    return _hash(node, 0, size) if size else EMPTY_ROOT


def inclusion(node: Node, index: int, size: int) -> list[bytes]:
    """PATH(index, D[size]): proves that a leaf is in a tree. `index` is below `size`."""
    path: list[bytes] = []
    begin, end = 0, size
    while end - begin > 1:
        middle = begin + _split(end - begin)
        if index < middle:
            path.append(_hash(node, middle, end))
            end = middle
        else:
            path.append(_hash(node, begin, middle))
            begin = middle
    return path[::-1]


def consistency(node: Node, earlier: int, size: int) -> list[bytes]:
    """PROOF(earlier, D[size]): proves that a tree begins with an earlier one. 0 < `earlier` ≤ `size`."""
    proof: list[bytes] = []
    begin, end, whole = 0, size, True
    while earlier != end:
        middle = begin + _split(end - begin)
        if earlier <= middle:
            proof.append(_hash(node, middle, end))
            end = middle
        else:
            proof.append(_hash(node, begin, middle))
            begin, whole = middle, False
    return [*([] if whole else [_hash(node, begin, end)]), *proof[::-1]]


def includes(leaf: bytes, index: int, size: int, path: Sequence[bytes], root: bytes) -> bool:
    """Whether a path leads from a leaf's hash to the root (RFC 9162, 2.1.3.2)."""
    if not 0 <= index < size:
        return False
    first, last, current = index, size - 1, leaf
    for sibling in path:
        if last == 0:
            return False
        if first % 2 or first == last:
            current = node_hash(sibling, current)
            while first % 2 == 0 and first:
                first, last = first // 2, last // 2
        else:
            current = node_hash(current, sibling)
        first, last = first // 2, last // 2
    return last == 0 and current == root


def extends(earlier: int, size: int, proof: Sequence[bytes], earlier_root: bytes, root: bytes) -> bool:
    """Whether a proof shows that a tree begins with an earlier one (RFC 9162, 2.1.4.2)."""
    if not 0 < earlier <= size:
        return False
    if earlier == size:
        return not proof and earlier_root == root
    path = list(proof)
    if earlier & (earlier - 1) == 0:
        path.insert(0, earlier_root)
    if not path:
        return False
    first, last = earlier - 1, size - 1
    while first % 2:
        first, last = first // 2, last // 2
    before = now = path[0]
    for sibling in path[1:]:
        if last == 0:
            return False
        if first % 2 or first == last:
            before, now = node_hash(sibling, before), node_hash(sibling, now)
            while first % 2 == 0 and first:
                first, last = first // 2, last // 2
        else:
            now = node_hash(now, sibling)
        first, last = first // 2, last // 2
    return last == 0 and before == earlier_root and now == root


def _split(size: int) -> int:
    """The largest power of two below `size`, which is at least 2."""
    return 1 << (size - 1).bit_length() - 1


def _hash(node: Node, begin: int, end: int) -> bytes:
    """The root over leaves `begin` … `end` − 1, where `begin` is where a subtree of that many begins."""
    size = end - begin
    if size & (size - 1) == 0:
        level = size.bit_length() - 1
        return node(level, begin >> level)
    middle = begin + _split(size)
    return node_hash(_hash(node, begin, middle), _hash(node, middle, end))
