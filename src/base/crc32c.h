/*
 * crc32c.h - the Castagnoli checksum
 *
 * It finds every change of up to 32 bits in a row, hence every flipped bit.
 */
#ifndef BASE_CRC32C_H
#define BASE_CRC32C_H

#include <stddef.h>
#include <stdint.h>

/* crc32c - the checksum of what @crc is the checksum of (0: nothing), and
 * @bytes after it */
uint32_t crc32c(uint32_t crc, const void *bytes, size_t length);

#endif
