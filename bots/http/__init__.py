"""How requests over HTTP are taken, for every surface: in time, in size, in number."""
