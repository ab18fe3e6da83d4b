"""What letters lead to beside the interview: no more reminders, a new link, the deadline for a calendar."""
