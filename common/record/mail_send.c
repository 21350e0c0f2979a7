/* mail_send.c - a message handed to the mail system's command */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/pidfd.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/mem.h"
#include "file/data.h"
#include "guard/privilege.h"
#include "record/mail.h"

#define WORDS_MAX 64
#define SAID_MAX 4096     /* of what the command writes to standard error; its beginning is kept */
#define GRACE_S 2         /* between asking it to end and ending it */

/* The command while it runs. Descriptors are -1 when they are closed.
 *
 * Its standard input is a file in memory that holds the whole message before it is started. Through
 * a pipe, the death of this process would look like the end of the message: the mail system would
 * deliver the half, and take the whole one that comes later, with the same Message-ID, for a copy. */
struct run {
	pid_t pid;
	int pidfd, in, said;
	char words[SAID_MAX];
	size_t size;
	bool late, ended;
	int status;               /* as waitpid gives it */
};

/* Words separated by blanks. They point into *copy, which is the caller's to free. */
static int split(const char *command, char **copy, char *word[WORDS_MAX + 1], struct error *e)
{
	char *kept = NULL, *p;
	size_t n = 0;

	*copy = mem_text(command, e);
	if (!*copy)
		return STATUS_SYSTEM;
	for (p = strtok_r(*copy, " \t\n", &kept); p; p = strtok_r(NULL, " \t\n", &kept)) {
		if (n == WORDS_MAX)
			return error_set(e, STATUS_USAGE, "the mail command has more than %d words", WORDS_MAX);
		word[n++] = p;
	}
	word[n] = NULL;
	return n ? STATUS_DONE : error_set(e, STATUS_USAGE, "the mail command is empty");
}

/* In the child; does not return. Its descriptors 0 to 2 are open (privilege_start), so that those of
 * the pipes are others. */
__attribute__((noreturn))
static void become(char *const *word, int in, int said)
{
	int null = open("/dev/null", O_WRONLY);
	sigset_t none;

	sigemptyset(&none);
	setpgid(0, 0);
	for (int s = 1; s < NSIG; s++)
		if (s != SIGKILL && s != SIGSTOP)
			signal(s, SIG_DFL);
	sigprocmask(SIG_SETMASK, &none, NULL);
	if (null < 0 || dup2(in, 0) < 0 || dup2(null, 1) < 0 || dup2(said, 2) < 0)
		_exit(126);
	if (privilege_secure()) {
		if (clearenv() || setenv("PATH", "/usr/sbin:/usr/bin:/sbin:/bin", 1))
			_exit(126);
	}
	if (privilege_drop(NULL))
		_exit(126);
	/* the folder and the logs are close-on-exec; this is for what others have left open, and works where
	 * a sandbox does not know close_range */
	closefrom(3);
	execvp(word[0], word);
	dprintf(2, "cannot be run: %s\n", strerror(errno));
	_exit(127);
}

static int fill(struct run *r, const struct buf *message, struct error *e)
{
	int status;

	r->in = memfd_create("message", MFD_CLOEXEC);
	if (r->in < 0)
		return error_system(e, "cannot hold the message");
	status = data_write(r->in, message->data, message->size, e);
	if (!status && lseek(r->in, 0, SEEK_SET))
		status = error_system(e, "cannot hold the message");
	return status;
}

static int start(struct run *r, char *const *word, struct error *e)
{
	int said[2] = { -1, -1 }, status = STATUS_DONE;

	if (pipe2(said, O_CLOEXEC))
		return error_system(e, "cannot make a pipe");
	r->pid = fork();
	if (r->pid < 0) {
		status = error_system(e, "cannot start a process");
		goto out;
	}
	if (r->pid == 0)
		become(word, r->in, said[1]);
	/* here too, for it may not have come so far when it is to be ended */
	setpgid(r->pid, r->pid);
	r->said = said[0];
	said[0] = -1;
	r->pidfd = pidfd_open(r->pid, 0);
	if (r->pidfd < 0 || fcntl(r->said, F_SETFL, O_NONBLOCK))
		status = error_system(e, "cannot watch a process");
out:
	for (int i = 0; i < 2; i++)
		if (said[i] >= 0)
			close(said[i]);
	return status;
}

