/*
 * main.c - the program: reads its options and picks a front end
 */
int main(void)
{
	return 0;
}
