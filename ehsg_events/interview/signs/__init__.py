"""The signs of a worry in what somebody types, as data, and how they are looked for."""
