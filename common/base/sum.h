/* sum.h - checksums */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BASE_SUM_H
#define BASE_SUM_H

#include <stddef.h>
#include <stdint.h>

/* CRC-32 as in zlib, PNG and gzip (ISO 3309); start is 0 or the sum so far. */
uint32_t sum_crc32(uint32_t start, const void *data, size_t size);
/* The same on processors that cannot multiply without carries. */
uint32_t sum_crc32_portable(uint32_t start, const void *data, size_t size);

/* FNV-1a, 64 bit: for hash tables and fingerprints of content, not against an adversary. */
uint64_t sum_fnv64(uint64_t start, const void *data, size_t size);
#define SUM_FNV64_START UINT64_C(0xcbf29ce484222325)

/* 64 bits over any number of bytes, about as fast as memory is read: for large files of ours, against damage and not
 * against an adversary. Four sums over words in turn, joined at the end; the size counts. The same on every machine. */
uint64_t sum_wide64(const void *data, size_t size);

#endif
