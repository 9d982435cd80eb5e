#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include "CProcesses.h"

#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <unistd.h>

// Who listens, in one word that a handler changes without a lock: the signals that have come while
// somebody listened (32 bits), the listeners (16), and those of them that have heard one (16).
static _Atomic uint64_t state;
static _Atomic int last;
static atomic_flag is_handled = ATOMIC_FLAG_INIT;

// Children to whom signals are passed on; negative where the first one has been, 0 in free places.
enum { places = 1024 };
static _Atomic int children[places];

static uint64_t word(uint32_t come, uint16_t listeners, uint16_t heard) {
  return (uint64_t)come << 32 | (uint64_t)listeners << 16 | heard;
}

static uint32_t come(uint64_t state) { return (uint32_t)(state >> 32); }
static uint16_t listeners(uint64_t state) { return (uint16_t)(state >> 16); }
static uint16_t heard(uint64_t state) { return (uint16_t)state; }

// Passes a signal on, the first one once.
static void pass(int place, int number, bool is_again) {
  int child = atomic_load(&children[place]);
  if (child > 0 && atomic_compare_exchange_strong(&children[place], &child, -child)) {
    kill(child, number);
  } else if (child < 0 && is_again) {
    kill(-child, number);
  }
}

// Only what POSIX allows a handler: atomics without locks, kill, _exit.
static void receive(int number) {
  int saved = errno;
  atomic_store(&last, number);
  uint64_t before = atomic_load(&state);
  do {
    if (listeners(before) == 0) _exit(128 + number);
  } while (!atomic_compare_exchange_weak(
      &state, &before, word(come(before) + 1, listeners(before), listeners(before))));
  for (int place = 0; place < places; place++) pass(place, number, heard(before) > 0);
  // A second signal ends the process at once.
  if (heard(before) > 0) _exit(128 + number);
  errno = saved;
}

static void handle(int number, bool is_kept) {
  struct sigaction action = {0};
  sigaction(number, NULL, &action);
  if (is_kept && action.sa_handler == SIG_IGN) return;
  // A program that starts this one from a thread that blocks signals hands that on.
  sigset_t one;
  sigemptyset(&one);
  sigaddset(&one, number);
  pthread_sigmask(SIG_UNBLOCK, &one, NULL);
  action = (struct sigaction){.sa_handler = receive, .sa_flags = SA_RESTART};
  sigemptyset(&action.sa_mask);
  sigaction(number, &action, NULL);
}

uint32_t process_begin_listening(void) {
  uint64_t before = atomic_load(&state);
  while (!atomic_compare_exchange_weak(
      &state, &before,
      word(come(before), (uint16_t)(listeners(before) + 1), heard(before)))) {
  }
  // A second caller may return before the handlers are installed.
  if (!atomic_flag_test_and_set(&is_handled)) {
    handle(SIGINT, false);
    handle(SIGTERM, false);
    handle(SIGHUP, true);
  }
  return come(before);
}

void process_end_listening(uint32_t before_all) {
  uint64_t before = atomic_load(&state);
  uint64_t after;
  do {
    uint16_t rest = (uint16_t)(heard(before) - (come(before) != before_all));
    after = word(come(before), (uint16_t)(listeners(before) - 1), rest);
  } while (!atomic_compare_exchange_weak(&state, &before, after));
}

uint32_t process_signals_come(void) { return come(atomic_load(&state)); }

int process_last_signal(void) { return atomic_load(&last); }

int process_begin_passing(int child, uint32_t before) {
  for (int place = 0; place < places; place++) {
    int nobody = 0;
    if (!atomic_compare_exchange_strong(&children[place], &nobody, child)) continue;
    // One that came before the place was taken has not been passed on.
    if (process_signals_come() != before) pass(place, process_last_signal(), false);
    return place;
  }
  return -1;
}

void process_end_passing(int place);
void process_end_passing(int place) {
  if (place >= 0) atomic_store(&children[place], 0);
}

void process_ignore_signal(int number, bool is_ignored) {
  signal(number, is_ignored ? SIG_IGN : SIG_DFL);
}
