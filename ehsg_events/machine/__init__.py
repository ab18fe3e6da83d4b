"""What the machine does to us: its failures in sentences, its clock, threads that are begun again."""
