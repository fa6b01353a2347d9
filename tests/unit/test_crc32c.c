/*
 * test_crc32c.c - the checksum is the known one and can be continued
 */
#include "test.h"

#include "base/crc32c.h"

#include <string.h>

static void the_known_values_come_out(void **state)
{
	/* The check value of the catalogues, and those of RFC 3720 B.4. */
	unsigned char bytes[32];

	(void)state;
	assert_int_equal(crc32c(0, "123456789", 9), 0xe3069283);
	memset(bytes, 0, sizeof bytes);
	assert_int_equal(crc32c(0, bytes, sizeof bytes), 0x8a9136aa);
	memset(bytes, 0xff, sizeof bytes);
	assert_int_equal(crc32c(0, bytes, sizeof bytes), 0x62a8ab43);
	for (unsigned char i = 0; i < 32; i++)
		bytes[i] = i;
	assert_int_equal(crc32c(0, bytes, sizeof bytes), 0x46dd794e);
	assert_int_equal(crc32c(0, "", 0), 0);
}

static void parts_give_the_checksum_of_the_whole(void **state)
{
	static const char whole[] = "123456789";

	(void)state;
	for (size_t cut = 0; cut <= 9; cut++)
		assert_int_equal(
			crc32c(crc32c(0, whole, cut), whole + cut, 9 - cut),
			0xe3069283);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_known_values_come_out),
		cmocka_unit_test(parts_give_the_checksum_of_the_whole),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
