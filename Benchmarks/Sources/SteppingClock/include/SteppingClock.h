// Nothing to call: the clock takes the place of the C library's in the program that links it.
