#ifndef HANJIANG_WRITE_RECORDER_H
#define HANJIANG_WRITE_RECORDER_H

/* A library to be loaded before others (LD_PRELOAD). It stands between a process and the system where the data file,
 * hanjiang.lmdb, is written, and
 *   - records every write, completed synchronization and change of length, in order, with what the process writes to
 *     descriptor 3, into the file HANJIANG_RECORDER_EVENTS;
 *   - lets them fail with EIO when the file HANJIANG_RECORDER_CONTROL says so.
 */

#include <stdint.h>

enum hj_event_kind { HJ_EVENT_WRITE = 1, HJ_EVENT_SYNC = 2, HJ_EVENT_LENGTH = 3, HJ_EVENT_NOTE = 4 };

/* Before the bytes of each event. */
struct hj_event {
    uint32_t kind;
    uint32_t is_synchronous; /* a write that is durable when it returns (O_DSYNC) */
    uint64_t offset;         /* of a write; of HJ_EVENT_LENGTH the new length */
    uint64_t byte_count;     /* bytes that follow */
};

enum hj_fault { HJ_FAULT_NONE = 0, HJ_FAULT_SYNC = 1, HJ_FAULT_WRITE = 2, HJ_FAULT_SYNCHRONOUS_WRITE = 3 };

/* Words of the control file. */
enum hj_control { HJ_CONTROL_FAULT = 0, HJ_CONTROL_WRITE_COUNT = 1, HJ_CONTROL_WORD_COUNT = 8 };

#endif