static void close_once(int *fd)
{
	if (*fd >= 0)
		close(*fd);
	*fd = -1;
}

static void listen_to(struct run *r)
{
	char rest[512];
	bool full = r->size == sizeof r->words;
	ssize_t n = full ? read(r->said, rest, sizeof rest) :
		    read(r->said, r->words + r->size, sizeof r->words - r->size);

	if (n > 0 && !full)
		r->size += (size_t)n;
	if (n == 0 || (n < 0 && errno != EAGAIN && errno != EINTR))
		close_once(&r->said);
}

/* Until it has ended. What it started may hold standard error open for longer: that is not waited for. */
static int watch(struct run *r, double seconds, struct error *e)
{
	double end = clock_elapsed() + seconds;

	while (!r->ended) {
		struct pollfd f[2] = { { r->said, POLLIN, 0 }, { r->pidfd, POLLIN, 0 } };
		double left = end - clock_elapsed();

		if (left <= 0) {
			kill(-r->pid, r->late ? SIGKILL : SIGTERM);
			r->late = true;
			left = GRACE_S;
			end = clock_elapsed() + left;
		}
		if (poll(f, 2, left > 1000 ? 1000000 : (int)(left * 1000) + 1) < 0) {
			if (errno != EINTR)
				return error_system(e, "cannot wait for it");
			continue;
		}
		if (f[0].revents)
			listen_to(r);
		if (f[1].revents && waitpid(r->pid, &r->status, WNOHANG) == r->pid)
			r->ended = true;
	}
	if (r->said >= 0)
		listen_to(r);
	return STATUS_DONE;
}

/* The last line that it said. */
static const char *last_words(struct run *r)
{
	char *p;

	if (r->size == sizeof r->words)
		r->size--;
	while (r->size && (unsigned char)r->words[r->size - 1] <= ' ')
		r->size--;
	r->words[r->size] = 0;
	p = strrchr(r->words, '\n');
	return p ? p + 1 : r->words;
}

static int judge(struct run *r, size_t size, const char *name, double seconds, struct error *e)
{
	const char *said = last_words(r), *colon = *said ? ": " : "";

	if (r->late)
		return error_set(e, STATUS_SYSTEM, "%.100s was not done after %.0f s%s%.300s", name, seconds,
				 colon, said);
	if (WIFSIGNALED(r->status))
		return error_set(e, STATUS_SYSTEM, "%.100s was ended by signal %d%s%.300s", name,
				 WTERMSIG(r->status), colon, said);
	if (WEXITSTATUS(r->status))
		return error_set(e, STATUS_SYSTEM, "%.100s left with status %d%s%.300s", name,
				 WEXITSTATUS(r->status), colon, said);
	/* the offset is that of the open file, which both have */
	if (lseek(r->in, 0, SEEK_CUR) < (off_t)size)
		return error_set(e, STATUS_SYSTEM, "%.100s did not read the message to its end%s%.300s", name,
				 colon, said);
	return STATUS_DONE;
}

int mail_hand_over(const struct buf *message, const char *command, double seconds, struct error *e)
{
	struct run r = { .pid = -1, .pidfd = -1, .in = -1, .said = -1 };
	char *copy = NULL, *word[WORDS_MAX + 1];
	int status = split(command, &copy, word, e);

	if (!status)
		status = fill(&r, message, e);
	if (!status)
		status = start(&r, word, e);
	if (!status)
		status = watch(&r, seconds, e);
	if (!status)
		status = judge(&r, message->size, word[0], seconds, e);
	if (r.pid > 0 && !r.ended) {
		/* it could not be watched */
		kill(-r.pid, SIGKILL);
		waitpid(r.pid, NULL, 0);
	}
	close_once(&r.in);
	close_once(&r.said);
	close_once(&r.pidfd);
	free(copy);
	return status;
}
