"""Evidence and attachments: taking files in, showing them, giving originals back."""
