"""What the machine does to us: its failures in sentences, lines for whoever runs it, threads that are begun again or act for each other, requests that end in time."""
