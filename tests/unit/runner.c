/* runner.c - runs every suite of tests/unit, and fails when there was none to run */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>

#define UNIT(name) Suite *name(void);
#include "unit_list.h"
#undef UNIT

int main(void)
{
	SRunner *runner = srunner_create(NULL);
	int run, failed;

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
