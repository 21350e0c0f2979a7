/* fft.h - Fourier transforms of real rows and grids */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MATH_FFT_H
#define MATH_FFT_H

#include <complex.h>
#include <stddef.h>

#include "base/error.h"

/* A plan for one size, made once, used by any number of threads at the same time. */
struct fft;

/* rows 1: a row of columns samples; more: a grid of rows * columns. At most 2^28 samples.
 * NULL and STATUS_SYSTEM in e without memory. The same size gives the same plan, so the same
 * result, every time. */
struct fft *fft_new(int rows, int columns, struct error *e);
void fft_free(struct fft *f);

size_t fft_samples(const struct fft *f);  /* rows * columns */
size_t fft_bins(const struct fft *f);     /* rows * (columns / 2 + 1) */

/* Memory that is aligned as transforms need it, zeroed; release with fft_release. */
void *fft_memory(size_t count, size_t size, struct error *e);
void fft_release(void *memory);

/* Not normalised: fft_inverse of fft_forward gives the samples times fft_samples. Both arrays come
 * from fft_memory. fft_forward leaves real as it is; fft_inverse destroys spectrum. */
void fft_forward(const struct fft *f, const float *real, float complex *spectrum);
void fft_inverse(const struct fft *f, float complex *spectrum, float *real);

/* The least size of at least n samples whose only factors are 2, 3, and 5. */
int fft_fast(int n);

#endif
