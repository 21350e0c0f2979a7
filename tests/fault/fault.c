/* fault.c - a library to preload that makes the Nth call of a kind fail */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* FAULT=KIND:N[+][:ERRNO]   the Nth call of this kind fails, with "+" all later ones too
 * FAULT=count               nothing fails; the calls of each kind are added to the file FAULT_LOG,
 *                           as "KIND COUNT", when the process ends
 * FAULT_FROM=program        of malloc only calls from the program itself count, not those of libraries:
 *                           some of them crash by themselves without memory
 *
 * The C library's own calls to write() within stdio cannot be interposed, so calls of fwrite, fflush
 * and fclose count as writing and closing. What a program says on standard error never fails. A close
 * that fails has closed, as on a real system. Calls before main (of libraries) do not count. */
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <link.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

enum kind { MALLOC, WRITE, READ, OPEN, CLOSE, SYNC, RENAME, TRUNCATE, MAP, LOCK, THREAD, RANDOM, KINDS };
static const char *const name[KINDS] = { "malloc", "write", "read", "open", "close", "sync", "rename",
					 "truncate", "map", "lock", "thread", "random" };
static const int usual[KINDS] = { ENOMEM, ENOSPC, EIO, EMFILE, EIO, EIO, EIO, ENOSPC, ENOMEM, ENOLCK, EAGAIN,
				  ENOSYS };

static atomic_long count[KINDS];
static enum kind faulty = KINDS;
static long at;
static bool later;
static int number;
static atomic_bool ready;
static uintptr_t program_from, program_to;  /* where the program is in memory; 0: all callers count */

void *memalign(size_t, size_t);
int __open_2(const char *, int);
int __open64_2(const char *, int);
extern void *__libc_malloc(size_t);
extern void *__libc_calloc(size_t, size_t);
extern void *__libc_realloc(void *, size_t);
extern void *__libc_memalign(size_t, size_t);

/* Every function that is replaced: kind, what it returns, name, parameters, arguments, and what it
 * returns when it fails. */
#define FUNCTIONS \
	F(WRITE, ssize_t, write, (int fd, const void *p, size_t n), (fd, p, n), -1) \
	F(WRITE, ssize_t, pwrite, (int fd, const void *p, size_t n, off_t o), (fd, p, n, o), -1) \
	F(WRITE, ssize_t, pwrite64, (int fd, const void *p, size_t n, off64_t o), (fd, p, n, o), -1) \
	F(WRITE, ssize_t, writev, (int fd, const struct iovec *v, int n), (fd, v, n), -1) \
	F(WRITE, ssize_t, pwritev, (int fd, const struct iovec *v, int n, off_t o), (fd, v, n, o), -1) \
	F(READ, ssize_t, read, (int fd, void *p, size_t n), (fd, p, n), -1) \
	F(READ, ssize_t, pread, (int fd, void *p, size_t n, off_t o), (fd, p, n, o), -1) \
	F(READ, ssize_t, pread64, (int fd, void *p, size_t n, off64_t o), (fd, p, n, o), -1) \
	F(SYNC, int, fsync, (int fd), (fd), -1) \
	F(SYNC, int, fdatasync, (int fd), (fd), -1) \
	F(SYNC, int, msync, (void *p, size_t n, int flags), (p, n, flags), -1) \
	F(RENAME, int, rename, (const char *a, const char *b), (a, b), -1) \
	F(RENAME, int, link, (const char *a, const char *b), (a, b), -1) \
	F(TRUNCATE, int, ftruncate, (int fd, off_t n), (fd, n), -1) \
	F(TRUNCATE, int, ftruncate64, (int fd, off64_t n), (fd, n), -1) \
	F(TRUNCATE, int, truncate, (const char *path, off_t n), (path, n), -1) \
	F(MAP, void *, mmap, (void *p, size_t n, int prot, int flags, int fd, off_t o), \
	  (p, n, prot, flags, fd, o), MAP_FAILED) \
	F(MAP, void *, mmap64, (void *p, size_t n, int prot, int flags, int fd, off64_t o), \
	  (p, n, prot, flags, fd, o), MAP_FAILED) \
	F(OPEN, FILE *, fopen, (const char *path, const char *mode), (path, mode), NULL) \
	F(OPEN, FILE *, fopen64, (const char *path, const char *mode), (path, mode), NULL) \
	F(OPEN, FILE *, fdopen, (int fd, const char *mode), (fd, mode), NULL) \
	F(RANDOM, ssize_t, getrandom, (void *p, size_t n, unsigned flags), (p, n, flags), -1)

