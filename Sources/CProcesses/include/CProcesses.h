// What a process asks of the system where Swift cannot: threads, children, signals.
//
// Functions that can fail return an error number of <errno.h>, and 0 where all went well.

#ifndef GRAFS_CPROCESSES_H
#define GRAFS_CPROCESSES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

// MARK: - Threads

/// Starts a thread that nobody waits for.
///
/// \param name At most 15 bytes, or the system has none for it.
/// \param stack_bytes The size of its stack.
/// \param body What it does with `argument`.
int process_start_thread(
    const char *name, size_t stack_bytes, void (*body)(void *), void *argument);

/// The most that the stack of the main thread may grow to, in bytes; SIZE_MAX for no limit.
size_t process_stack_limit(void);

/// Has threads that libraries start have a stack of this size, where their own would be that of a
/// small limit of the main thread's.
void process_set_usual_stack(size_t stack_bytes);

// MARK: - Children

/// Makes a pipe whose ends no child inherits: `ends[0]` is read, `ends[1]` written.
int process_make_pipe(int ends[2]);

/// Starts a program as a child in a process group of its own, so that a terminal's signals reach
/// it only through its parent.
///
/// \param path The program; arguments end with a null pointer.
/// \param input What becomes its standard input; none, so that it reads nothing, if negative.
/// \param output What becomes its standard output; none, so that it is lost, if negative.
/// \param child The child, if 0 is returned.
int process_spawn(
    const char *path, char *const arguments[], int input, int output, int *child);

/// Waits for the end of a child, and lets its number go.
///
/// \param place Where signals are passed on to it; given up before the number is anybody's.
/// \param status Its exit status, or 128 and the signal that ended it.
int process_wait(int child, int place, int *status);

/// Has the kernel kill this process when the thread that started it ends, and ends it at once
/// where `parent` has ended already.
///
/// A system other than Linux has no such thing: the process goes on then.
void process_end_with_parent(int parent);

// MARK: - Signals that ask for an end

/// Begins to listen to SIGINT, SIGTERM and, unless they are ignored as `nohup` has them, SIGHUP.
///
/// \return How many signals have come before.
uint32_t process_begin_listening(void);

/// Listens no more.
///
/// \param before What `process_begin_listening` returned.
void process_end_listening(uint32_t before);

/// How many signals have come while somebody listened.
uint32_t process_signals_come(void);

/// The signal that came last; 0 if none did.
int process_last_signal(void);

/// Has signals passed on to a child, each once, until it has been waited for.
///
/// \param child The child.
/// \param before What `process_begin_listening` returned: signals since then are passed on too.
/// \return Its place; -1 if all are taken.
int process_begin_passing(int child, uint32_t before);

/// Ignores a signal, or gives it back its usual effect.
void process_ignore_signal(int number, bool is_ignored);

// MARK: - Memory

/// Has a fault that follows an allocation that failed end this process with one line and a status:
/// Swift's runtime ends it with a line of its own and a trap otherwise, or with a fault.
///
/// \param text The line, with its end, for standard error; empty for none.
/// \param status The status.
void process_end_without_memory(const char *text, int status);

/// Ends this process for want of memory with a line, or with none where
/// `process_end_without_memory` was given none.
///
/// \param text The line, with its end.
void process_end_now_without_memory(const char *text);

/// Makes glibc give blocks from 8 MiB on back to the system when they are freed. By itself it keeps
/// ever larger ones once such a block was freed: a process would grow with each longer file.
/// Smaller ones it keeps: the blocks of a step, new in each, would cost two threads a tenth.
void process_return_large_blocks(void);

#ifdef __cplusplus
}
#endif

#endif
