/*
 * main.c - the program: reads its options and picks a front end
 */
#include <stdio.h>
#include <string.h>

int main(int argc, char **argv)
{
	if (argc == 2 && strcmp(argv[1], "--version") == 0) {
		printf("activemm %s\n", VERSION);
		return 0;
	}
	fprintf(stderr, "usage: activemm --version\n");
	return 2;
}
