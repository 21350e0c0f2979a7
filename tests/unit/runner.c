/* runner.c - runs every suite of tests/unit, several at once, and fails when there was none to run */
/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Each process takes the next suite that nobody has taken; what it says goes to a file of its own and is
 * shown in one piece. CK_RUN_SUITE names the only one to run, CK_FORK=no keeps all in this process. */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#define UNIT(name) Suite *name(void);
#include "unit_list.h"
#undef UNIT

static Suite *(*const suites[])(void) = {
#define UNIT(name) name,
#include "unit_list.h"
#undef UNIT
};
#define SUITES ((int)(sizeof suites / sizeof *suites))
#define MOST_PROCESSES 16

/* Between the processes: the suite that is next, and what came of those before. */
struct tally {
	int next, run, failed;
};

/* Check's four seconds a test, and what suites ask for, are for machines with nothing else to do. */
static void allow_time(void)
{
#ifdef __SANITIZE_ADDRESS__
	setenv("CK_TIMEOUT_MULTIPLIER", "10", 0);
#else
	setenv("CK_TIMEOUT_MULTIPLIER", "4", 0);
#endif
	setenv("CK_DEFAULT_TIMEOUT", "60", 0);
}

/* What the caller's shell says must not change what tests see; each sets what it needs. */
static void forget_settings(void)
{
	static const char *const names[] = { "SOURCE_DATE_EPOCH", "IARMS_DIR", "IARMS_USER", "IARMS_PURPOSE",
		"IARMS_SENDMAIL", "LANGUAGE", "LANG", "POSIXLY_CORRECT" };

	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		unsetenv(names[i]);
	setenv("LC_ALL", "C", 1);
	setenv("TZ", "UTC", 1);
	umask(022);
}

/* From the suite `first` up to, and without, `end`. */
static void run_suites(struct tally *t, int first, int end)
{
	SRunner *runner = srunner_create(suites[first]());

	for (int i = first + 1; i < end; i++)
		srunner_add_suite(runner, suites[i]());
	srunner_run_all(runner, getenv("CK_VERBOSITY") ? CK_ENV : CK_NORMAL);
	__atomic_fetch_add(&t->run, srunner_ntests_run(runner), __ATOMIC_SEQ_CST);
	__atomic_fetch_add(&t->failed, srunner_ntests_failed(runner), __ATOMIC_SEQ_CST);
	srunner_free(runner);
}

static pid_t begin(struct tally *t, FILE *said)
{
	pid_t child;
	int i;

	fflush(stdout);
	child = fork();
	if (child == 0) {
		if (dup2(fileno(said), STDOUT_FILENO) < 0)
			_exit(EXIT_FAILURE);
		while ((i = __atomic_fetch_add(&t->next, 1, __ATOMIC_SEQ_CST)) < SUITES)
			run_suites(t, i, i + 1);
		exit(EXIT_SUCCESS);
	}
	return child;
}

static void show(FILE *said)
{
	char part[4096];
	size_t n;

	rewind(said);
	while ((n = fread(part, 1, sizeof part, said)) > 0)
		fwrite(part, 1, n, stdout);
	fclose(said);
}

int main(void)
{
	const char *wanted = getenv("CK_RUN_SUITE"), *alone = getenv("CK_FORK");
	long processors = sysconf(_SC_NPROCESSORS_ONLN);
	int processes = processors < 1 ? 1 : processors > MOST_PROCESSES ? MOST_PROCESSES : (int)processors;
	FILE *said[MOST_PROCESSES];
	pid_t child[MOST_PROCESSES];
	struct tally *t = mmap(NULL, sizeof *t, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	int broken = 0;

	allow_time();
	forget_settings();
	if (t == MAP_FAILED)
		return EXIT_FAILURE;
	if (wanted || (alone && !strcmp(alone, "no"))) {
		run_suites(t, 0, SUITES);
		processes = 0;
	}
	for (int i = 0; i < processes; i++) {
		said[i] = tmpfile();
		child[i] = said[i] ? begin(t, said[i]) : -1;
	}
	for (int i = 0; i < processes; i++) {
		int status = 1;

		if (child[i] < 0 || waitpid(child[i], &status, 0) < 0 || status)
			broken++;
		if (said[i])
			show(said[i]);
	}
	if (broken)
		printf("unit: %d processes ended badly\n", broken);
	t->failed += broken;
	t->run += broken;
	printf("unit: %d passed, %d failed\n", t->run - t->failed, t->failed);
	if (t->run == 0)
		fputs("unit: no test was run\n", stderr);
	return t->run == 0 || t->failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
