"""The checksum in TensorFlow's and LevelDB's files: CRC-32C, rotated and offset by a constant.

It is masked because the CRC of data that contains its own CRC is weak (leveldb, util/crc32c.h).
"""

from __future__ import annotations

_MASK_DELTA = 0xA282EAD8


def unmask(masked: int) -> int:
    """The plain CRC-32C of a stored, masked one."""
    rotated = (masked - _MASK_DELTA) & 0xFFFFFFFF
    return ((rotated >> 17) | (rotated << 15)) & 0xFFFFFFFF


def mask(crc: int) -> int:
    """The stored form of a plain CRC-32C."""
    return (((crc >> 15) | (crc << 17)) + _MASK_DELTA) & 0xFFFFFFFF
