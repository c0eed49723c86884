"""Reduces the tables of utf8proc to what Unicode normalization form C needs.

Usage: compose_tables.py utf8proc_data.c REDUCED.c

Case, width, direction, compatibility forms and text segmentation are a third of a megabyte that the
engine never asks for. They are blanked, and what then is equal is kept once. The functions of
utf8proc that read them give nonsense afterwards; utf8proc_map with UTF8PROC_COMPOSE does not.
"""

import re
import sys

NONE = 0xFFFF
BLOCK = 256  # code points to an entry of stage 1

source = open(sys.argv[1], encoding="utf-8").read()


def numbers(name):
    body = re.search(r"utf8proc_uint16_t %s\[\] = \{(.*?)\};" % name, source, re.S).group(1)
    return [int(number) for number in body.replace(",", " ").split()]


def number(text):
    return NONE if text == "UINT16_MAX" else int(text)


sequences = numbers("utf8proc_sequences")
stage1 = numbers("utf8proc_stage1table")
stage2 = numbers("utf8proc_stage2table")
combinations = numbers("utf8proc_combinations")
rows = re.search(r"utf8proc_property_t utf8proc_properties\[\] = \{(.*)\n\};", source, re.S).group(1)

properties = []
used = set()  # positions in `sequences`
for row in re.findall(r"\{(.*?)\}", rows):
    field = [part.strip() for part in row.split(",")]
    assert len(field) == 17, row
    decomposition = number(field[4]) if field[3] == "0" else NONE  # else a compatibility form
    if decomposition != NONE:
        # The upper two bits are the length less one; 3: the length stands before the sequence.
        at, length = decomposition & 0x3FFF, decomposition >> 14
        if length == 3:
            length = sequences[at]
            used.add(at)
            at += 1
        # A character outside the first plane takes two entries.
        for _ in range(length + 1):
            used.add(at)
            if sequences[at] & 0xF800 == 0xD800:
                at += 1
                used.add(at)
            at += 1
    properties.append((field[1], decomposition, number(field[9]), field[11]))

kept = {}
renamed = [kept.setdefault(one, len(kept)) for one in properties]
blocks = {}
new_stage1 = []
for start in stage1:
    block = tuple(renamed[index] for index in stage2[start : start + BLOCK])
    new_stage1.append(blocks.setdefault(block, len(blocks)) * BLOCK)
sequences = [value if at in used else 0 for at, value in enumerate(sequences)]


def table(name, values):
    return "static const utf8proc_uint16_t %s[] = {%s};\n" % (name, ",".join(map(str, values)))


with open(sys.argv[2], "w", encoding="utf-8") as out:
    out.write(table("utf8proc_sequences", sequences))
    out.write(table("utf8proc_stage1table", new_stage1))
    out.write(table("utf8proc_stage2table", [index for block in blocks for index in block]))
    out.write("static const utf8proc_property_t utf8proc_properties[] = {\n")
    for combining_class, decomposition, combination, excluded in kept:
        out.write(
            "{0,%s,0,0,%d,%d,%d,%d,%d,%d,false,%s,false,false,1,0,0},\n"
            % (combining_class, decomposition, NONE, NONE, NONE, NONE, combination, excluded)
        )
    out.write("};\n")
    out.write(table("utf8proc_combinations", combinations))