#define F(kind, type, function, parameters, arguments, bad) static type (*real_##function) parameters;
FUNCTIONS
#undef F
static int (*real_open)(const char *, int, ...);
static int (*real_openat)(int, const char *, int, ...);
static int (*real_fcntl)(int, int, ...);
static int (*real_close)(int);
static int (*real_fclose)(FILE *);
static int (*real_fflush)(FILE *);
static size_t (*real_fwrite)(const void *, size_t, size_t, FILE *);
static size_t (*real_fread)(void *, size_t, size_t, FILE *);
static int (*real_thread)(pthread_t *, const pthread_attr_t *, void *(*)(void *), void *);

/* Constructors of other libraries may come before ours and call what we replace. */
static void resolve(void)
{
	static atomic_bool done;

	if (atomic_load(&done))
		return;
#define F(kind, type, function, parameters, arguments, bad) \
	real_##function = (type (*) parameters)dlsym(RTLD_NEXT, #function);
	FUNCTIONS
#undef F
	real_open = (int (*)(const char *, int, ...))dlsym(RTLD_NEXT, "open");
	real_openat = (int (*)(int, const char *, int, ...))dlsym(RTLD_NEXT, "openat");
	real_fcntl = (int (*)(int, int, ...))dlsym(RTLD_NEXT, "fcntl");
	real_close = (int (*)(int))dlsym(RTLD_NEXT, "close");
	real_fclose = (int (*)(FILE *))dlsym(RTLD_NEXT, "fclose");
	real_fflush = (int (*)(FILE *))dlsym(RTLD_NEXT, "fflush");
	real_fwrite = (size_t (*)(const void *, size_t, size_t, FILE *))dlsym(RTLD_NEXT, "fwrite");
	real_fread = (size_t (*)(void *, size_t, size_t, FILE *))dlsym(RTLD_NEXT, "fread");
	real_thread = (int (*)(pthread_t *, const pthread_attr_t *, void *(*)(void *), void *))
		dlsym(RTLD_NEXT, "pthread_create");
	atomic_store(&done, true);
}

/* Whether this call is the one; errno is set then. */
static bool fails(enum kind kind)
{
	long n;

	resolve();
	if (!atomic_load(&ready))
		return false;
	n = atomic_fetch_add(&count[kind], 1) + 1;
	if (kind != faulty || (later ? n < at : n != at))
		return false;
	errno = number;
	return true;
}

/* The same for a stream; standard error never fails. */
static bool stream_fails(enum kind kind, FILE *f)
{
	resolve();
	return f && f != stderr && fails(kind);
}

static bool malloc_fails(void *caller)
{
	uintptr_t address = (uintptr_t)caller;

	return (!program_to || (address >= program_from && address < program_to)) && fails(MALLOC);
}

/* The first object is the program. */
static int find_program(struct dl_phdr_info *object, size_t size, void *context)
{
	(void)size;
	(void)context;
	program_from = UINTPTR_MAX;
	for (int i = 0; i < object->dlpi_phnum; i++) {
		uintptr_t from = object->dlpi_addr + object->dlpi_phdr[i].p_vaddr;

		if (object->dlpi_phdr[i].p_type != PT_LOAD)
			continue;
		if (from < program_from)
			program_from = from;
		if (from + object->dlpi_phdr[i].p_memsz > program_to)
			program_to = from + object->dlpi_phdr[i].p_memsz;
	}
	return 1;
}

static int error_number(const char *text)
{
	static const struct { const char *name; int number; } known[] = {
		{ "ENOSPC", ENOSPC }, { "EIO", EIO }, { "ENOMEM", ENOMEM }, { "EMFILE", EMFILE },
		{ "EACCES", EACCES }, { "EDQUOT", EDQUOT }, { "EPIPE", EPIPE }, { "EROFS", EROFS },
	};

	for (size_t i = 0; i < sizeof known / sizeof *known; i++)
		if (!strcmp(known[i].name, text))
			return known[i].number;
	dprintf(STDERR_FILENO, "fault: unknown error %s\n", text);
	_exit(2);
}

static void read_wish(const char *wish)
{
	size_t n = strcspn(wish, ":");
	char *end;

	for (int k = 0; k < KINDS; k++)
		if (strlen(name[k]) == n && !strncmp(name[k], wish, n))
			faulty = (enum kind)k;
	if (faulty == KINDS || !wish[n]) {
		dprintf(STDERR_FILENO, "fault: FAULT=%s is not KIND:N\n", wish);
		_exit(2);
	}
	at = strtol(wish + n + 1, &end, 10);
	later = *end == '+';
	end += later;
	number = *end == ':' ? error_number(end + 1) : usual[faulty];
}

