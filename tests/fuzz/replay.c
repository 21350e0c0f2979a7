/* replay.c - gives a fuzz target the files of its corpus, without a fuzzer */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <dirent.h>
#include <stdio.h>
#include <string.h>

#include "file/data.h"
#include "fuzz/fuzz.h"

int main(int argc, char **argv)
{
	struct dirent *entry;
	char path[4096];
	struct data d;
	int count = 0;
	DIR *folder;

	if (argc != 2 || !(folder = opendir(argv[1]))) {
		fprintf(stderr, "usage: %s FOLDER\n", argv[0]);
		return 2;
	}
	while ((entry = readdir(folder))) {
		struct error e;

		if (entry->d_name[0] == '.')
			continue;
		snprintf(path, sizeof path, "%s/%s", argv[1], entry->d_name);
		if (data_read(path, 1 << 26, &d, &e)) {
			fprintf(stderr, "%s: %s\n", path, e.text);
			return 4;
		}
		LLVMFuzzerTestOneInput(d.bytes, d.size);
		data_free(&d);
		count++;
	}
	closedir(folder);
	printf("%s: %d files\n", argv[1], count);
	return count ? 0 : 1;
}
