"""RFC 6962 against the test vectors of Certificate Transparency, and as a property."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from azora_tui.lms.credentials import merkle

# certificate-transparency/cpp/merkletree/merkle_tree_test.cc: the eight inputs, and the roots of the first 1 … 8 of them
INPUTS = [
    bytes.fromhex(each)
    for each in (
        "", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f",
    )
]  # fmt: skip
ROOTS = (
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
)
# (leaf, size, path), counted from 1 as there
PATHS = [
    (1, 1, []),
    (
        1, 8,
        [
            "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
            "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
            "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
        ],
    ),
    (
        6, 8,
        [
            "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
            "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
            "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        ],
    ),
    (3, 3, ["fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"]),
    (
        2, 5,
        [
            "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
            "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
            "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
        ],
    ),
]  # fmt: skip
# (earlier size, size, proof)
PROOFS = [
    (1, 1, []),
    (
        1, 8,
        [
            "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
            "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
            "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
        ],
    ),
    (
        6, 8,
        [
            "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
            "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
            "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        ],
    ),
    (
        2, 5,
        [
            "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
            "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
        ],
    ),
]  # fmt: skip


class Tree:
    """The nodes in a dictionary; counts how often one is looked up."""

    def __init__(self, leaves: list[bytes]) -> None:
        self.nodes: dict[tuple[int, int], bytes] = {}
        self.looked_up = 0
        for size, leaf in enumerate(leaves):
            self.add(size, leaf)

    def node(self, level: int, position: int) -> bytes:
        self.looked_up += 1
        return self.nodes[level, position]

    def add(self, size: int, leaf: bytes) -> None:
        for level, position, hash_ in merkle.appended(self.node, size, leaf):
            assert (level, position) not in self.nodes, "a node is written once"
            self.nodes[level, position] = hash_


def mth(leaves: list[bytes]) -> bytes:
    """The root as RFC 6962 defines it, with nothing kept."""
    if not leaves:
        return merkle.EMPTY_ROOT
    if len(leaves) == 1:
        return merkle.leaf_hash(leaves[0])
    half = 1
    while half * 2 < len(leaves):
        half *= 2
    return merkle.node_hash(mth(leaves[:half]), mth(leaves[half:]))


def test_the_empty_tree() -> None:
    empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    assert merkle.root(Tree([]).node, 0).hex() == empty


@pytest.mark.parametrize("size", range(1, 9))
def test_roots(size: int) -> None:
    tree = Tree(INPUTS)
    assert merkle.root(tree.node, size).hex() == ROOTS[size - 1] == mth(INPUTS[:size]).hex()


@pytest.mark.parametrize(("leaf", "size", "path"), PATHS)
def test_paths(leaf: int, size: int, path: list[str]) -> None:
    found = merkle.inclusion(Tree(INPUTS).node, leaf - 1, size)
    assert [each.hex() for each in found] == path
    root = bytes.fromhex(ROOTS[size - 1])
    assert merkle.includes(merkle.leaf_hash(INPUTS[leaf - 1]), leaf - 1, size, found, root)


@pytest.mark.parametrize(("earlier", "size", "proof"), PROOFS)
def test_proofs(earlier: int, size: int, proof: list[str]) -> None:
    found = merkle.consistency(Tree(INPUTS).node, earlier, size)
    assert [each.hex() for each in found] == proof
    roots = bytes.fromhex(ROOTS[earlier - 1]), bytes.fromhex(ROOTS[size - 1])
    assert merkle.extends(earlier, size, found, *roots)


@given(st.integers(1, 70), st.data())
def test_every_proof_holds_and_no_changed_one_does(size: int, data: st.DataObject) -> None:
    leaves = [bytes([number]) for number in range(size)]
    tree = Tree(leaves)
    root = merkle.root(tree.node, size)
    assert root == mth(leaves)

    index = data.draw(st.integers(0, size - 1))
    leaf, path = merkle.leaf_hash(leaves[index]), merkle.inclusion(tree.node, index, size)
    assert merkle.includes(leaf, index, size, path, root)
    assert not merkle.includes(merkle.leaf_hash(b"another"), index, size, path, root)
    assert not merkle.includes(leaf, index, size, [*path, root], root)
    assert not merkle.includes(leaf, index + size, size, path, root)
    for number in range(len(path)):
        assert not merkle.includes(leaf, index, size, [*path[:number], root, *path[number + 1 :]], root)
        assert not merkle.includes(leaf, index, size, path[:number], root)

    earlier = data.draw(st.integers(1, size))
    proof, before = merkle.consistency(tree.node, earlier, size), merkle.root(tree.node, earlier)
    assert merkle.extends(earlier, size, proof, before, root)
    other = Tree([*leaves[: earlier - 1], b"rewritten"])
    assert not merkle.extends(earlier, size, proof, merkle.root(other.node, earlier), root)
    assert not merkle.extends(earlier, size, [*proof, root], before, root)
    assert not merkle.extends(0, size, proof, before, root)
    for number in range(len(proof)):
        assert not merkle.extends(earlier, size, [*proof[:number], root, *proof[number + 1 :]], before, root)


def test_a_leaf_costs_look_ups_that_grow_with_the_logarithm() -> None:
    tree = Tree([])
    worst = 0
    for size in range(5_000):
        tree.looked_up = 0
        tree.add(size, b"leaf")
        merkle.root(tree.node, size + 1)
        worst = max(worst, tree.looked_up)
    assert worst <= 2 * 13
