"""Rule and policy: chosen before anyone answers, checked against each other."""
