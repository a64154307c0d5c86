/* Wide: integers of 128 bits, for products of two values that must be compared exactly. A thing of gcc and clang that ISO C has no name for. */
#ifndef STURGEON_BASE_WIDE_H
#define STURGEON_BASE_WIDE_H

__extension__ typedef __int128 wide;
__extension__ typedef unsigned __int128 wide_unsigned;

#endif
