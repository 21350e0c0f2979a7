# pdf_pages.py - how many pages a PDF on standard input has; its objects may be packed in streams
# SPDX-License-Identifier: GPL-3.0-or-later
# usage: pdf_pages.py < PDF
import re
import sys
import zlib

pdf = sys.stdin.buffer.read()
text = pdf
for start in re.finditer(rb'stream\r?\n', pdf):
    try:
        text += zlib.decompressobj().decompress(pdf[start.end():])
    except zlib.error:
        pass
print(len(re.findall(rb'/Type\s*/Page\b(?!s)', text)))
