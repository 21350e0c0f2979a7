/* kernel.c - ways to make the same results with what a processor has */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "match/kernel.h"

const char *kernel_name(enum kernel k)
{
	static const char *const name[KERNELS] = { "portable", "avx2", "avx512" };

	return name[k];
}

#ifdef __x86_64__
int kernel_supported(enum kernel k)
{
	__builtin_cpu_init();
	switch (k) {
	case KERNEL_AVX512:
		return __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
		       __builtin_cpu_supports("avx512vnni") && __builtin_cpu_supports("avx512vpopcntdq") &&
		       __builtin_cpu_supports("popcnt");
	case KERNEL_AVX2:
		return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("popcnt");
	default:
		return k == KERNEL_PORTABLE;
	}
}
#else
int kernel_supported(enum kernel k)
{
	return k == KERNEL_PORTABLE;
}
#endif

enum kernel kernel_fastest(void)
{
	int k = KERNELS - 1;

	while (!kernel_supported((enum kernel)k))
		k--;
	return (enum kernel)k;
}
