/* fft.c - Fourier transforms of real rows and grids */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "math/fft.h"

#include <fftw3.h>
#include <pthread.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

#define MOST_SAMPLES ((size_t)1 << 28)

struct fft {
	int rows, columns;
	fftwf_plan forward, inverse;
};

/* FFTW's planner keeps tables of its own that only one thread may touch; its transforms do not. */
static pthread_mutex_t planner = PTHREAD_MUTEX_INITIALIZER;

size_t fft_samples(const struct fft *f)
{
	return (size_t)f->rows * (size_t)f->columns;
}

size_t fft_bins(const struct fft *f)
{
	return (size_t)f->rows * (size_t)(f->columns / 2 + 1);
}

void *fft_memory(size_t count, size_t size, struct error *e)
{
	size_t bytes;
	void *p = NULL;

	if (!__builtin_mul_overflow(count, size, &bytes))
		p = fftwf_malloc(bytes ? bytes : 1);
	if (!p) {
		error_memory(e);
		return NULL;
	}
	memset(p, 0, bytes);
	return p;
}

void fft_release(void *memory)
{
	fftwf_free(memory);
}

/* FFTW_ESTIMATE measures nothing, so that the plan depends on the size alone. */
static void plan(struct fft *f, float *real, fftwf_complex *spectrum)
{
	pthread_mutex_lock(&planner);
	f->forward = fftwf_plan_dft_r2c_2d(f->rows, f->columns, real, spectrum, FFTW_ESTIMATE);
	f->inverse = fftwf_plan_dft_c2r_2d(f->rows, f->columns, spectrum, real, FFTW_ESTIMATE);
	pthread_mutex_unlock(&planner);
}

struct fft *fft_new(int rows, int columns, struct error *e)
{
	struct fft *f;
	float *real;
	void *spectrum;

	if (rows < 1 || columns < 1 || (size_t)rows * (size_t)columns > MOST_SAMPLES) {
		error_set(e, STATUS_SYSTEM, "no transform of %d x %d samples", rows, columns);
		return NULL;
	}
	f = mem_new(1, sizeof *f, e);
	if (!f)
		return NULL;
	f->rows = rows;
	f->columns = columns;
	real = fft_memory(fft_samples(f), sizeof *real, e);
	spectrum = fft_memory(fft_bins(f), sizeof(fftwf_complex), e);
	if (real && spectrum)
		plan(f, real, spectrum);
	if (real && spectrum && (!f->forward || !f->inverse))
		error_memory(e);
	fft_release(real);
	fft_release(spectrum);
	if (!f->forward || !f->inverse) {
		fft_free(f);
		return NULL;
	}
	return f;
}

void fft_free(struct fft *f)
{
	if (!f)
		return;
	pthread_mutex_lock(&planner);
	if (f->forward)
		fftwf_destroy_plan(f->forward);
	if (f->inverse)
		fftwf_destroy_plan(f->inverse);
	pthread_mutex_unlock(&planner);
	free(f);
}

/* A multi-dimensional real transform may not destroy its input; FFTW takes it without const. */
void fft_forward(const struct fft *f, const float *real, float complex *spectrum)
{
	fftwf_execute_dft_r2c(f->forward, (float *)(uintptr_t)real, (fftwf_complex *)spectrum);
}

void fft_inverse(const struct fft *f, float complex *spectrum, float *real)
{
	fftwf_execute_dft_c2r(f->inverse, (fftwf_complex *)spectrum, real);
}

int fft_fast(int n)
{
	for (int best = n < 1 ? 1 : n;; best++) {
		int k = best;

		while (k % 2 == 0)
			k /= 2;
		while (k % 3 == 0)
			k /= 3;
		while (k % 5 == 0)
			k /= 5;
		if (k == 1)
			return best;
	}
}
