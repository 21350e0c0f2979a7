/* runner.c - runs every suite of tests/unit, and fails when there was none to run */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>

#define UNIT(name) Suite *name(void);
#include "unit_list.h"
#undef UNIT

/* Check's four seconds a test are for machines with nothing else to do. */
static void allow_time(void)
{
#ifdef __SANITIZE_ADDRESS__
	setenv("CK_TIMEOUT_MULTIPLIER", "6", 0);
#endif
	setenv("CK_DEFAULT_TIMEOUT", "60", 0);
}

int main(void)
{
	SRunner *runner;
	int run, failed;

	allow_time();
	runner = srunner_create(NULL);
#define UNIT(name) srunner_add_suite(runner, name());
#include "unit_list.h"
#undef UNIT
	srunner_run_all(runner, getenv("CK_VERBOSITY") ? CK_ENV : CK_NORMAL);
	run = srunner_ntests_run(runner);
	failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	printf("unit: %d passed, %d failed\n", run - failed, failed);
	if (run == 0)
		fputs("unit: no test was run\n", stderr);
	return run == 0 || failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
