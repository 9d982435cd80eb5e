#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include "CProcesses.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>
#if defined(__linux__)
#include <sys/prctl.h>
#endif

// In signals.c: for this file alone.
void process_end_passing(int place);

extern char **environ;

int process_make_pipe(int ends[2]) {
#if defined(__linux__)
  return pipe2(ends, O_CLOEXEC) == 0 ? 0 : errno;
#else
  if (pipe(ends) != 0) return errno;
  fcntl(ends[0], F_SETFD, FD_CLOEXEC);
  fcntl(ends[1], F_SETFD, FD_CLOEXEC);
  return 0;
#endif
}

// A stream of the child: a descriptor of ours, or /dev/null.
static int add(posix_spawn_file_actions_t *actions, int stream, int descriptor, int flags) {
  if (descriptor < 0) {
    return posix_spawn_file_actions_addopen(actions, stream, "/dev/null", flags, 0);
  }
  return posix_spawn_file_actions_adddup2(actions, descriptor, stream);
}

int process_spawn(
    const char *path, char *const arguments[], int input, int output, int *child) {
  posix_spawn_file_actions_t actions;
  posix_spawnattr_t attributes;
  int status = posix_spawn_file_actions_init(&actions);
  if (status != 0) return status;
  status = posix_spawnattr_init(&attributes);
  if (status != 0) {
    posix_spawn_file_actions_destroy(&actions);
    return status;
  }
  // What this process ignores a program outside need not be prepared for.
  sigset_t none, usual;
  sigemptyset(&none);
  sigemptyset(&usual);
  sigaddset(&usual, SIGPIPE);
  sigaddset(&usual, SIGXFSZ);
  if (status == 0) status = add(&actions, STDIN_FILENO, input, O_RDONLY);
  if (status == 0) status = add(&actions, STDOUT_FILENO, output, O_WRONLY);
  if (status == 0) status = posix_spawnattr_setsigdefault(&attributes, &usual);
  if (status == 0) status = posix_spawnattr_setsigmask(&attributes, &none);
  if (status == 0) status = posix_spawnattr_setpgroup(&attributes, 0);
  if (status == 0) {
    status = posix_spawnattr_setflags(
        &attributes,
        POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK);
  }
  if (status == 0) {
    pid_t started;
    status = posix_spawn(&started, path, &actions, &attributes, arguments, environ);
    if (status == 0) *child = started;
  }
  posix_spawnattr_destroy(&attributes);
  posix_spawn_file_actions_destroy(&actions);
  return status;
}

int process_wait(int child, int place, int *status) {
  siginfo_t ending_of;
  while (waitid(P_PID, (id_t)child, &ending_of, WEXITED | WNOWAIT) < 0) {
    if (errno != EINTR) return errno;
  }
  // The number is still its own: no other process can be meant by a signal that is passed on.
  process_end_passing(place);
  int ending;
  while (waitpid(child, &ending, 0) < 0) {
    if (errno != EINTR) return errno;
  }
  *status = WIFEXITED(ending) ? WEXITSTATUS(ending) : 128 + WTERMSIG(ending);
  return 0;
}

void process_end_with_parent(int parent) {
#if defined(__linux__)
  prctl(PR_SET_PDEATHSIG, SIGKILL);
#endif
  // It may have ended before the kernel was asked.
  if (getppid() != parent) _exit(128 + SIGKILL);
}
