/* outdir.c - a folder that files are written to */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "file/outdir.h"

#include <errno.h>
#include <sys/stat.h>

#include "base/buf.h"
#include "file/replace.h"

int outdir_make(const char *folder, struct error *e)
{
	struct stat is;

	if (mkdir(folder, 0777) && errno != EEXIST) {
		error_system(e, "cannot make the folder");
		return error_within(e, folder);
	}
	if (stat(folder, &is) || !S_ISDIR(is.st_mode))
		return error_set(e, STATUS_INPUT, "%s: not a folder", folder);
	return STATUS_DONE;
}

int outdir_write(const char *folder, const char *name, const void *bytes, size_t size, struct error *e)
{
	struct buf path = { 0 };
	struct replace r;
	size_t start;
	int status = buf_format(&path, e, "%s/", folder);

	start = path.size;
	if (!status)
		status = buf_format(&path, e, "%s", name);
	if (!status && !buf_string(&path, e))
		status = STATUS_SYSTEM;
	for (size_t i = start; !status && i < path.size; i++)
		if (path.data[i] == '/')
			path.data[i] = '_';
	if (!status && !(status = replace_begin(&r, (const char *)path.data, e))) {
		if (fwrite(bytes, 1, size, r.out) != size) {
			status = error_system(e, "cannot write");
			replace_abort(&r);
		} else {
			status = replace_commit(&r, e);
		}
	}
	if (status && path.data && buf_string(&path, NULL))
		error_within(e, (const char *)path.data);
	buf_free(&path);
	return status;
}
