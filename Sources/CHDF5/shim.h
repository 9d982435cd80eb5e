// What Swift cannot import from HDF5 by itself: its constants are macros over casts or calls, and
// its predefined types are global variables that the library fills when it is first entered.
#ifndef CHDF5_SHIM_H
#define CHDF5_SHIM_H

#include <hdf5.h>
#include <hdf5_hl.h>

static inline hid_t chdf5_default_properties(void) { return H5P_DEFAULT; }
static inline hid_t chdf5_default_error_stack(void) { return H5E_DEFAULT; }
static inline hid_t chdf5_whole_dataspace(void) { return H5S_ALL; }
static inline hsize_t chdf5_unlimited(void) { return H5S_UNLIMITED; }

// Classes of property lists.
static inline hid_t chdf5_file_creation(void) { return H5P_FILE_CREATE; }
static inline hid_t chdf5_file_access(void) { return H5P_FILE_ACCESS; }
static inline hid_t chdf5_group_creation(void) { return H5P_GROUP_CREATE; }
static inline hid_t chdf5_dataset_creation(void) { return H5P_DATASET_CREATE; }

// How a file is opened.
static inline unsigned chdf5_truncate(void) { return H5F_ACC_TRUNC; }
static inline unsigned chdf5_read_only(void) { return H5F_ACC_RDONLY; }

// Types in a file: plain and little-endian.
static inline hid_t chdf5_file_uint8(void) { return H5T_STD_U8LE; }
static inline hid_t chdf5_file_int64(void) { return H5T_STD_I64LE; }
static inline hid_t chdf5_file_uint64(void) { return H5T_STD_U64LE; }
static inline hid_t chdf5_file_float32(void) { return H5T_IEEE_F32LE; }
static inline hid_t chdf5_file_float64(void) { return H5T_IEEE_F64LE; }
static inline hid_t chdf5_c_string(void) { return H5T_C_S1; }

// The same types in this machine's memory.
static inline hid_t chdf5_memory_uint8(void) { return H5T_NATIVE_UINT8; }
static inline hid_t chdf5_memory_int64(void) { return H5T_NATIVE_INT64; }
static inline hid_t chdf5_memory_uint64(void) { return H5T_NATIVE_UINT64; }
static inline hid_t chdf5_memory_float32(void) { return H5T_NATIVE_FLOAT; }
static inline hid_t chdf5_memory_float64(void) { return H5T_NATIVE_DOUBLE; }

#endif
