"""A mail server and readers that we did not write: Nodemailer's, and those of two calendars."""
