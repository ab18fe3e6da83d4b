"""What the closed rounds came to, and what it rests on."""