__attribute__((constructor)) static void start(void)
{
	const char *wish = getenv("FAULT");

	resolve();
	if (!wish)
		return;
	if (getenv("FAULT_FROM"))
		dl_iterate_phdr(find_program, NULL);
	if (strcmp(wish, "count"))
		read_wish(wish);
	atomic_store(&ready, true);
}

__attribute__((destructor)) static void stop(void)
{
	const char *path = getenv("FAULT_LOG");
	bool was_ready = atomic_exchange(&ready, false);
	int fd;

	if (!was_ready || faulty != KINDS || !path)
		return;
	fd = real_open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0666);
	for (int k = 0; fd >= 0 && k < KINDS; k++)
		dprintf(fd, "%s %ld\n", name[k], atomic_load(&count[k]));
}

#define F(kind, type, function, parameters, arguments, bad) \
	type function parameters { return fails(kind) ? bad : real_##function arguments; }
FUNCTIONS
#undef F

#define MALLOC_FAILS malloc_fails(__builtin_return_address(0))
void *malloc(size_t n) { return MALLOC_FAILS ? NULL : __libc_malloc(n); }
void *calloc(size_t n, size_t size) { return MALLOC_FAILS ? NULL : __libc_calloc(n, size); }
void *realloc(void *p, size_t n) { return MALLOC_FAILS ? NULL : __libc_realloc(p, n); }
void *memalign(size_t a, size_t n) { return MALLOC_FAILS ? NULL : __libc_memalign(a, n); }
void *aligned_alloc(size_t a, size_t n) { return MALLOC_FAILS ? NULL : __libc_memalign(a, n); }

int posix_memalign(void **p, size_t a, size_t n)
{
	void *got;
	int old = errno;

	if (MALLOC_FAILS) {
		errno = old;
		return ENOMEM;
	}
	got = __libc_memalign(a, n);
	if (!got)
		return ENOMEM;
	*p = got;
	return 0;
}

/* What stdio notes of an error, for ferror(). */
static void mark(FILE *f)
{
	f->_flags |= _IO_ERR_SEEN;
}

size_t fwrite(const void *p, size_t size, size_t n, FILE *f)
{
	if (stream_fails(WRITE, f)) {
		mark(f);
		return 0;
	}
	return real_fwrite(p, size, n, f);
}

size_t fread(void *p, size_t size, size_t n, FILE *f)
{
	if (stream_fails(READ, f)) {
		mark(f);
		return 0;
	}
	return real_fread(p, size, n, f);
}

int fflush(FILE *f)
{
	if (stream_fails(WRITE, f)) {
		mark(f);
		return EOF;
	}
	return real_fflush(f);
}

int close(int fd)
{
	bool bad = fails(CLOSE);
	int old = errno;

	if (!bad)
		return real_close(fd);
	real_close(fd);
	errno = old;
	return -1;
}

int fclose(FILE *f)
{
	bool bad = stream_fails(CLOSE, f);
	int old = errno;

	if (!bad)
		return real_fclose(f);
	real_fclose(f);
	errno = old;
	return EOF;
}

#define MODE(flags) \
	mode_t mode = 0; \
	if ((flags) & (O_CREAT | __O_TMPFILE)) { \
		va_list args; \
		va_start(args, flags); \
		mode = va_arg(args, mode_t); \
		va_end(args); \
	}

int open(const char *path, int flags, ...)
{
	MODE(flags)
	return fails(OPEN) ? -1 : real_open(path, flags, mode);
}

int open64(const char *path, int flags, ...)
{
	MODE(flags)
	return fails(OPEN) ? -1 : real_open(path, flags, mode);
}

int openat(int folder, const char *path, int flags, ...)
{
	MODE(flags)
	return fails(OPEN) ? -1 : real_openat(folder, path, flags, mode);
}

/* what open() becomes with _FORTIFY_SOURCE */
int __open_2(const char *path, int flags) { return fails(OPEN) ? -1 : real_open(path, flags); }
int __open64_2(const char *path, int flags) { return fails(OPEN) ? -1 : real_open(path, flags); }

int fcntl(int fd, int command, ...)
{
	va_list args;
	void *arg;

	va_start(args, command);
	arg = va_arg(args, void *);
	va_end(args);
	if ((command == F_OFD_SETLK || command == F_OFD_SETLKW || command == F_SETLK || command == F_SETLKW) &&
	    fails(LOCK))
		return -1;
	return real_fcntl(fd, command, arg);
}

int fcntl64(int fd, int command, ...) __attribute__((alias("fcntl")));

int pthread_create(pthread_t *t, const pthread_attr_t *a, void *(*run)(void *), void *arg)
{
	int old = errno;

	if (fails(THREAD)) {
		errno = old;
		return EAGAIN;
	}
	return real_thread(t, a, run, arg);
}
