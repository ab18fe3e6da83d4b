"""Facts and states made up for rules that need no story."""
