"""The measures, each with the work, its floors and its bars."""
