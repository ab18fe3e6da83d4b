"""Letters handed to a mail server by SMTP: the steps on the way, and what each answer means."""
