"""Whether all that an area keeps is whole, and every figure still follows from the answers."""
