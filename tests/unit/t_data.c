/* t_data.c - tests of file/data and file/output */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <check.h>
#include <fcntl.h>
#include <signal.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "file/data.h"
#include "file/input.h"
#include "file/output.h"
#include "unit/child.h"
#include "unit/scratch.h"

static unsigned char *pattern(size_t size)
{
	unsigned char *p = malloc(size + 1);

	for (size_t i = 0; i < size; i++)
		p[i] = (unsigned char)(i * 31 + i / 251);
	return p;
}

START_TEST(files_of_every_size)
{
	static const size_t sizes[] = { 0, 1, 4095, 65535, 65536, 65537, 300000 };
	size_t size = sizes[_i];
	unsigned char *p = pattern(size);
	struct data d;
	struct error e;

	scratch_write("f", p, size);
	ck_assert_int_eq(data_read(scratch_path("f"), size, &d, &e), 0);
	ck_assert_uint_eq(d.size, size);
	if (size)
		ck_assert_mem_eq(d.bytes, p, size);
	data_free(&d);
	ck_assert(!d.bytes && !d.size);
	if (size) {
		ck_assert_int_eq(data_read(scratch_path("f"), size - 1, &d, &e), STATUS_INPUT);
		ck_assert(!d.bytes && !d.size);
	}
	free(p);
}
END_TEST

/* A child writes into a pipe in odd portions; it is standard input or a path. */
static int read_pipe(size_t size, size_t max, bool named, struct data *d, struct error *e)
{
	unsigned char *p = pattern(size);
	int ends[2], status;
	char path[64] = "-";
	pid_t child;

	ck_assert_int_eq(pipe(ends), 0);
	child = child_fork();
	if (child == 0) {
		signal(SIGPIPE, SIG_DFL);
		close(ends[0]);
		for (size_t at = 0; at < size; at += 977)
			if (data_write(ends[1], p + at, size - at < 977 ? size - at : 977, NULL))
				_exit(1);
		_exit(0);
	}
	close(ends[1]);
	if (named)
		snprintf(path, sizeof path, "/dev/fd/%d", ends[0]);
	else
		dup2(ends[0], STDIN_FILENO);
	status = data_read(path, max, d, e);
	if (!status) {
		ck_assert_uint_eq(d->size, size);
		ck_assert_mem_eq(d->bytes, p, size);
		data_free(d);
	}
	close(ends[0]);
	close(STDIN_FILENO);
	if (!status)
		child_left(child, 0, "the writer of %zu bytes", size);
	else   /* it may have been ended by the pipe, or not */
		ck_assert_int_eq(waitpid(child, NULL, 0), child);
	free(p);
	return status;
}

START_TEST(pipes)
{
	struct data d;
	struct error e;

	ck_assert_int_eq(read_pipe(500000, 500000, false, &d, &e), 0);
	ck_assert_int_eq(read_pipe(500000, 500000, true, &d, &e), 0);
	ck_assert_int_eq(read_pipe(500000, 499999, true, &d, &e), STATUS_INPUT);
	ck_assert_str_eq(e.text, "larger than 499999 bytes");
}
END_TEST

START_TEST(what_cannot_be_read)
{
	struct data d;
	FILE *in;
	struct error e;

	mkdir(scratch_path("folder"), 0700);
	scratch_write("secret", "x", 1);
	chmod(scratch_path("secret"), 0);
	ck_assert_int_eq(symlink("loop", scratch_path("loop")), 0);
	ck_assert_int_eq(data_read(scratch_path("none"), 100, &d, &e), STATUS_INPUT);
	ck_assert_str_eq(e.text, "No such file or directory");
	ck_assert_int_eq(data_read("", 100, &d, &e), STATUS_INPUT);
	ck_assert_int_eq(data_read(scratch_path("folder"), 100, &d, &e), STATUS_INPUT);
	ck_assert_str_eq(e.text, "is a folder");
	ck_assert_int_eq(input_stream(scratch_path("folder"), &in, &e), STATUS_INPUT);
	ck_assert_ptr_null(in);
	ck_assert_str_eq(e.text, "is a folder");
	ck_assert_int_eq(data_read(scratch_path("loop"), 100, &d, &e), STATUS_INPUT);
	ck_assert_int_eq(data_read(scratch_path("secret/x"), 100, &d, &e), STATUS_INPUT);
	if (geteuid() != 0)  /* root reads everything */
		ck_assert_int_eq(data_read(scratch_path("secret"), 100, &d, &e), STATUS_INPUT);
	ck_assert_int_eq(data_read("/dev/zero", 1000000, &d, &e), STATUS_INPUT);
	close(STDIN_FILENO);
	ck_assert_int_eq(data_read("-", 100, &d, &e), STATUS_SYSTEM);
}
END_TEST

START_TEST(write_says_when_it_fails)
{
	struct error e;
	int fd = open("/dev/full", O_WRONLY), ends[2];

	ck_assert_int_eq(data_write(fd, "x", 1, &e), STATUS_SYSTEM);
	ck_assert_str_eq(e.text, "cannot write: No space left on device");
	ck_assert_int_eq(data_write(fd, NULL, 0, &e), 0);
	close(fd);
	ck_assert_int_eq(data_write(fd, "x", 1, &e), STATUS_SYSTEM);
	signal(SIGPIPE, SIG_IGN);
	ck_assert_int_eq(pipe(ends), 0);
	close(ends[0]);
	ck_assert_int_eq(data_write(ends[1], "x", 1, &e), STATUS_SYSTEM);
	ck_assert_str_eq(e.text, "cannot write: Broken pipe");
}
END_TEST

START_TEST(output_closed)
{
	struct error e;
	FILE *out = fopen(scratch_path("f"), "w");

	fputs("x", out);
	ck_assert_int_eq(output_close(out, &e), 0);
	out = fopen("/dev/full", "w");
	ck_assert_int_eq(output_close(out, &e), 0);  /* nothing was written, nothing is lost */
	out = fopen("/dev/full", "w");
	fputs("x", out);
	ck_assert_int_eq(output_close(out, &e), STATUS_SYSTEM);
	ck_assert_str_eq(e.text, "standard output: No space left on device");
	out = fopen("/dev/full", "w");
	fputs("x", out);
	fflush(out);  /* nobody looked; the buffer is empty now */
	ck_assert_int_eq(output_close(out, &e), STATUS_SYSTEM);
}
END_TEST

START_TEST(no_file_takes_the_place_of_a_stream)
{
	struct error e;
	int fd;

	close(STDOUT_FILENO);
	close(STDIN_FILENO);
	ck_assert_int_eq(output_guard(&e), 0);
	fd = open(scratch_path("f"), O_RDWR | O_CREAT, 0600);
	ck_assert_int_gt(fd, STDERR_FILENO);
	ck_assert_int_eq(write(STDOUT_FILENO, "x", 1), -1);
	ck_assert_int_eq(read(STDIN_FILENO, &e, 1), -1);
	ck_assert_int_eq(output_guard(&e), 0);
	close(fd);
}
END_TEST

Suite *t_data(void);
Suite *t_data(void)
{
	Suite *s = suite_create("data");
	TCase *c = tcase_create("data");

	tcase_add_checked_fixture(c, scratch_make, scratch_remove);
	tcase_add_loop_test(c, files_of_every_size, 0, 7);
	tcase_add_test(c, pipes);
	tcase_add_test(c, what_cannot_be_read);
	tcase_add_test(c, write_says_when_it_fails);
	tcase_add_test(c, output_closed);
	tcase_add_test(c, no_file_takes_the_place_of_a_stream);
	suite_add_tcase(s, c);
	return s;
}
