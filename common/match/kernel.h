/* kernel.h - ways to make the same results with what a processor has */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MATCH_KERNEL_H
#define MATCH_KERNEL_H

/* AVX2: with an instruction that counts bits. AVX512: with those that count bits in vectors (VPOPCNTDQ) and
 * multiply bytes (VNNI). */
enum kernel { KERNEL_PORTABLE, KERNEL_AVX2, KERNEL_AVX512, KERNELS };
const char *kernel_name(enum kernel k);
int kernel_supported(enum kernel k);
enum kernel kernel_fastest(void);

#endif
