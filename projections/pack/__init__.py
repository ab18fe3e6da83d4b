"""The audit pack: everything an assessment rests on, to be checked by tools that are not ours."""
