"""What areas hand in, each as one document, and two of them side by side."""
