"""What a coordinator can do: each operation once, for every surface that offers it."""
