#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include "CProcesses.h"

#include <errno.h>
#if defined(__linux__)
#include <malloc.h>
#endif
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

static const char *line;
static int status_of_end = 1;
static const int faults[] = {SIGILL, SIGTRAP, SIGSEGV, SIGABRT};
enum { fault_count = sizeof faults / sizeof *faults };
static struct sigaction before[fault_count];

// Whether not even a mebibyte can be had.
static bool is_memory_gone(void) {
  void *probe =
      mmap(NULL, 1 << 20, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (probe == MAP_FAILED) return true;
  munmap(probe, 1 << 20);
  return false;
}

// Of threads that lack memory at the same time, the first says so; the process is gone before the
// others have waited.
static void end_saying(const char *text) {
  static atomic_flag is_said = ATOMIC_FLAG_INIT;
  if (atomic_flag_test_and_set(&is_said)) {
    sleep(1);
    _exit(status_of_end);
  }
  ssize_t written = write(STDERR_FILENO, text, strlen(text));
  (void)written;
  _exit(status_of_end);
}

static void end(void) { end_saying(line); }

void process_end_now_without_memory(const char *text) {
  // Where the parent says it, nobody else does.
  end_saying(line && !*line ? line : text);
}

// A thread that traps has its own errno, the one of the malloc that failed just before.
static void receive(int number, siginfo_t *information, void *context) {
  (void)context;
  int reason = errno;
  // Sent by a process, `abort` among them, or by a fault.
  bool is_sent = information->si_code <= 0;
  bool is_abort = number == SIGABRT && information->si_pid == getpid();
  if ((!is_sent || is_abort) && (reason == ENOMEM || is_memory_gone())) end();
  // A fault of another kind comes again, to the handler before; what was sent is sent again.
  for (int index = 0; index < fault_count; index++) {
    if (faults[index] == number) sigaction(number, &before[index], NULL);
  }
  if (is_sent) raise(number);
  errno = reason;
}

#if defined(__GLIBC__)
// What glibc calls its own `fputs`.
extern int _IO_fputs(const char *text, FILE *stream);

// Whether a text is a fatal error of Swift's runtime ("failed to allocate 8 bytes") or of
// Foundation ("unable to allocate memory") for want of memory; there is none where there is no
// memory for it either.
static bool is_want_of_memory(const char *text) {
  return !text || (strstr(text, "Fatal error") && strstr(text, "allocate"));
}

// Stands before glibc's: Swift's runtime says a line of its own, through this function, before it
// traps. Where nobody asked for one line, and for all other texts, it is glibc's.
int fputs(const char *text, FILE *stream) {
  if (line && stream == stderr && is_want_of_memory(text)) end();
  return text ? _IO_fputs(text, stream) : EOF;
}

// CoreFoundation ends the process with −1 where it has no memory, and without a word.
static void leave(int status, void *nothing) {
  (void)nothing;
  if (status < 0 && (errno == ENOMEM || is_memory_gone())) end();
}
#endif

void process_return_large_blocks(void) {
#if defined(__GLIBC__)
  mallopt(M_MMAP_THRESHOLD, 8 << 20);
  mallopt(M_TRIM_THRESHOLD, 16 << 20);
#endif
}

void process_end_without_memory(const char *text, int status) {
  status_of_end = status;
  line = strdup(text);
  if (!line) return;
  struct sigaction action = {.sa_sigaction = receive, .sa_flags = SA_SIGINFO};
  sigemptyset(&action.sa_mask);
  for (int index = 0; index < fault_count; index++) {
    sigaction(faults[index], &action, &before[index]);
  }
#if defined(__GLIBC__)
  on_exit(leave, NULL);
#endif
}
