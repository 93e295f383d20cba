"""What the subjects of supervision share in doing."""
