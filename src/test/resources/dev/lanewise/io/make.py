"""Writes the files beside it with NumPy and the reference implementation of safetensors.

Run once, with numpy 2.4.6 and safetensors 0.8.0; the tests only read what it wrote.
Element i, in row-major order, of an array of 24 is made by value() below, and again in the tests.
"""

import gzip
import io
import struct
import zipfile

import numpy as np
import safetensors

SHAPE = (2, 3, 4)


def value(kind, i):
    if kind == "b":
        return i % 3 == 0
    if kind == "u":
        return 5 * i
    if kind == "i":
        return 5 * (i - 12)
    return (i - 12) * 0.375


def array(descr):
    return np.array([value(descr[-2], i) for i in range(24)], dtype=descr).reshape(SHAPE)


kinds = ["b1", "i1", "u1", "i2", "u2", "i4", "u4", "i8", "u8", "f2", "f4", "f8"]
arrays = {}
for kind in kinds:
    for order, word in (("<", "little"), (">", "big")):
        arrays[f"{kind}-{word}"] = array(order + kind)
        arrays[f"{kind}-{word}-fortran"] = np.asfortranarray(array(order + kind))
np.savez("types.npz", **arrays)
np.savez_compressed("types-deflated.npz", **arrays)

# Every version of the header, in an archive only so that it is one file.
with zipfile.ZipFile("versions.npz", "w") as archive:
    for version in ((1, 0), (2, 0), (3, 0)):
        out = io.BytesIO()
        np.lib.format.write_array(out, array("<f4"), version=version)
        archive.writestr(f"version{version[0]}.npy", out.getvalue())

# What Npy.write has to write, byte by byte. Some headers end just at, before and behind a multiple of 64.
shapes = [(), (0,), (5,), (2, 3), (2, 0, 3), (1,) * 64]
shapes += [(1,) * 12 + (10, 10), (1,) * 13 + (10,), (1,) * 15, (1,) * 36, (1,) * 35 + (10,)]
np.savez("shapes.npz", **{
    "x".join(map(str, shape)): (np.arange(np.prod(shape, dtype=int), dtype="<f4") - 1).reshape(shape)
    for shape in shapes
})
lengths = set()
with zipfile.ZipFile("shapes.npz") as archive:
    for name in archive.namelist():
        data = archive.read(name)
        text = data[10:].split(b"}")[0] + b"}"
        shape = name[:-4].split("x")
        lengths.add((10 + len(text) + (21 - len(shape[0]) if shape[0] else 0) + 1) % 64)
assert {0, 1, 63} <= lengths, lengths

names = {"BOOL": "bool", "I8": "int8", "U8": "uint8", "I16": "int16", "U16": "uint16", "I32": "int32",
         "U32": "uint32", "I64": "int64", "U64": "uint64", "F16": "float16", "F32": "float32", "F64": "float64"}
data = {f"layer.{dtype}": (names[dtype], SHAPE, array("<" + kind)) for dtype, kind in zip(names, kinds)}
data["layer.BF16"] = ("bfloat16", SHAPE, (array("<f4").view("<u4") >> 16).astype("<u2"))
data["none"] = ("float32", (0, 3), np.zeros((0, 3), "<f4"))
data["one"] = ("float32", (), np.array(1.5, "<f4"))
data['quoted "\\ \u00e9\U0001f600'] = ("float32", (1,), np.array([-0.0], "<f4"))
specs = {
    name: safetensors.TensorSpec(
        dtype=dtype, shape=list(shape), data_ptr=numbers.ctypes.data, data_len=numbers.nbytes)
    for name, (dtype, shape, numbers) in data.items()
}
metadata = {"format": "pt", 'quoted "\\\n': "\u00e9\U0001f600"}
with open("reference.safetensors", "wb") as out:
    out.write(safetensors.serialize(specs, metadata))

idx = struct.pack(">4B3i", 0, 0, 8, 3, *SHAPE) + array("u1").tobytes()
with open("ubytes.idx", "wb") as out:
    out.write(idx)
with gzip.GzipFile("ubytes.idx.gz", "wb", mtime=0) as out:
    out.write(idx)
